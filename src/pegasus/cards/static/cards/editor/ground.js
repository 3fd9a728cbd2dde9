// The background: layers of colour, gradient, motif and picture, the lowest first.
import { rows, valueOf, write } from "./fields.js";
import { get, set } from "./paths.js";

const FRESH = {
  fill: { kind: "fill", colour: "#f7f5f0" },
  gradient: { kind: "gradient", colours: ["#16325c", "#0b4f9e"], angle: 90 },
  besurek: { kind: "besurek", colour: "#16325c22", weight: 2, scale: 1 },
};
const FEWEST_COLOURS = 2;
const MOST_COLOURS = 8;

const moved = (list, from, to) => {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
};

export const createGround = (root, { now, dispatch, words, choosePicture }) => {
  const pattern = root.querySelector("[data-ground-row]");
  const list = root.querySelector("[data-ground-list]");

  const layers = () => now().design.background;
  const put = (background, tag) => dispatch({ type: "whole", fields: { background }, tag });
  const change = (index, layer, tag) => put(layers().map((one, at) => (at === index ? layer : one)), tag);
  const indexOf = (target) => Number(target.closest("[data-layer]").dataset.index);

  root.addEventListener("input", ({ target }) => {
    const { ground: path } = target.dataset;
    if (!path) return;
    const index = indexOf(target);
    const layer = layers()[index];
    const value = valueOf(target, get(layer, path));
    if (value !== null) change(index, set(layer, path, value), `ground ${path} ${index}`);
  });

  const recolour = (target, change_) => {
    const index = indexOf(target);
    const layer = layers()[index];
    change(index, { ...layer, colours: change_(layer.colours) });
  };

  const add = (kind) => {
    if (kind !== "picture") return put([...layers(), structuredClone(FRESH[kind])]);
    return choosePicture(({ file }) => put([...layers(), { kind: "picture", file, fit: "cover", focus: [0.5, 0.5] }]));
  };

  root.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { groundAdd, groundMove } = button.dataset;
    if (groundAdd) add(groundAdd);
    else if (groundMove) put(moved(layers(), indexOf(button), indexOf(button) + Number(groundMove)));
    else if ("groundRemove" in button.dataset) put(layers().filter((_, at) => at !== indexOf(button)));
    else if ("stopAdd" in button.dataset) recolour(button, (colours) => [...colours, colours.at(-1)]);
    else if ("stopRemove" in button.dataset) {
      const at = Number(button.closest("[data-stop]").dataset.index);
      recolour(button, (colours) => colours.filter((_, place) => place !== at));
    }
  });

  const fillStops = (row, index, { colours }) => {
    const stops = row.querySelector("[data-stops]");
    rows(
      stops,
      row.querySelector("[data-stop-row]"),
      colours.length,
      (stop, at) => {
        stop.querySelector("[data-number-of]").textContent = at + 1;
        stop.querySelector("[data-ground]").dataset.ground = `colours.${at}`;
      },
      `${index}-`,
    );
    for (const button of stops.querySelectorAll("[data-stop-remove]")) button.hidden = colours.length <= FEWEST_COLOURS;
    row.querySelector("[data-stop-add]").hidden = colours.length >= MOST_COLOURS;
  };

  const fillRow = (row, index, layer, force) => {
    row.querySelector("[data-ground-name]").textContent = words[`ground_${layer.kind}`] ?? words.ground_other;
    row.querySelector('[data-ground-move="-1"]').hidden = index === 0;
    row.querySelector('[data-ground-move="1"]').hidden = index === layers().length - 1;
    if (layer.colours) fillStops(row, index, layer);
    const hasPhoto = now().design.elements.some(({ kind }) => kind === "photo");
    for (const place of row.querySelectorAll("[data-ground-if]")) {
      const path = place.dataset.groundIf;
      const isOne = path === layer.kind || (path === "only" && hasPhoto);
      place.hidden = !isOne && get(layer, path) === undefined;
      for (const field of place.querySelectorAll("[data-ground]")) write(field, get(layer, field.dataset.ground), force);
    }
  };

  return {
    fill: (force) => {
      rows(list, pattern, layers().length);
      layers().forEach((layer, index) => fillRow(list.children[index], index, layer, force));
    },
  };
};
