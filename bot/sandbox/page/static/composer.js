// The message field: words, files, names after an @, commands after a slash; and changing what was sent.

import { control, Refusal, upload } from "./control.js";
import { startNames } from "./names.js";

const drafts = new Map();
const attached = new WeakMap();

const filesOf = (form) => attached.get(form) ?? attached.set(form, []).get(form);

export function startComposers() {
  startNames();
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".composer")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(".composer textarea") || event.defaultPrevented) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "Escape" && event.target.form.dataset.editing) {
      event.preventDefault();
      stopEditing(event.target.form);
    }
  });
  document.addEventListener("input", (event) => event.target.matches?.(".composer textarea") && grow(event.target));
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".composer input[type=file]")) return;
    attach(event.target.form, event.target.files);
    event.target.value = "";
  });
  document.addEventListener("click", onClick);
  startDropping();
}

// Keeps what stands unsent in the fields of this page, for when the person comes back to the place.
export function keepDrafts() {
  for (const field of document.querySelectorAll(".composer textarea")) drafts.set(field.id, field.value);
}

export function fillDrafts() {
  for (const field of document.querySelectorAll(".composer textarea")) {
    if (!field.value && drafts.get(field.id)) field.value = drafts.get(field.id);
    grow(field);
  }
}

export function insert(field, words) {
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !/\s$/.test(before) && words.startsWith("@") ? " " : "";
  field.setRangeText(gap + words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function send(form) {
  const field = form.querySelector("textarea");
  const files = filesOf(form);
  if (form.getAttribute("aria-busy") || (!field.value.trim() && !files.length)) return;
  form.setAttribute("aria-busy", "true");
  complain(form, "");
  try {
    await deliver(form, field.value.trim(), files);
    field.value = "";
    drafts.delete(field.id);
    files.length = 0;
    drawAttached(form);
    stopEditing(form);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    complain(form, error.message);
  } finally {
    form.removeAttribute("aria-busy");
    grow(field);
  }
}

async function deliver(form, text, files) {
  const { channel, thread, editing } = form.dataset;
  if (editing) return control(`messages/${channel}/${editing}`, { text }, "PATCH");
  if (text.startsWith("/") && !files.length) {
    const [command, ...words] = text.split(/\s+/);
    return control("commands", { channel, command, text: words.join(" "), thread_ts: thread || undefined });
  }
  const handed = [];
  for (const file of files) handed.push((await upload(file)).file_id);
  return control("messages", { channel, text, thread_ts: thread || undefined, file_ids: handed });
}

function onClick(event) {
  const words = event.target.closest("[data-insert]")?.dataset.insert;
  const form = event.target.closest(".composer") ?? event.target.closest(".pane")?.querySelector(".composer");
  if (words && form) insert(form.querySelector("textarea"), words);
  if (event.target.closest("[data-stop-editing]")) stopEditing(form);
  const edited = event.target.closest("[data-edit]");
  if (edited) startEditing(form, edited);
  const unwanted = event.target.closest("[data-detach]");
  if (unwanted) {
    filesOf(form).splice(Number(unwanted.dataset.detach), 1);
    drawAttached(form);
  }
}

function startEditing(form, button) {
  form.dataset.editing = button.closest("[data-ts]").dataset.ts;
  const field = form.querySelector("textarea");
  field.value = button.dataset.edit;
  field.focus();
  grow(field);
}

function stopEditing(form) {
  if (!form.dataset.editing) return;
  delete form.dataset.editing;
  form.querySelector("textarea").value = "";
}

function attach(form, files) {
  filesOf(form).push(...files);
  drawAttached(form);
  form.querySelector("textarea").focus();
}

function drawAttached(form) {
  const items = filesOf(form).map((file, number) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.detach = number;
    button.textContent = "×";
    button.setAttribute("aria-label", `Remove ${file.name}`);
    item.append(`${file.name} · ${Math.max(1, Math.round(file.size / 1000))} kB`, button);
    return item;
  });
  form.querySelector(".attached").replaceChildren(...items);
}

function complain(form, sentence) {
  const place = form.querySelector(".composer-error");
  place.textContent = sentence;
  place.hidden = !sentence;
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function startDropping() {
  const paneOf = (event) => event.target.closest?.(".pane");
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    for (const pane of document.querySelectorAll(".pane")) pane.classList.toggle("is-drop", pane === paneOf(event));
  });
  const settle = () => document.querySelector(".pane.is-drop")?.classList.remove("is-drop");
  document.addEventListener("dragleave", (event) => event.relatedTarget || settle());
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    settle();
    const form = paneOf(event)?.querySelector(".composer");
    if (form) attach(form, event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    const form = event.target.closest?.(".composer");
    if (form && event.clipboardData.files.length) {
      event.preventDefault();
      attach(form, event.clipboardData.files);
    }
  });
}
