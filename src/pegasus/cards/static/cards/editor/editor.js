// The template editor: one state, shown by the canvas, the layers and the properties; kept on the server as one works.
import { drafts, previews, read, send } from "./api.js";
import { fresh, freshPicture } from "./blanks.js";
import { createCanvas } from "./canvas.js";
import { SIZES } from "./geometry.js";
import { listen } from "./keys.js";
import { createLayers } from "./layers.js";
import { createPanel } from "./panel.js";
import { begin, boxOf, chosen, isFree, isOn, reduce } from "./state.js";
import { createVersions } from "./versions.js";

const root = document.querySelector("[data-editor]");
const page = document.querySelector(".ed-page");
const find = (name) => page.querySelector(`[data-${name}]`);
const words = Object.fromEntries(
  [...document.getElementById("kata-editor").content.children].map((line) => [line.dataset.key, line.textContent]),
);
const phone = matchMedia("(max-width: 599.98px)");
const live = find("live");
const stateLine = find("state");
const canvasRoot = find("canvas");

let state = begin();
let faults = []; // what the server says is wrong: where and a sentence
let brand = { colours: [], margin: 64, logo: null };
let clipboard = [];
let draft = null; // keeps the draft; there once the design has been read

const fill = (text, facts) => text.replace(/%(\w)/g, (whole, key) => facts[key] ?? whole);
const say = (text) => {
  live.textContent = text;
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

const ask = (design = state.design) =>
  picture({ design, size: state.size, sample: state.sample, photo: state.photo });

const show = () => {
  const wrong = new Set(state.design.elements.filter((one) => faultsOf(one).length).map(({ id }) => id));
  canvas.mark(wrong);
  layers.show(state, wrong);
  panel.fill();
  panel.blame(chosen(state).flatMap(faultsOf));
  if (document.activeElement !== find("name")) find("name").value = state.name;
  const off = { undo: !state.past.length, redo: !state.future.length };
  for (const name of ["up", "down", "duplicate", "remove"]) off[name] = !state.selected.length;
  for (const [name, is] of Object.entries(off)) {
    for (const button of page.querySelectorAll(`[data-do="${name}"]`)) button.setAttribute("aria-disabled", String(is));
  }
};

const blame = (errors) => {
  faults = errors ?? [];
  const general = faults.filter(({ where }) => !/^elements\.\d/.test(where ?? ""));
  find("note").textContent = general.map(({ text }) => text).join(" ");
  show();
};

export const dispatch = (action) => {
  const before = state;
  state = reduce(state, action);
  if (state === before) return false;
  if (state.size !== before.size) canvas.resize();
  if (state.design !== before.design || state.name !== before.name) {
    draft?.keep({ design: state.design, name: state.name });
    if (faults.length) faults = [];
  }
  show();
  if (action.type === "select") tellOne();
  else if (["place", "align", "distribute"].includes(action.type)) tellBox();
  if (["design", "size", "sample", "photo"].some((key) => state[key] !== before[key])) ask();
  return true;
};

// What a drag would give, drawn while the hand is still moving.
const whileMoving = (boxes, turns) => ask(reduce(state, { type: "place", boxes, turns }).design);

// Instagram lays its own words over the top and bottom of a story.
const STORY = 250;
const margins = (size) => {
  const { margin } = brand;
  return size === "story" ? [margin, STORY, margin, STORY] : [margin, margin, margin, margin];
};

const canvas = createCanvas(canvasRoot, { get: () => state, dispatch, draft: whileMoving, margins });
const layers = createLayers(find("layers"), { dispatch, words });
const panel = createPanel(find("panel"), { state: () => state, dispatch, words, brand: () => brand });

// --- keeping -------------------------------------------------------------------------------------------------------

const clock = () => new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" }).format(new Date());

const banner = (text, { conflict = false, late = false } = {}) => {
  find("banner").hidden = !text;
  find("banner").classList.toggle("is-late", late);
  find("banner-text").textContent = text;
  find("if-conflict").hidden = !conflict;
};

let newer = null;
const tell = (what, found = {}) => {
  stateLine.textContent = fill(words[what] ?? "", { s: clock() });
  stateLine.dataset.is = what;
  if (what === "invalid") blame(found.errors);
  if (what === "refused") banner(words.refused, { late: true });
  if (what === "conflict") {
    newer = found.stamp;
    banner(words.conflict, { conflict: true, late: true });
  }
  if (what === "saved" && faults.length) blame([]);
};

const load = async () => {
  const answer = await fetch(root.dataset.design, { headers: { Accept: "application/json" } });
  return read(answer);
};

const versions = createVersions(document.querySelector('[data-dialog="versions"]'), {
  words,
  fill,
  read: load,
  restore: async (version) => {
    draft.flush();
    const answer = await send(root.dataset.restore, { version, stamp: draft.stamp() });
    const now = await read(answer);
    if (!answer.ok) return tell(answer.status === 409 ? "conflict" : "offline", now);
    draft.resume(now.stamp, false);
    dispatch({ type: "whole", fields: now.design });
    return banner(now.said);
  },
});

// Everything that waits goes first; what is published is what one sees.
const settled = async () => {
  dispatch({ type: "settle" });
  draft.flush();
  for (let tries = 0; tries < 100 && draft.isDirty(); tries += 1) await new Promise((done) => setTimeout(done, 50));
  return !draft.isDirty() && !["invalid", "conflict", "offline", "refused"].includes(stateLine.dataset.is);
};

const publish = async () => {
  const button = page.querySelector('[data-do="publish"]');
  button.setAttribute("aria-busy", "true");
  try {
    const answer = (await settled()) && (await send(root.dataset.publish, { stamp: draft.stamp() }));
    const found = answer ? await read(answer) : {};
    if (!answer?.ok) {
      if (found.errors) blame(found.errors);
      banner(words.not_published, { late: true });
      return;
    }
    banner(found.said);
  } catch {
    banner(words.not_published, { late: true });
  } finally {
    button.removeAttribute("aria-busy");
  }
};

// --- pictures ------------------------------------------------------------------------------------------------------

const chooser = find("file");
const upload = async (file) => {
  find("note").textContent = words.uploading;
  const body = new FormData();
  body.append("file", file);
  try {
    const answer = await send(root.dataset.upload, body);
    const found = await read(answer);
    find("note").textContent = answer.ok ? "" : found.errors?.map(({ text }) => text).join(" ") || words.no_picture;
    return answer.ok ? found : null;
  } catch {
    find("note").textContent = words.offline;
    return null;
  }
};

let pending = null; // what to do with the picture that is being chosen
const choose = (then) => {
  pending = then;
  chooser.value = "";
  chooser.click();
};
chooser.addEventListener("change", async () => {
  const found = chooser.files[0] && (await upload(chooser.files[0]));
  if (found) pending?.(found);
});

const addPicture = (found) => place(freshPicture(found));
canvasRoot.addEventListener("dragover", (event) => event.preventDefault());
canvasRoot.addEventListener("drop", async (event) => {
  event.preventDefault();
  const file = [...event.dataTransfer.files].find(({ type }) => /^image\/|pdf$/.test(type));
  const found = file && (await upload(file));
  if (found) addPicture(found);
});

// --- deeds ---------------------------------------------------------------------------------------------------------

const tellOne = () => {
  const [element] = chosen(state);
  if (state.selected.length > 1) return say(fill(words.many, { c: state.selected.length }));
  if (!element) return say(words.unpicked);
  const index = state.design.elements.indexOf(element) + 1;
  return say(fill(words.picked, { n: layers.label(element), i: index, c: state.design.elements.length }));
};

const tellBox = () => {
  const [element] = chosen(state);
  const box = element && boxOf(element, state);
  if (box) say(fill(words.at, { n: layers.label(element), x: box[0], y: box[1], w: box[2], h: box[3] }));
};

const place = (element) => {
  dispatch({ type: "add", elements: [element] });
  say(fill(words.added, { n: layers.label(chosen(state)[0]) }));
  canvasRoot.focus({ preventScroll: true });
};

const addLogo = () => {
  const logo = fresh("logo", state.design.elements, words);
  if (brand.logo) place(logo);
  else choose(({ file }) => place({ ...logo, file })); // the office has none yet
};

const add = (kind) => () => {
  if (kind === "picture") choose(addPicture);
  else if (kind === "logo") addLogo();
  else place(fresh(kind, state.design.elements, words));
};
const toSelected = (action) => () => (state.selected.length ? dispatch({ ids: state.selected, ...action }) : false);
const flip = (flag) => () => {
  if (!state.selected.length) return false;
  const on = chosen(state).every((element) => element[flag]);
  return dispatch({ type: "patch", ids: state.selected, fields: { [flag]: on ? undefined : true } });
};

const openSheet = (name) => {
  if (name && root.dataset.open === name) name = "";
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

const travel = (type, words_) => () => {
  say(dispatch({ type }) ? words_ : words.nothing);
};

const does = {
  undo: travel("undo", words.undone),
  redo: travel("redo", words.redone),
  duplicate: () => dispatch({ type: "duplicate" }) || undefined,
  copy: () => {
    if (!state.selected.length) return false;
    clipboard = structuredClone(chosen(state));
    return say(fill(words.copied, { c: clipboard.length }));
  },
  cut: () => (does.copy() === false ? false : does.remove()),
  paste: () => (clipboard.length ? dispatch({ type: "paste", elements: clipboard }) : false),
  all: () => {
    const free = state.design.elements.filter((one) => isOn(one, state) && isFree(one));
    dispatch({ type: "select", ids: free.map(({ id }) => id) });
  },
  save: () => draft?.flush(),
  remove: () => {
    const before = state.selected.length;
    if (!before) return false;
    if (dispatch({ type: "remove" })) say(fill(words.removed, { c: before }));
    return true;
  },
  none: () => {
    if (!state.selected.length) return false;
    dispatch({ type: "select", ids: [] });
    return true;
  },
  open: () => intoPanel('[data-part="text"], [data-field]:not([type=checkbox])'),
  rename: () => intoPanel('[data-field="name"]'),
  up: toSelected({ type: "order", to: "up" }),
  down: toSelected({ type: "order", to: "down" }),
  front: toSelected({ type: "order", to: "front" }),
  back: toSelected({ type: "order", to: "back" }),
  spread: () => {
    if (toSelected({ type: "spread" })() !== false) say(words.spread);
    else return false;
  },
  lock: flip("locked"),
  hide: flip("hidden"),
  help: () => document.querySelector('[data-dialog="help"]').showModal(),
  versions: () => versions.open(),
  publish: () => publish(),
  larger: () => canvas.zoomTo(canvas.zoom() * 1.25),
  smaller: () => canvas.zoomTo(canvas.zoom() / 1.25),
  fit: () => canvas.zoomTo("fit"),
  margins: () => {
    const on = canvas.help();
    page.querySelector('[data-do="margins"]').setAttribute("aria-pressed", String(on));
  },
  hush: () => banner(""),
  close: () => document.querySelector("dialog[open]")?.close(),
  theirs: async () => {
    const now = await load();
    dispatch({ type: "load", ...now });
    draft.resume(now.stamp, false);
    tell("saved");
    banner("");
  },
  mine: () => {
    banner("");
    draft.resume(newer, true);
  },
  move: (x, y) => {
    if (!state.selected.length) return false;
    dispatch({ type: "nudge", x, y, tag: `nudge ${state.selected}` });
    return tellBox();
  },
  grow: (wider, higher) => {
    if (!state.selected.length) return false;
    dispatch({ type: "nudge", wider, higher, tag: `grow ${state.selected}` });
    return tellBox();
  },
  turn: (by) => {
    const held = chosen(state).filter(isFree);
    if (!held.length) return false;
    for (const one of held) {
      const rotate = ((((one.rotate ?? 0) + by + 180) % 360) + 360) % 360 - 180;
      dispatch({ type: "patch", ids: [one.id], fields: { rotate: rotate || undefined }, tag: `turn ${one.id}` });
    }
    return true;
  },
  // From element to element; past the last one the focus goes on through the page.
  next: (way) => {
    const on = state.design.elements.filter((one) => isOn(one, state));
    const here = on.findIndex(({ id }) => id === state.selected.at(-1));
    const to = here < 0 ? (way > 0 ? 0 : on.length - 1) : here + way;
    if (!on[to]) {
      dispatch({ type: "select", ids: [] });
      return false;
    }
    return dispatch({ type: "select", ids: [on[to].id] }) || undefined;
  },
  ...Object.fromEntries(["text", "photo", "picture", "rect", "ellipse", "line", "qr"].map((kind) => [kind, add(kind)])),
  ...Object.fromEntries(Object.keys(SIZES).map((size) => [size, () => look("size", size)])),
};

const look = (what, value) => {
  dispatch({ type: "view", [what]: value });
  for (const field of page.querySelectorAll(`[data-view="${what}"]`)) {
    if (field.type === "radio") field.checked = field.value === value;
  }
};

const GROUNDS = {
  fill: { kind: "fill", colour: "#f7f5f0" },
  gradient: { kind: "gradient", colours: ["#16325c", "#0b4f9e"], angle: 90 },
  besurek: { kind: "besurek", colour: "#16325c22", weight: 2, scale: 1 },
};
const addGround = (layer) =>
  dispatch({ type: "whole", fields: { background: [...state.design.background, structuredClone(layer)] } });

// Buttons and fields that stand outside the forms' plain `data-field`.
page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const { do: deed, add: kind, alignTo, shareOut, clear, groundAdd, sheet } = button.dataset;
  if (deed) does[deed]();
  else if (kind) add(kind)();
  else if (alignTo) dispatch({ type: "align", how: alignTo });
  else if (shareOut) dispatch({ type: "distribute", axis: shareOut });
  else if (clear) dispatch({ type: "patch", ids: state.selected, fields: { [clear]: undefined } });
  else if (groundAdd === "picture") choose(({ file }) => addGround({ kind: "picture", file, fit: "cover", focus: [0.5, 0.5] }));
  else if (groundAdd) addGround(GROUNDS[groundAdd]);
  else if (sheet) openSheet(sheet);
  else if ("replace" in button.dataset) {
    const ids = state.selected;
    choose(({ file }) => dispatch({ type: "patch", ids, fields: { file } }));
  }
});

