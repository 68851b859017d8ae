// Menus whose options the app gives while somebody types: asked after a short pause, taken with the arrow keys or a click.

import { control, Refusal } from "./control.js";
import { placeOf } from "./presses.js";

// Between two keys of somebody who is still typing.
const PAUSE_MS = 200;

const waiting = new WeakMap();

export function startSuggestions() {
  const boxOf = (event) => (event.target.matches?.("[role=combobox]") ? event.target.closest("[data-suggest]") : null);
  for (const kind of ["input", "click"]) {
    document.addEventListener(kind, (event) => {
      const box = boxOf(event);
      if (!box) return;
      clearTimeout(waiting.get(box));
      waiting.set(box, setTimeout(() => ask(box), kind === "input" ? PAUSE_MS : 0));
    });
  }
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event);
    if (box) clearTimeout(waiting.get(box)), hide(box);
  });
  document.addEventListener("keydown", (event) => boxOf(event) && onKey(event, boxOf(event)), true);
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.(".suggestions [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest("[data-suggest]"), option);
  });
  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-drop]")?.closest("li");
    if (!item) return;
    const box = item.closest("[data-suggest]");
    item.remove();
    tell(box);
  });
}

async function ask(box) {
  const field = box.querySelector("[role=combobox]");
  const { block, action } = box.closest(".element").dataset;
  const missing = Number(box.dataset.least) - field.value.length;
  if (missing > 0) return say(box, `Type ${missing} more ${missing === 1 ? "character" : "characters"}`);
  const typed = field.value;
  say(box, "Searching…");
  try {
    const where = placeOf(box.closest(".element"));
    const answer = await control("suggestions", { ...where, block_id: block, action_id: action, value: typed });
    // Whoever typed on has asked anew, whoever went away does not want to know.
    if (field.value === typed && document.activeElement === field) offer(box, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(box, "The app gave no suggestions.");
  }
}

function offer(box, { options, option_groups: groups }) {
  const parts = (groups ?? [{ options }]).flatMap((group) => [
    ...(group.label ? [draw(group.label.text)] : []),
    ...(group.options ?? []).map((option) => draw(option.text.text, option)),
  ]);
  if (!parts.length) return say(box, "Nothing fits.");
  show(box, parts);
  select(optionsOf(box), 0);
}

function onKey(event, box) {
  const options = box.querySelector(".suggestions").hidden ? [] : optionsOf(box);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Backspace" && !event.target.value) drop(box);
  else if (event.key === "ArrowDown" && box.querySelector(".suggestions").hidden) ask(box);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    select(options, (at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % (options.length || 1));
    event.preventDefault();
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopPropagation();
    if (options[at]) take(box, options[at]);
  } else if (event.key === "Escape" && !box.querySelector(".suggestions").hidden) {
    event.preventDefault();
    event.stopPropagation();
    hide(box);
  }
}

function take(box, { option }) {
  const list = box.querySelector(".chosen");
  if (box.dataset.suggest === "one") list.replaceChildren();
  if (![...list.children].some((item) => JSON.parse(item.dataset.option).value === option.value)) list.append(chip(option));
  box.querySelector("[role=combobox]").value = "";
  hide(box);
  tell(box);
}

function drop(box) {
  const last = box.querySelector(".chosen").lastElementChild;
  if (!last) return;
  last.remove();
  tell(box);
}

// What is chosen goes the way of every other input.
function tell(box) {
  box.querySelector(".chosen").dispatchEvent(new Event("change", { bubbles: true }));
}

function chip(option) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  item.dataset.option = JSON.stringify(option);
  button.type = "button";
  button.dataset.drop = "";
  button.textContent = "×";
  button.setAttribute("aria-label", `Remove ${option.text.text}`);
  item.append(option.text.text, button);
  return item;
}

function draw(text, option) {
  const part = document.createElement("div");
  part.textContent = text;
  if (option) part.setAttribute("role", "option");
  else part.className = "many-title";
  part.option = option;
  return part;
}

const optionsOf = (box) => [...box.querySelectorAll("[role=option]")];

function select(options, number) {
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
  options[number]?.scrollIntoView({ block: "nearest" });
}

function say(box, sentence) {
  const note = document.createElement("p");
  note.className = "hint";
  note.textContent = sentence;
  show(box, [note]);
}

function show(box, parts) {
  const list = box.querySelector(".suggestions");
  list.replaceChildren(...parts);
  list.hidden = false;
  box.querySelector("[role=combobox]").setAttribute("aria-expanded", "true");
}

function hide(box) {
  box.querySelector(".suggestions").hidden = true;
  box.querySelector("[role=combobox]").setAttribute("aria-expanded", "false");
}
