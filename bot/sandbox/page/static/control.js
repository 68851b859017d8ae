// What a person does, told to the workspace; and the words that appear when it cannot be done.

const TOAST_MS = 8000;
// The workspace says these itself, to every page of the person.
const TOLD = new Set(["operation_timeout", "invalid_ack"]);

export class Refusal extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}

export const me = () => document.body.dataset.user;

export async function control(path, body, method = "POST") {
  const init = { method, headers: { "Content-Type": "application/json" } };
  if (method !== "DELETE") init.body = JSON.stringify({ user: me(), ...body });
  return answer(await send(`/control/${path}`, init));
}

export async function upload(file) {
  const query = new URLSearchParams({ user: me(), filename: file.name || "pasted.png" });
  return answer(await send(`/control/files?${query}`, { method: "POST", body: file }));
}

// Runs what a person started; a refusal becomes a sentence on the page.
export async function attempt(deed) {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!TOLD.has(error.code)) toast(error.message);
    return undefined;
  }
}

export function toast(text) {
  const shelf = document.getElementById("toasts");
  if ([...shelf.children].some((other) => other.textContent === text)) return;
  const note = document.createElement("p");
  note.className = "toast";
  note.textContent = text;
  note.addEventListener("click", () => note.remove());
  shelf.append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

async function send(url, init) {
  try {
    return await fetch(url, init);
  } catch {
    throw new Refusal("offline", "The workspace cannot be reached. Is it still running?");
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(body.code, body.error || `The workspace answered ${response.status}.`);
  return body;
}
