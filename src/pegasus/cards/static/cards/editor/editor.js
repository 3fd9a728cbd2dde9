// The template editor: one state, shown by the canvas, the layers and the properties; kept on the server as one works.
import { previews } from "./api.js";
import { createCanvas } from "./canvas.js";
import { createDeeds } from "./deeds.js";
import { createKeeping } from "./keeping.js";
import { listen } from "./keys.js";
import { createLayers } from "./layers.js";
import { createPanel } from "./panel.js";
import { createPictures } from "./pictures.js";
import { begin, chosen, reduce } from "./state.js";

const root = document.querySelector("[data-editor]");
const page = document.querySelector(".ed-page");
const find = (name) => page.querySelector(`[data-${name}]`);
const words = Object.fromEntries(
  [...document.getElementById("kata-editor").content.children].map((line) => [line.dataset.key, line.textContent]),
);
const phone = matchMedia("(max-width: 599.98px)");
const canvasRoot = find("canvas");

let state = begin();
let faults = []; // what the server says is wrong: where and a sentence
let brand = { colours: [], margin: 64, logo: null };
let fonts = []; // those that the renderer has for this office, the usual one first

const say = (text) => {
  find("live").textContent = text;
};

// --- showing -------------------------------------------------------------------------------------------------------

const faultsOf = (element) => {
  const index = state.design.elements.indexOf(element);
  return faults.filter(({ where }) => where === `elements.${index}` || where.startsWith(`elements.${index}.`));
};

const picture = previews(root.dataset.preview, {
  show: (text, took) => {
    canvas.show(text);
    root.dataset.took = Math.round(took);
    if (find("note").textContent === words.no_preview) find("note").textContent = "";
  },
  fail: (status, { errors }) => {
    if (errors) blame(errors);
    else find("note").textContent = words.no_preview;
  },
});

const ask = (design = state.design) => picture({ design, size: state.size, sample: state.sample, photo: state.photo });

const press = (name, isOn) => {
  for (const button of page.querySelectorAll(`[data-do="${name}"]`)) button.setAttribute("aria-pressed", String(isOn));
};

const show = () => {
  const wrong = new Set(state.design.elements.filter((one) => faultsOf(one).length).map(({ id }) => id));
  canvas.mark(wrong);
  layers.show(state, wrong);
  panel.fill();
  panel.blame(chosen(state).flatMap(faultsOf));
  if (document.activeElement !== find("name")) find("name").value = state.name;
  const off = { undo: !state.past.length, redo: !state.future.length };
  for (const name of ["up", "down", "duplicate", "remove", "lock"]) off[name] = !state.selected.length;
  for (const [name, is] of Object.entries(off)) {
    for (const button of page.querySelectorAll(`[data-do="${name}"]`)) button.setAttribute("aria-disabled", String(is));
  }
  press("lock", state.selected.length > 0 && chosen(state).every(({ locked }) => locked));
};

const blame = (errors) => {
  faults = errors ?? [];
  const general = faults.filter(({ where }) => !/^elements\.\d/.test(where ?? ""));
  find("note").textContent = general.map(({ text }) => text).join(" ");
  show();
};

const dispatch = (action) => {
  const before = state;
  state = reduce(state, action);
  if (state === before) return false;
  // The picture takes longest: it is on its way while the rest of the page follows.
  if (["design", "size", "sample", "photo"].some((key) => state[key] !== before[key])) ask();
  if (state.size !== before.size) canvas.resize();
  if (state.design !== before.design || state.name !== before.name) {
    keeping.keep({ design: state.design, name: state.name });
    if (faults.length) faults = [];
  }
  show();
  if (action.type === "select") deeds.tellOne();
  else if (["place", "align", "distribute"].includes(action.type)) deeds.tellBox();
  return true;
};

// Instagram lays its own words over the top and bottom of a story.
const STORY = 250;
const margins = (size) => {
  const { margin } = brand;
  return size === "story" ? [margin, STORY, margin, STORY] : [margin, margin, margin, margin];
};

const look = (what, value) => {
  dispatch({ type: "view", [what]: value });
  for (const field of page.querySelectorAll(`[data-view="${what}"]`)) {
    if (field.type === "radio") field.checked = field.value === value;
  }
};

