// Buttons, menus and inputs of the app: what a person touches is told to the app, once, after the question if there is one.

import { attempt, control } from "./control.js";
import { valueIn } from "./fields.js";

// What is touched in one form is told in order: a button pressed after a field was filled comes after it.
let queue = Promise.resolve();

export function startPresses() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-press]");
    if (button) press(button);
    closeMenus(event.target);
  });
  document.addEventListener("change", (event) => {
    const element = event.target.closest(".element");
    if (!element || !event.target.matches("[data-value]")) return;
    // The last field of a form that was just closed: nobody waits for it.
    if (element.closest("dialog[data-view]")?.open === false) return;
    if (element.dataset.dispatch === "enter" && !isKept(element)) return;
    choose(element);
  });
  document.addEventListener("input", (event) => {
    const element = event.target.closest('.element[data-dispatch="character"]');
    if (element) choose(element);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && closeMenus(null)) event.preventDefault();
    const element = event.target.closest?.('.element[data-dispatch="enter"]');
    if (event.key !== "Enter" || !element || event.shiftKey) return;
    event.preventDefault();
    choose(element, { isSaid: true });
  });
}

async function press(button) {
  const element = button.closest(".element");
  if (button.getAttribute("aria-busy") || !(await isConfirmed(element))) return;
  if (button.dataset.url) open(button.dataset.url, "_blank", "noopener");
  button.setAttribute("aria-busy", "true");
  await tell(element, { value: button.value || undefined });
  button.removeAttribute("aria-busy");
}

async function choose(element) {
  const value = await valueIn(element);
  const isMessage = !element.closest("[data-view]");
  if (isMessage && value === null) return;
  if (await isConfirmed(element)) await tell(element, { value });
}

// An input that tells the app only with its form is still noted there, so that the form as the app sees it is whole.
function isKept(element) {
  return Boolean(element.closest("[data-view]"));
}

function tell(element, body) {
  const { block, action, kind } = element.dataset;
  const where = placeOf(element);
  const deed = () => control("actions", { ...where, block_id: block, action_id: action, ...body });
  queue = queue.then(() => (kind === "file_input" ? undefined : attempt(deed)));
  return queue;
}

// Gives where an element stands, in the words of the control API.
export function placeOf(element) {
  const view = element.closest("[data-view]");
  if (view) return { view_id: view.dataset.view };
  const line = element.closest("[data-ts]");
  return { message_ts: line.dataset.ts, channel: line.dataset.channel };
}

function isConfirmed(element) {
  const question = element.querySelector("dialog[data-confirm]");
  if (!question) return true;
  question.returnValue = "deny";
  question.showModal();
  return new Promise((resolve) => {
    question.addEventListener("close", () => resolve(question.returnValue === "confirm"), { once: true });
  });
}

// Closes the open menus around which nobody clicked; tells whether there were any.
function closeMenus(target) {
  const open = [...document.querySelectorAll("details[data-menu][open]")];
  const left = open.filter((menu) => !target || !menu.contains(target) || target.closest("[data-press], .menu-list a"));
  for (const menu of left) {
    menu.open = false;
    if (!target) menu.querySelector("summary").focus();
  }
  return left.length > 0;
}
