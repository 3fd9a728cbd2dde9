// One field of a form: what it says, and what it shows; and rows of fields that repeat.
import { forPeople, forRenderer } from "./blanks.js";
import { solid } from "./colours.js";

// `undefined` takes the property away, `null` is not yet a value. A colour keeps how much of it shines through: the
// picker knows only the colour itself.
export const valueOf = (field, before) => {
  if (field.type === "color") return field.value + (before?.slice(7) ?? "");
  if (field.type === "checkbox") return field.checked || undefined;
  if (field.type === "number" || field.type === "range") {
    return field.value === "" || Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber / (field.dataset.share ? 100 : 1);
  }
  if ("filled" in field.dataset) return forRenderer(field.value);
  return field.value || undefined;
};

const writeColour = (field, value) => {
  const place = field.closest("[data-colour]");
  const hex = place.querySelector("[data-hex-for]");
  field.value = solid(value) || "#000000";
  place.classList.toggle("is-none", !solid(value));
  if (hex !== document.activeElement) hex.value = solid(value);
};

export const write = (field, value, force) => {
  if (!force && field === document.activeElement) return; // somebody is typing there
  if (field.type === "checkbox") field.checked = Boolean(value);
  else if (field.type === "color") writeColour(field, value);
  else if (field.dataset.share) field.value = Math.round((value ?? 1) * 100);
  else if ("filled" in field.dataset) field.value = forPeople(value ?? "");
  else field.value = value ?? field.dataset.else ?? "";
};

// As many rows as there are things, each a copy of the pattern with ids of its own.
export const rows = (list, pattern, count, ready = () => {}, prefix = "") => {
  while (list.children.length > count) list.lastElementChild.remove();
  while (list.children.length < count) {
    const row = pattern.content.firstElementChild.cloneNode(true);
    const index = list.children.length;
    row.dataset.index = index;
    for (const label of row.querySelectorAll("[for]")) label.htmlFor += `-${prefix}${index}`;
    for (const field of row.querySelectorAll("[id]")) field.id += `-${prefix}${index}`;
    ready(row, index);
    list.append(row);
  }
};
