// The properties on the right: forms that stand in the page, filled from what is selected. No words are made here.
import { createColours } from "./colours.js";
import { valueOf, write } from "./fields.js";
import { createFocus } from "./focus.js";
import { createGround } from "./ground.js";
import { createParts } from "./parts.js";
import { get, set } from "./paths.js";
import { boxOf, chosen } from "./state.js";

const BOX = ["x", "y", "w", "h"];
const PLATE = { colour: "#ffffff", opacity: 0.85, padding: 24, radius: 16 };
const SOMEWHERE = [240, 400, 600, 200];

const alignOf = ({ align = "left", valign }) => {
  const [across, down = "top"] = align.split(" ");
  return [across, valign ?? down];
};

const fitOf = ({ kind, fit }) => fit ?? (kind === "logo" ? "contain" : "cover");

const kindsOf = (elements) => {
  const kinds = elements.length > 1 ? ["many"] : [elements[0]?.kind ?? "none"];
  if (elements.length) kinds.push("any");
  if (elements.length === 1) kinds.push("one");
  if (elements.length > 2) kinds.push("three");
  return kinds;
};

export const createPanel = (root, { state: now, dispatch, words, brand, fonts, pictures }) => {
  const sections = [...root.querySelectorAll("[data-for]")];
  const faults = root.querySelector("[data-faults]");
  const all = (selector) => root.querySelectorAll(selector);
  let before = "";

  const one = () => (now().selected.length === 1 ? chosen(now())[0] : null);
  const patch = (element, fields, tag) => dispatch({ type: "patch", ids: [element.id], fields, tag });

  const colours = createColours(root, { design: () => now().design, brand, words });
  const parts = createParts(root, { one, dispatch, words, fonts });
  const ground = createGround(root, { now, dispatch, words, choosePicture: pictures.choose });
  const focus = createFocus(root, { now, dispatch, urlOf: pictures.urlOf });

  // --- reading fields -----------------------------------------------------------------------------------------------

  const TAKES = {
    field: (field, path) => {
      for (const element of chosen(now())) {
        const value = valueOf(field, get(element, path));
        const [key] = path.split(".");
        if (value !== null) patch(element, { [key]: set(element, path, value)[key] }, `${path} ${now().selected}`);
      }
    },
    box: (field, side) => {
      const element = one();
      const box = element && boxOf(element, now());
      const value = valueOf(field);
      if (!box || value === null) return;
      const next = box.map((old, at) => (at === BOX.indexOf(side) ? value : old));
      dispatch({ type: "place", boxes: { [element.id]: next }, tag: `box ${side} ${element.id}` });
    },
    change: (field) => {
      for (const element of chosen(now())) {
        const change = (element.change ?? []).filter((name) => name !== field.value);
        if (field.checked) change.push(field.value);
        patch(element, { change: change.length ? change : undefined });
      }
    },
    align: (field, side) => {
      for (const element of chosen(now())) {
        const sides = alignOf(element).map((old, at) => (at === Number(side) ? field.value : old));
        patch(element, { align: sides.join(" "), valign: undefined });
      }
    },
    plate: (field) => {
      for (const element of chosen(now())) patch(element, { plate: field.checked ? PLATE : undefined });
    },
    here: (field) => {
      for (const element of chosen(now())) {
        const box = Object.values(element.boxes).find(Boolean) ?? SOMEWHERE;
        dispatch({ type: "appear", ids: [element.id], box: field.checked ? box : null });
      }
    },
    bare: (field) => {
      const { size } = now();
      for (const element of chosen(now())) {
        const { [size]: _, ...rest } = element.bare ?? {};
        const bare = field.checked ? { ...rest, [size]: element.boxes?.[size] ?? null } : rest;
        patch(element, { bare: Object.keys(bare).length ? bare : undefined });
      }
    },
  };

  root.addEventListener("input", ({ target }) => {
    for (const [name, take] of Object.entries(TAKES)) {
      if (name in target.dataset) take(target, target.dataset[name]);
    }
  });
  root.addEventListener("change", () => {
    dispatch({ type: "settle" });
    fill(true);
  });
  root.addEventListener("click", ({ target }) => {
    const insert = target.closest("[data-insert]");
    if (!insert) return;
    const area = insert.closest("[data-index], [data-qr]").querySelector("textarea");
    area.setRangeText(insert.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // --- writing fields -----------------------------------------------------------------------------------------------

  const fillPlace = (first, box, fresh) => {
    for (const field of all("[data-box]")) {
      field.disabled = !box || Boolean(first.locked);
      write(field, box?.[BOX.indexOf(field.dataset.box)], fresh);
    }
    for (const field of all('[data-field="rotate"]')) field.disabled = Boolean(first.locked);
    for (const field of all("[data-here]")) field.checked = box !== null;
    for (const field of all("[data-bare]")) field.checked = Boolean(first.bare && now().size in first.bare);
  };

  const fillChange = (first) => {
    for (const field of all("[data-change]")) {
      field.checked = (first.change ?? []).includes(field.value);
      field.closest("label").hidden = !field.dataset.change.split(" ").includes(first.kind) && field.dataset.change !== "any";
    }
  };

  const fill = (force = false) => {
    const state = now();
    const elements = chosen(state);
    const [first] = elements;
    const key = state.selected.join();
    const fresh = force || key !== before;
    before = key;
    const kinds = kindsOf(elements);
    for (const section of sections) section.hidden = !section.dataset.for.split(" ").some((kind) => kinds.includes(kind));
    if (!first) ground.fill(fresh);
    if (elements.length === 1 && first.kind === "text") parts.fill(first, fresh);
    colours.fill();
    if (!first) return;
    fillPlace(first, boxOf(first, state), fresh);
    fillChange(first);
    for (const field of all("[data-field]")) write(field, get(first, field.dataset.field), fresh);
    for (const field of all('[data-field="fit"]')) write(field, fitOf(first), fresh);
    for (const field of all("[data-align]")) field.checked = alignOf(first)[Number(field.dataset.align)] === field.value;
    for (const field of all("[data-plate]")) field.checked = Boolean(first.plate);
    for (const place of all("[data-if-plate]")) place.hidden = !first.plate;
    for (const place of all("[data-if-file]")) place.hidden = first.kind !== "logo" || !first.file;
    const isWhole = fitOf(first) === "contain"; // then nothing is cut off, and the focus says where it lies
    for (const place of all("[data-if-cut]")) place.hidden = isWhole;
    for (const place of all("[data-if-whole]")) place.hidden = !isWhole;
    focus.fill(first);
  };

  // --- what is wrong with what is selected ---------------------------------------------------------------------------

  const isAt = (field, paths) => {
    const row = field.closest("[data-index]");
    const own = field.dataset.field ?? `parts.${row.dataset.index}.${field.dataset.part}`;
    return paths.some((path) => path === own || path.startsWith(`${own}.`));
  };

  const sentence = ({ text }) => {
    const line = document.createElement("p");
    line.className = "field-error";
    line.textContent = text;
    return line;
  };

  return {
    fill,
    blame: (found) => {
      const paths = found.map(({ where }) => where.replace(/^elements\.\d+\.?/, ""));
      for (const field of all("[data-field], [data-part]")) {
        if (isAt(field, paths)) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
      faults.hidden = found.length === 0;
      faults.replaceChildren(...found.map(sentence));
    },
  };
};
