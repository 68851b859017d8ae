// The app's own place: opening its home or its messages tells the app, and it may answer by publishing its home.

import { attempt, control } from "./control.js";

// After this long an app that has published nothing is not waited for any more.
const PATIENCE_MS = 4000;

let greeted;

// Tells the app when one of its tabs is opened; looking anew at an open one tells nothing.
export function greetApp() {
  const tab = document.querySelector("[data-app-tab]")?.dataset.appTab;
  if (tab === greeted) return;
  greeted = tab;
  if (!tab) return;
  const home = document.getElementById("home");
  if (home && !home.dataset.view) {
    home.setAttribute("aria-busy", "true");
    setTimeout(() => home.removeAttribute("aria-busy"), PATIENCE_MS);
  }
  attempt(() => control("home", { tab }));
}
