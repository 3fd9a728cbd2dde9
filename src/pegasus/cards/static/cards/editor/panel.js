// The properties on the right: forms that stand in the page, filled from what is selected. No words are made here.
import { FONTS, meant, shown } from "./blanks.js";
import { boxOf, chosen } from "./state.js";

const get = (thing, path) => path.split(".").reduce((found, key) => found?.[key], thing);

const set = (thing, [key, ...rest], value) => {
  const copy = Array.isArray(thing) ? [...thing] : { ...thing };
  if (rest.length) copy[key] = set(copy[key] ?? {}, rest, value);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
};

const solid = (colour) => (/^#[0-9a-f]{6}/i.test(colour ?? "") ? colour.slice(0, 7).toLowerCase() : "");
const BOX = ["x", "y", "w", "h"];

const alignOf = ({ align = "left", valign }) => {
  const [across, down = "top"] = align.split(" ");
  return [across, valign ?? down];
};

// The font files there are: a weight between two of them shows as the nearer, heavier one.
const lookOf = ({ weight = 400, style = "normal" }) => {
  if (style === "italic") return "400 italic";
  return weight >= 700 ? "800 normal" : weight >= 500 ? "600 normal" : "400 normal";
};

const coloursIn = (thing, found = new Map()) => {
  if (typeof thing === "string" && solid(thing)) found.set(solid(thing), (found.get(solid(thing)) ?? 0) + 1);
  else if (thing && typeof thing === "object") for (const value of Object.values(thing)) coloursIn(value, found);
  return found;
};

export const createPanel = (root, { state: now, dispatch, words, brand }) => {
  const sections = [...root.querySelectorAll("[data-for]")];
  const partPattern = root.querySelector("[data-part-row]");
  const partList = root.querySelector("[data-parts]");
  const groundPattern = root.querySelector("[data-ground-row]");
  const groundList = root.querySelector("[data-ground-list]");
  const faults = root.querySelector("[data-faults]");
  let before = "";

  const one = () => (now().selected.length === 1 ? chosen(now())[0] : null);

  // --- reading fields -----------------------------------------------------------------------------------------------

  // A colour keeps how much of it shines through: the picker knows only the colour itself.
  const valueOf = (field, before) => {
    if (field.type === "color") return field.value + (before?.slice(7) ?? "");
    if (field.type === "checkbox") return field.checked || undefined;
    if (field.type === "number" || field.type === "range") {
      return field.value === "" || Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber / (field.dataset.share ? 100 : 1);
    }
    return field.dataset.number !== undefined ? Number(field.value) : field.value || undefined;
  };

  const patch = (path, value, tag) => {
    const ids = now().selected;
    for (const element of chosen(now())) {
      const [key] = path.split(".");
      const next = set(element, path.split("."), value);
      dispatch({ type: "patch", ids: ids.length > 1 ? [element.id] : ids, fields: { [key]: next[key] }, tag });
    }
  };

  const takeBox = (field) => {
    const element = one();
    const box = element && boxOf(element, now());
    const value = valueOf(field);
    if (!box || value === null) return;
    const next = [...box];
    next[BOX.indexOf(field.dataset.box)] = value;
    dispatch({ type: "place", boxes: { [element.id]: next }, tag: `box ${field.dataset.box} ${element.id}` });
  };

  const takeChange = (field) => {
    for (const element of chosen(now())) {
      const change = (element.change ?? []).filter((name) => name !== field.value);
      if (field.checked) change.push(field.value);
      dispatch({ type: "patch", ids: [element.id], fields: { change: change.length ? change : undefined } });
    }
  };

  const takePart = (field) => {
    const element = one();
    const index = Number(field.closest("[data-index]").dataset.index);
    const name = field.dataset.part;
    const part = element.parts[index];
    const value = name === "text" ? meant(field.value, part.join) : valueOf(field, part[name]);
    if (value === null) return;
    if (name === "look") {
      const [weight, style] = field.value.split(" ");
      changePart(element, index, { weight: Number(weight), style }, "");
    } else changePart(element, index, { [name]: value }, `part ${name} ${index} ${element.id}`);
  };

  const changePart = (element, index, fields, tag) => {
    const parts = element.parts.map((part, at) => {
      if (at !== index) return part;
      const next = { ...part, ...fields };
      for (const [key, value] of Object.entries(fields)) if (value === undefined) delete next[key];
      return next;
    });
    dispatch({ type: "patch", ids: [element.id], fields: { parts }, tag });
  };

  const takeGround = (field) => {
    const index = Number(field.closest("[data-index]").dataset.index);
    const path = field.dataset.ground;
    const value = valueOf(field, get(now().design.background[index], path));
    if (value === null) return;
    const background = now().design.background.map((layer, at) => (at === index ? set(layer, path.split("."), value) : layer));
    dispatch({ type: "whole", fields: { background }, tag: `ground ${path} ${index}` });
  };

  root.addEventListener("input", ({ target }) => {
    if (target.dataset.hexFor !== undefined) {
      if (!/^#[0-9a-f]{6}$/i.test(target.value)) return;
      const field = target.closest("[data-colour]").querySelector("input[type=color]");
      field.value = target.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (target.dataset.box) takeBox(target);
    else if (target.dataset.part) takePart(target);
    else if (target.dataset.ground) takeGround(target);
    else if (target.dataset.change !== undefined) takeChange(target);
    else if (target.dataset.align) {
      for (const element of chosen(now())) {
        const sides = alignOf(element);
        sides[Number(target.dataset.align)] = target.value;
        dispatch({ type: "patch", ids: [element.id], fields: { align: sides.join(" "), valign: undefined } });
      }
    } else if (target.dataset.field) {
      const value = valueOf(target, get(one(), target.dataset.field));
      if (value !== null) patch(target.dataset.field, value, `${target.dataset.field} ${now().selected}`);
    }
  });
  root.addEventListener("change", () => {
    dispatch({ type: "settle" });
    fill(true);
  });

  root.addEventListener("click", (event) => {
    const swatch = event.target.closest("[data-swatch]");
    if (swatch) {
      const field = swatch.closest("[data-colour]").querySelector("input[type=color]");
      field.value = swatch.dataset.swatch;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const insert = event.target.closest("[data-insert]");
    if (insert) {
      const area = insert.closest("[data-index], [data-qr]").querySelector("textarea");
      area.setRangeText(insert.dataset.insert, area.selectionStart, area.selectionEnd, "end");
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    const row = event.target.closest("[data-index]");
    const index = Number(row?.dataset.index);
    const element = one();
    if (event.target.closest("[data-part-add]") && element) {
      const last = element.parts.at(-1) ?? {};
      const fresh = { font: last.font ?? FONTS[0], weight: 400, colour: last.colour ?? "#16325c", leading: 0.5 };
      const parts = [...element.parts, { ...fresh, text: words.text, scale: 0.6, above: 16 }];
      dispatch({ type: "patch", ids: [element.id], fields: { parts } });
      partList.lastElementChild?.querySelector("textarea")?.select();
    } else if (event.target.closest("[data-part-remove]") && element?.parts.length > 1) {
      const parts = element.parts.filter((_, at) => at !== index);
      dispatch({ type: "patch", ids: [element.id], fields: { parts } });
    } else if (event.target.closest("[data-ground-remove]")) {
      const background = now().design.background.filter((_, at) => at !== index);
      dispatch({ type: "whole", fields: { background } });
    }
  });

  // --- writing fields -----------------------------------------------------------------------------------------------

  const write = (field, value, force) => {
    if (!force && field === document.activeElement) return; // somebody is typing there
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.type === "color") {
      field.value = solid(value) || "#000000";
      field.closest("[data-colour]")?.classList.toggle("is-none", !solid(value));
      const hex = field.closest("[data-colour]")?.querySelector("[data-hex-for]");
      if (hex && hex !== document.activeElement) hex.value = solid(value);
    } else if (field.dataset.share) field.value = Math.round((value ?? 1) * 100);
    else field.value = value ?? field.dataset.else ?? "";
    if (field.type === "radio") field.checked = field.defaultValue === value;
  };

  // The office's colours first, then those that the design uses most.
  const swatches = () => {
    const used = [...coloursIn(now().design)].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
    const all = [...new Set([...brand().colours.map(solid), ...used].filter(Boolean))].slice(0, 8);
    for (const place of root.querySelectorAll("[data-swatches]")) {
      if (place.dataset.made === all.join()) continue;
      place.dataset.made = all.join();
      place.replaceChildren(
        ...all.map((colour) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "ed-swatch";
          button.dataset.swatch = colour;
          button.setAttribute("aria-label", words.colour.replace("%s", colour));
          button.style.backgroundColor = colour;
          return button;
        }),
      );
    }
  };

  const rows = (list, pattern, count) => {
    while (list.children.length > count) list.lastElementChild.remove();
    while (list.children.length < count) {
      const row = pattern.content.firstElementChild.cloneNode(true);
      const index = list.children.length;
      row.dataset.index = index;
      for (const label of row.querySelectorAll("[for]")) label.htmlFor += `-${index}`;
      for (const field of row.querySelectorAll("[id]")) field.id += `-${index}`;
      for (const field of row.querySelectorAll("[data-fonts]")) field.append(...FONTS.map((font) => new Option(font)));
      list.append(row);
    }
  };

  const fillParts = (element, force) => {
    rows(partList, partPattern, element.parts.length);
    element.parts.forEach((part, index) => {
      const row = partList.children[index];
      row.querySelector("[data-part-remove]").hidden = element.parts.length === 1;
      row.querySelector("[data-number-of]").textContent = words.row_of.replace("%s", index + 1);
      for (const only of row.querySelectorAll("[data-later]")) only.hidden = index === 0;
      for (const field of row.querySelectorAll("[data-part]")) {
        const name = field.dataset.part;
        if (name === "text") write(field, shown(part), force);
        else if (name === "look") write(field, lookOf({ ...element, ...part }), force);
        else write(field, part[name] ?? element[name] ?? (name === "font" ? FONTS[0] : undefined), force);
      }
    });
  };

  const fillGround = (force) => {
    const { background } = now().design;
    rows(groundList, groundPattern, background.length);
    background.forEach((layer, index) => {
      const row = groundList.children[index];
      row.querySelector("[data-ground-name]").textContent = words[`ground_${layer.kind}`] ?? words.ground_other;
      const only = layer.only ? words[`only_${layer.only}`] : "";
      row.querySelector("[data-ground-only]").textContent = only;
      for (const place of row.querySelectorAll("[data-ground-if]")) {
        const path = place.dataset.groundIf;
        place.hidden = get(layer, path) === undefined;
        for (const field of place.querySelectorAll("[data-ground]")) write(field, get(layer, field.dataset.ground), force);
      }
    });
  };

  const fill = (force = false) => {
    const state = now();
    const elements = chosen(state);
    const [first] = elements;
    const key = state.selected.join();
    const fresh = force || key !== before;
    before = key;
    const kinds = elements.length > 1 ? ["many"] : [first?.kind ?? "none"];
    if (elements.length) kinds.push("any");
    if (elements.length === 1) kinds.push("one");
    if (elements.length > 2) kinds.push("three");
    for (const section of sections) section.hidden = !section.dataset.for.split(" ").some((kind) => kinds.includes(kind));
    fillGround(fresh);
    if (elements.length === 1 && first.kind === "text") fillParts(first, fresh);
    swatches();
    if (!first) return;
    const box = boxOf(first, state);
    for (const field of root.querySelectorAll("[data-box]")) {
      field.disabled = !box || Boolean(first.locked);
      write(field, box?.[BOX.indexOf(field.dataset.box)], fresh);
    }
    for (const field of root.querySelectorAll("[data-field]")) write(field, get(first, field.dataset.field), fresh);
    for (const field of root.querySelectorAll("[data-align]")) {
      field.checked = alignOf(first)[Number(field.dataset.align)] === field.value;
    }
    for (const field of root.querySelectorAll("[data-change]")) {
      field.checked = (first.change ?? []).includes(field.value);
      field.closest("label").hidden = !field.dataset.change.split(" ").includes(first.kind) && field.dataset.change !== "any";
    }
    for (const field of root.querySelectorAll("[data-here]")) field.checked = box !== null;
    for (const field of root.querySelectorAll("[data-bare]")) field.checked = Boolean(first.bare && state.size in first.bare);
    for (const field of root.querySelectorAll("[data-plate]")) field.checked = Boolean(first.plate);
    for (const place of root.querySelectorAll("[data-if-plate]")) place.hidden = !first.plate;
    for (const field of root.querySelectorAll("[data-focus-at]")) {
      field.value = (first.focus ?? (first.kind === "photo" ? [0.5, 0.35] : [0.5, 0.5]))[Number(field.dataset.focusAt)] * 100;
    }
  };

  return {
    fill,
    // Sentences about what is wrong with what is selected.
    blame: (found) => {
      const paths = found.map(({ where }) => where.replace(/^elements\.\d+\.?/, ""));
      for (const field of root.querySelectorAll("[data-field], [data-part]")) {
        const row = field.closest("[data-index]");
        const own = field.dataset.field ?? `parts.${row.dataset.index}.${field.dataset.part}`;
        if (paths.some((path) => path === own || path.startsWith(`${own}.`))) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
      faults.hidden = found.length === 0;
      faults.replaceChildren(
        ...found.map(({ text }) => {
          const line = document.createElement("p");
          line.className = "field-error";
          line.textContent = text;
          return line;
        }),
      );
    },
  };
};