page.addEventListener("input", ({ target }) => {
  const { dataset } = target;
  if (dataset.view) look(dataset.view, target.type === "checkbox" ? target.checked : target.value);
  else if ("name" in dataset) {
    if (target.value.trim()) dispatch({ type: "rename", name: target.value.trim(), tag: "name" });
  } else if ("zoom" in dataset) canvas.zoomTo(target.value === "fit" ? "fit" : Number(target.value));
  else if ("here" in dataset) here(target.checked);
  else if ("bare" in dataset) bare(target.checked);
  else if ("plate" in dataset) {
    const plate = target.checked ? { colour: "#ffffff", opacity: 0.85, padding: 24, radius: 16 } : undefined;
    dispatch({ type: "patch", ids: state.selected, fields: { plate } });
  } else if (dataset.focusAt) {
    for (const element of chosen(state)) {
      const focus = [...(element.focus ?? (element.kind === "photo" ? [0.5, 0.35] : [0.5, 0.5]))];
      focus[Number(dataset.focusAt)] = target.valueAsNumber / 100;
      dispatch({ type: "patch", ids: [element.id], fields: { focus }, tag: `focus ${element.id}` });
    }
  }
});

const here = (on) => {
  for (const element of chosen(state)) {
    const other = Object.values(element.boxes).find(Boolean) ?? [240, 400, 600, 200];
    dispatch({ type: "appear", ids: [element.id], box: on ? other : null });
  }
};

