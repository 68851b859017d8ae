// Small menus above the page: emoji to react with, and the app's shortcuts. They belong to the button that opened them.

import { attempt, control } from "./control.js";

// Between a menu and its button, and between a menu and the edge of the window.
const GAP_PX = 4;
const ROW = 8;

let opener;

export function startPopups() {
  document.addEventListener("click", (event) => {
    opener = event.target.closest("[popovertarget]") ?? opener;
    const chosen = event.target.closest("[data-react], [data-shortcut]");
    if (chosen) choose(chosen);
  }, true);
  document.addEventListener("toggle", ({ target, newState }) => {
    if (!target.matches?.(".popup") || newState !== "open") return;
    place(target, opener.getBoundingClientRect());
    target.querySelector("button")?.focus();
  }, true);
  document.addEventListener("keydown", onKey);
}

function choose(button) {
  const popup = button.closest(".popup");
  popup?.hidePopover();
  const line = (popup ? opener : button).closest("[data-ts]");
  const where = line ? { channel: line.dataset.channel, message_ts: line.dataset.ts } : {};
  if (button.dataset.shortcut) {
    attempt(() => control("shortcuts", { callback_id: button.dataset.shortcut, ...where }));
  } else {
    const name = button.dataset.react;
    const given = line.querySelector(`.reaction[data-react="${CSS.escape(name)}"]`);
    const remove = given?.getAttribute("aria-pressed") === "true";
    attempt(() => control("reactions", { name, remove, ...where }));
  }
}

// Above its button where there is room, else below, always inside the window.
function place(popup, anchor) {
  const { width, height } = popup.getBoundingClientRect();
  const above = anchor.top - height - GAP_PX;
  const left = Math.min(anchor.left, innerWidth - width - GAP_PX);
  popup.style.left = `${Math.max(left, GAP_PX)}px`;
  popup.style.top = `${above > GAP_PX ? above : anchor.bottom + GAP_PX}px`;
}

function onKey(event) {
  const popup = event.target.closest?.(".popup");
  const isGrid = popup?.matches(".picker");
  const steps = isGrid
    ? { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ROW, ArrowDown: ROW }
    : { ArrowUp: -1, ArrowDown: 1 };
  if (!popup || !(event.key in steps)) return;
  event.preventDefault();
  const buttons = [...popup.querySelectorAll("button")];
  const next = buttons.indexOf(document.activeElement) + steps[event.key];
  buttons[Math.max(0, Math.min(next, buttons.length - 1))].focus();
}