const openSheet = (wanted) => {
  const name = root.dataset.open === wanted ? "" : wanted;
  root.dataset.open = name;
  for (const button of page.querySelectorAll("[data-sheet]")) {
    button.setAttribute("aria-expanded", String(button.dataset.sheet === name));
  }
};

const intoPanel = (selector) => {
  if (!state.selected.length) return false;
  if (root.dataset.open !== "panel") openSheet("panel");
  const field = [...find("panel").querySelectorAll(selector)].find((one) => one.offsetParent && !one.disabled);
  field?.focus();
  field?.select?.();
  return true;
};

// --- the parts -----------------------------------------------------------------------------------------------------

const get = () => state;
const canvas = createCanvas(canvasRoot, {
  get,
  dispatch,
  margins,
  // What a drag would give, drawn while the hand is still moving.
  draft: (boxes, turns) => ask(reduce(state, { type: "place", boxes, turns }).design),
});
const layers = createLayers(find("layers"), { dispatch, words });
const pictures = createPictures(page, root.dataset.upload, {
  words,
  samplePhoto: root.dataset.photo,
  brand: () => brand,
});
const panel = createPanel(find("panel"), { state: get, dispatch, words, brand: () => brand, fonts: () => fonts, pictures });
const keeping = createKeeping(page, root.dataset, { words, dispatch, blame, isBlamed: () => faults.length > 0 });
const deeds = createDeeds({
  get,
  dispatch,
  say,
  words,
  label: layers.label,
  brand: () => brand,
  pictures,
  canvas,
  canvasRoot,
  intoPanel,
  look,
});
const does = {
  ...deeds.does,
  ...keeping.does,
  help: () => document.querySelector('[data-dialog="help"]').showModal(),
  bring: pictures.bring,
  close: () => document.querySelector("dialog[open]")?.close(),
  margins: () => press("margins", canvas.help()),
  several: () => press("several", canvas.several()),
};

// --- listening -----------------------------------------------------------------------------------------------------

// Buttons and fields that stand outside the properties, and those of them that are deeds.
page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const { do: deed, add, alignTo, shareOut, clear, sheet } = button.dataset;
  if (deed) does[deed]();
  else if (add) deeds.add(add);
  else if (alignTo) dispatch({ type: "align", how: alignTo });
  else if (shareOut) dispatch({ type: "distribute", axis: shareOut });
  else if (clear) dispatch({ type: "patch", ids: state.selected, fields: { [clear]: undefined } });
  else if (sheet) openSheet(sheet);
  else if ("replace" in button.dataset) {
    const ids = state.selected;
    pictures.choose(({ file }) => dispatch({ type: "patch", ids, fields: { file } }));
  }
});

page.addEventListener("input", ({ target }) => {
  const { dataset } = target;
  if (dataset.view) look(dataset.view, target.type === "checkbox" ? target.checked : target.value);
  else if ("name" in dataset) {
    if (target.value.trim()) dispatch({ type: "rename", name: target.value.trim(), tag: "name" });
  } else if ("zoom" in dataset) canvas.zoomTo(target.value === "fit" ? "fit" : Number(target.value));
});

page.addEventListener("editor:open", () => does.open());
page.addEventListener("editor:zoom", ({ detail: { zoom, wanted } }) => {
  const select = find("zoom");
  const known = wanted === "fit" ? "fit" : [...select.options].find(({ value }) => Number(value) === zoom)?.value;
  const now = select.querySelector('[value="now"]');
  now.hidden = Boolean(known);
  now.textContent = `${Math.round(zoom * 100)} %`;
  select.value = known ?? "now";
});

const still = () => {
  canvasRoot.toggleAttribute("data-still", phone.matches);
  canvas.redraw();
};
phone.addEventListener("change", still);

pictures.dropInto(canvasRoot, deeds.addPicture);
listen(page, canvasRoot, does);
const begun = await keeping.load();
brand = begun.brand ?? brand;
fonts = begun.fonts ?? fonts;
pictures.show(begun.pictures ?? []);
dispatch({ type: "load", name: begun.name, design: begun.design });
keeping.begin(begun.stamp);
still();
canvas.resize();
show();
root.dataset.ready = "yes";
