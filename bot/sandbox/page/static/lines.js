// The lists of messages: lines come, change and go; who reads at the bottom stays at the bottom.

import { me } from "./control.js";
import { morph, parse } from "./morph.js";

// How far from the end still counts as reading the newest.
const NEAR_PX = 60;

export const scrollers = () => [...document.querySelectorAll("[data-scroll]")];

// Runs a change of the page; lists that were at their end are at their end afterwards.
export function keepingPlace(change) {
  const following = new Map(scrollers().map((list) => [list, isAtEnd(list)]));
  change();
  for (const list of scrollers()) {
    if (following.get(list) ?? true) toEnd(list);
  }
}

// When the window changes its size (a keyboard opens on a phone), the end stays in view for who was reading there.
export function startLines() {
  const left = new WeakSet();
  document.addEventListener("scroll", ({ target }) => {
    if (!target.matches?.("[data-scroll]")) return;
    if (isAtEnd(target)) left.delete(target);
    else left.add(target);
  }, true);
  // A picture that has come makes its list longer.
  document.addEventListener("load", ({ target }) => {
    const list = target.closest?.("[data-scroll]");
    if (list && !left.has(list)) toEnd(list);
  }, true);
  addEventListener("resize", () => scrollers().filter((list) => !left.has(list)).forEach(toEnd));
  for (const list of scrollers()) toEnd(list);
}

export function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

export function applyLine(patch) {
  const old = document.getElementById(patch.id);
  if (patch.html === null) {
    old?.remove();
    return;
  }
  const next = parse(patch.html);
  if (old) morph(old, next);
  else if (patch.is_new) insert(patch, next);
}

// Brings the message of the address into view.
export function showTarget(hash) {
  const target = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (!target) return;
  for (const other of document.querySelectorAll(".is-target")) other.classList.remove("is-target");
  target.classList.add("is-target");
  target.scrollIntoView({ block: "center" });
}

function insert(patch, line) {
  const list = document.getElementById(patch.list);
  if (!list) return;
  const later = [...list.children].find((other) => other.dataset.ts > line.dataset.ts);
  list.insertBefore(line, later ?? null);
  const scroller = list.closest("[data-scroll]");
  if (patch.author === me()) toEnd(scroller);
  else if (!isAtEnd(scroller, line.offsetHeight)) offerNews(scroller);
}

function isAtEnd(list, added = 0) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX + added;
}

function offerNews(scroller) {
  const pane = scroller.parentElement;
  if (pane.querySelector(".news")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "news";
  button.textContent = "New messages";
  button.addEventListener("click", () => toEnd(scroller));
  scroller.after(button);
  scroller.addEventListener("scroll", function look() {
    if (!isAtEnd(scroller)) return;
    button.remove();
    scroller.removeEventListener("scroll", look);
  });
}
