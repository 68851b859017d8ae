// Modals: the forms the workspace says are open are open here, the newest on top.

import { attempt, control } from "./control.js";
import { valuesIn } from "./fields.js";
import { morph } from "./morph.js";

// Brings the open dialogs in line with the page, or with the piece of it that has come.
export function syncModals(next) {
  const shelf = document.getElementById("modals");
  if (next) {
    for (const dialog of shelf.querySelectorAll("dialog.modal[data-view]")) {
      // A dialog is closed before it goes, so that the focus returns to where it was.
      if (![...next.children].some((other) => other.id === dialog.id)) dialog.close();
    }
    morph(shelf, next);
  }
  const dialogs = [...shelf.querySelectorAll("dialog[data-view]")];
  for (const dialog of dialogs.slice(0, -1)) if (dialog.open) dialog.close();
  const top = dialogs.at(-1);
  if (top && !top.open) show(top);
  else if (next && top && !top.contains(document.activeElement)) placeFocus(top);
  if (next) focusError(top);
}

export function startForms() {
  syncModals();
  document.addEventListener("submit", (event) => {
    const dialog = event.target.closest("dialog[data-view]");
    if (!dialog) return;
    event.preventDefault();
    submit(dialog);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close-view]");
    if (button) close(button.closest("dialog[data-view]"), button.dataset.closeView === "all");
  });
  document.addEventListener("input", (event) => forgive(event.target.closest(".block.input.has-error")));
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest?.("dialog[data-view]");
    if (dialog && event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(dialog);
  });
  document.addEventListener("cancel", (event) => {
    if (!event.target.matches("dialog[data-view]")) return;
    event.preventDefault();
    close(event.target, false);
  }, true);
}

async function submit(dialog) {
  const button = dialog.querySelector("[data-submit]");
  if (!button || dialog.getAttribute("aria-busy")) return;
  dialog.setAttribute("aria-busy", "true");
  button.setAttribute("aria-busy", "true");
  await attempt(async () => control(`views/${dialog.dataset.view}/submit`, { values: await valuesIn(dialog) }));
  dialog.removeAttribute("aria-busy");
  button.removeAttribute("aria-busy");
}

async function close(dialog, isAll) {
  // Escape may come twice before the dialog is gone.
  if (dialog.hasAttribute("data-closing")) return;
  dialog.setAttribute("data-closing", "");
  await attempt(() => control(`views/${dialog.dataset.view}/close`, { clear: isAll }));
  dialog.removeAttribute("data-closing");
}

function show(dialog) {
  dialog.showModal();
  placeFocus(dialog);
}

function placeFocus(dialog) {
  const first = dialog.querySelector("[autofocus], .block.input :is([data-value], [role=combobox])") ?? dialog.querySelector("[data-submit]");
  first?.focus();
}

function focusError(dialog) {
  const wrong = dialog?.querySelector(".has-error :is([data-value], [role=combobox])");
  if (wrong && !dialog.querySelector(".has-error :focus")) wrong.focus();
}

// A field that is being mended is not called wrong any more.
function forgive(field) {
  if (!field) return;
  field.classList.remove("has-error");
  field.querySelector(".field-error")?.remove();
  field.closest("form").querySelector(".form-error")?.remove();
  for (const input of field.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
