// Names after an @: a short list while typing, taken with the arrow keys and Enter, Tab or a click.

const MOST = 6;

export function startNames() {
  document.addEventListener("input", (event) => event.target.matches?.(".composer textarea") && offer(event.target));
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(".composer textarea")) setTimeout(() => hide(event.target.form), 150);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.(".names [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest(".composer"), option);
  });
  document.addEventListener("keydown", onKey, true);
}

function onKey(event) {
  const form = event.target.matches?.(".composer textarea") ? event.target.form : null;
  const list = form?.querySelector(".names");
  if (!list || list.hidden) return;
  const options = [...list.children];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) select(options, (at + moves[event.key] + options.length) % options.length);
  else if (event.key === "Enter" || event.key === "Tab") take(form, options[at]);
  else if (event.key === "Escape") hide(form);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function offer(field) {
  const begun = /(?:^|\s)@([\p{L}\p{N} ]{0,30})$/u.exec(field.value.slice(0, field.selectionStart));
  const typed = begun?.[1].toLowerCase();
  const fits = (name) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed;
  const found = begun ? JSON.parse(field.form.dataset.names).filter(fits).slice(0, MOST) : [];
  const list = field.form.querySelector(".names");
  list.replaceChildren(...found.map(draw));
  list.hidden = !found.length;
  if (found.length) select([...list.children], 0);
}

function draw(name) {
  const option = document.createElement("div");
  option.setAttribute("role", "option");
  option.textContent = name;
  return option;
}

function select(options, number) {
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
}

function take(form, option) {
  const field = form.querySelector("textarea");
  const end = field.selectionStart;
  const start = field.value.lastIndexOf("@", end - 1);
  field.setRangeText(`@${option.textContent} `, start, end, "end");
  hide(form);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function hide(form) {
  const list = form?.querySelector(".names");
  if (list) list.hidden = true;
}
