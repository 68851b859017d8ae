// Going from one place to another without loading the page: the new page is fetched and the old one made like it.

import { toast } from "./control.js";
import { fillDrafts, keepDrafts } from "./composer.js";
import { keepingPlace, showTarget } from "./lines.js";
import { syncModals } from "./forms.js";
import { greetApp } from "./home.js";
import { morph } from "./morph.js";

// A wait this long shows that something is on its way.
const SLOW_MS = 200;

// The timestamps of what came while the person was elsewhere, by conversation.
const unread = new Map();

// Shows the page at this address. `isVisit` puts it into the history and moves the focus.
export async function go(url, { isVisit = true } = {}) {
  const slow = setTimeout(() => document.body.classList.add("is-loading"), SLOW_MS);
  try {
    const response = await fetch(url);
    if (!response.ok) return refused(response, isVisit);
    show(new DOMParser().parseFromString(await response.text(), "text/html"), url, isVisit);
    return true;
  } finally {
    clearTimeout(slow);
    document.body.classList.remove("is-loading");
  }
}

export const refresh = () => go(location.pathname + location.search, { isVisit: false });

export function noteUnread(patch) {
  const { user, channel } = document.body.dataset;
  if (!patch.is_new || patch.author === user || (patch.channel === channel && !document.hidden)) return;
  const seen = unread.get(patch.channel) ?? new Set();
  unread.set(patch.channel, seen.add(patch.id.slice(2)));
  markUnread();
}

export function markRead() {
  unread.delete(document.body.dataset.channel);
  markUnread();
}

export function startPlaces() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(link.href).catch(offline);
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) step(event);
    else if (event.key === "Escape") leaveThread(event);
  });
  addEventListener("popstate", () => go(location.href, { isVisit: false }).catch(offline));
  document.addEventListener("visibilitychange", () => document.hidden || markRead());
  showTarget(location.hash);
}

function show(next, url, isVisit) {
  const left = document.querySelector("#thread-pane .composer")?.dataset.thread;
  keepDrafts();
  keepingPlace(() => {
    document.title = next.title;
    morph(document.body, next.body);
  });
  if (isVisit) history.pushState(null, "", url);
  fillDrafts();
  syncModals();
  markRead();
  showTarget(new URL(url, location.href).hash);
  if (isVisit) placeFocus(left);
  greetApp();
}

// The keyboard goes where the person went: into the thread, into the channel, or back to where the thread began.
function placeFocus(left) {
  const thread = document.getElementById("thread-pane");
  const root = thread.hidden && left ? document.getElementById(`c-${left}`) : null;
  if (root) {
    root.querySelector("a.replies, [data-reply]")?.focus({ preventScroll: true });
  } else if (!matchMedia("(hover: none)").matches) {
    const pane = thread.hidden ? document.getElementById("channel-pane") : thread;
    const place = pane.querySelector(".composer textarea") ?? pane.querySelector(".tab[aria-current], .offer button");
    place?.focus({ preventScroll: true });
  }
}

function refused(response, isVisit) {
  // What was shown is not there any more for this person: they left it, or were sent out.
  const home = `/client/${document.body.dataset.user}`;
  if (!isVisit && response.status === 404 && location.pathname !== home) return go(home);
  const lost = "This page has lost its key: open the printed address again.";
  if (isVisit) toast(response.status === 403 ? lost : "This place is not here any more.");
  return false;
}

function offline() {
  toast("The workspace cannot be reached. Is it still running?");
}

function step(event) {
  const entries = [...document.querySelectorAll("#places .entry")];
  const here = entries.findIndex((entry) => entry.getAttribute("aria-current"));
  const next = entries[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  go(next.href).catch(offline);
}

function leaveThread(event) {
  const pane = event.target.closest?.("#thread-pane");
  if (!pane || event.defaultPrevented || event.target.value) return;
  pane.querySelector("[data-close-thread]")?.click();
}

function markUnread() {
  for (const entry of document.querySelectorAll("#places .entry")) {
    const count = unread.get(entry.dataset.entry)?.size ?? 0;
    entry.classList.toggle("is-unread", count > 0);
    if (count) entry.dataset.count = count;
    else delete entry.dataset.count;
  }
}
