// Starts the page.

import { startComposers } from "./composer.js";
import { attempt, control, me, toast } from "./control.js";
import { startForms } from "./forms.js";
import { greetApp } from "./home.js";
import { startLines } from "./lines.js";
import { startPlaces } from "./places.js";
import { startPopups } from "./popups.js";
import { startPresses } from "./presses.js";
import { startStream } from "./stream.js";
import { startSuggestions } from "./suggestions.js";

startComposers();
startForms();
startPresses();
startPopups();
startLines();
startPlaces();
startStream();
startSuggestions();
greetApp();

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copy]")?.dataset.copy;
  if (link) {
    await navigator.clipboard.writeText(link);
    toast("The link to this message is copied.");
  }
  const move = event.target.closest("[data-member]");
  if (move) await attempt(() => control("members", { channel: move.closest("[data-channel]").dataset.channel, action: move.dataset.member }));
  const stop = event.target.closest("[data-stop]");
  if (stop) await attempt(() => control("stop", { channel: stop.dataset.channel, thread_ts: stop.dataset.stop }));
  const line = event.target.closest("[data-delete]")?.closest("[data-ts]");
  if (line && confirm("Delete this message?")) {
    const query = new URLSearchParams({ user: me() });
    await attempt(() => control(`messages/${line.dataset.channel}/${line.dataset.ts}?${query}`, {}, "DELETE"));
  }
});
