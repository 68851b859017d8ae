// The live line to the workspace: patches come in, a broken line is mended, a missed stretch is looked up anew.

import { toast } from "./control.js";
import { syncModals } from "./forms.js";
import { applyLine, keepingPlace } from "./lines.js";
import { morph, parse } from "./morph.js";
import { noteUnread, refresh } from "./places.js";

// A line that is back this soon was never gone for the person.
const PATIENCE_MS = 800;
const AGAIN_MS = 2000;

let worried;

export function startStream(since = document.body.dataset.changeId) {
  const query = new URLSearchParams({ user: document.body.dataset.user, since });
  const source = new EventSource(`/page/changes?${query}`);
  source.addEventListener("open", () => say(""));
  source.addEventListener("message", (event) => apply(JSON.parse(event.data)));
  source.addEventListener("reset", () => restart(source));
  source.addEventListener("error", () => {
    say("Connection lost. Reconnecting…");
    if (source.readyState === EventSource.CLOSED) restart(source);
  });
}

function apply(patches) {
  keepingPlace(() => {
    for (const patch of patches) {
      if (patch.op === "line") applyLine(patch);
      if (patch.op === "piece") applyPiece(patch);
    }
  });
  for (const patch of patches) {
    if (patch.op === "line") noteUnread(patch);
    if (patch.op === "toast") toast(patch.text);
    if (patch.op === "refresh") refresh().catch(() => {});
  }
}

function applyPiece(patch) {
  const next = parse(patch.html);
  if (patch.id === "modals") syncModals(next);
  else {
    const old = document.getElementById(patch.id);
    if (old) morph(old, next);
  }
}

// Looks at everything again, then listens from there; asks until the workspace answers.
async function restart(source) {
  source.close();
  try {
    if (await refresh()) return startStream();
    say("This workspace was started anew. Open the address it printed.", 0);
  } catch {
    setTimeout(() => restart(source), AGAIN_MS);
  }
  return undefined;
}

function say(text, patience = PATIENCE_MS) {
  clearTimeout(worried);
  const bar = document.getElementById("connection");
  if (!text) bar.textContent = "";
  else if (!bar.textContent || !patience) worried = setTimeout(() => (bar.textContent = text), patience);
}
