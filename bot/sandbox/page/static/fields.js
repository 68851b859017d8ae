// What stands in the inputs of a message or a form, in the words of the control API.

import { upload } from "./control.js";

const isMany = (kind) => kind === "checkboxes" || kind.startsWith("multi_");

// Gives the value inside a `.element`: text, the value of an option, a list of them, unix seconds, or null.
export async function valueIn(element) {
  const { kind } = element.dataset;
  const inputs = [...element.querySelectorAll("[data-value]")];
  if (!inputs.length) return undefined;
  if (kind.endsWith("external_select")) return chosenIn(inputs[0], isMany(kind));
  if (kind === "file_input") return filesIn(inputs[0]);
  if (isMany(kind)) return inputs.filter((input) => input.checked).map((input) => input.value);
  if (kind === "radio_buttons") return inputs.find((input) => input.checked)?.value ?? null;
  const { value } = inputs[0];
  if (kind === "datetimepicker") return value ? Math.floor(new Date(value).getTime() / 1000) : null;
  return value === "" ? null : value;
}

// Gives every value of a form, by block and action.
export async function valuesIn(form) {
  const values = {};
  for (const element of form.querySelectorAll(".element")) {
    const value = await valueIn(element);
    if (value !== undefined) (values[element.dataset.block] ??= {})[element.dataset.action] = value;
  }
  return values;
}

function chosenIn(list, isList) {
  const options = [...list.children].map((item) => JSON.parse(item.dataset.option));
  return isList ? options : (options[0] ?? null);
}

async function filesIn(input) {
  const handed = (input.handed ??= new Map());
  const files = [];
  for (const file of input.files) {
    if (!handed.has(file)) handed.set(file, (await upload(file)).file);
    files.push(handed.get(file));
  }
  return files.length ? files : undefined;
}