const bare = (on) => {
  for (const element of chosen(state)) {
    const { [state.size]: _, ...rest } = element.bare ?? {};
    const box = element.boxes?.[state.size] ?? null;
    const next = on ? { ...rest, [state.size]: box } : rest;
    dispatch({ type: "patch", ids: [element.id], fields: { bare: Object.keys(next).length ? next : undefined } });
  }
};

page.addEventListener("editor:open", () => does.open());
page.addEventListener("editor:zoom", ({ detail: { zoom, wanted } }) => {
  const select = find("zoom");
  const known = wanted === "fit" ? "fit" : [...select.options].find(({ value }) => Number(value) === zoom)?.value;
  const now = select.querySelector('[value="now"]');
  now.hidden = Boolean(known);
  now.textContent = `${Math.round(zoom * 100)} %`;
  select.value = known ?? "now";
});

addEventListener("beforeunload", (event) => {
  if (draft?.isDirty()) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) draft?.flush();
});

const still = () => {
  canvasRoot.toggleAttribute("data-still", phone.matches);
  canvas.redraw();
};
phone.addEventListener("change", still);

listen(page, canvasRoot, does);
const begun = await load();
brand = begun.brand ?? brand;
dispatch({ type: "load", name: begun.name, design: begun.design });
draft = drafts(root.dataset.design, { stamp: begun.stamp, tell });
still();
canvas.resize();
show();
root.dataset.ready = "yes";
