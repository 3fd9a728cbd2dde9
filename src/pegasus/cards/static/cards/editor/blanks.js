// What a fresh element looks like, and how texts name what a card fills in.
import { SIZES, carried } from "./geometry.js";

// People see Indonesian names in braces; the design keeps the renderer's.
const NAMES = {
  words: "kata",
  source: "sumber",
  name: "nama",
  team: "tim",
  day: "tanggal",
  office: "kantor",
  hashtags: "tagar",
};
const BACK = Object.fromEntries(Object.entries(NAMES).map(([key, value]) => [value, key]));
const JOINT = " · ";

const renamed = (text, names) => text.replace(/\{(\w+)\}/g, (whole, name) => (names[name] ? `{${names[name]}}` : whole));
export const forPeople = (text) => renamed(text, NAMES);
export const forRenderer = (text) => renamed(text, BACK);

export const shown = (part) => forPeople(Array.isArray(part.text) ? part.text.join(part.join ?? JOINT) : part.text);

// Pieces around " · " fall away with it when they are empty.
export const meant = (typed, joint = JOINT) => {
  const text = forRenderer(typed);
  const pieces = text.split(joint);
  return pieces.length > 1 ? pieces : text;
};

// What a text is about, in a few words: its fillings without their braces.
export const textOf = ({ parts = [] }) => {
  const text = parts.map(shown).join(", ").replace(/[{}“”—]/g, "").replace(/\s+/g, " ").replace(/^[\s,]+/, "").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const INK = "#16325c";
const QUIET = "#59606b";
const ACCENT = "#b83a14";

// A text that names no font is set in the renderer's first.
const part = (text, more = {}) => ({ text, weight: 400, colour: INK, leading: 0.5, ...more });
const text = (box, smallest, largest, parts, more = {}) => ({
  kind: "text",
  align: "center middle",
  smallest,
  largest,
  parts,
  box,
  ...more,
});

// The texts a card needs, in the order in which one puts them there; then any text.
const TEXTS = [
  ["{words}", () => text([120, 320, 840, 620], 34, 96, [
    part("{words}", { weight: 600 }),
    part("{source}", { style: "italic", colour: QUIET, scale: 0.44, least: 26, above: 30 }),
  ], { change: ["words", "source"] })],
  ["{name}", () => text([120, 1010, 840, 130], 24, 42, [
    part("{name}", { weight: 800, leading: 0.42 }),
    part(["{team}", "{office}"], { colour: QUIET, scale: 0.62, least: 22, above: 16 }),
  ])],
  ["{day}", () => text([120, 120, 840, 48], 20, 28, [part("{day}", { weight: 600, colour: QUIET })])],
  ["{hashtags}", () => text([120, 1230, 840, 40], 16, 24, [part("{hashtags}", { weight: 600, colour: ACCENT })])],
];

const SHAPES = {
  photo: { box: [390, 140, 300, 300], shape: "circle", change: ["photo"] },
  rect: { box: [240, 500, 600, 320], fill: "#e6eef8", radius: 24 },
  ellipse: { box: [390, 520, 300, 300], fill: "#f2bf6b" },
  line: { box: [240, 670, 600, 6], stroke: ACCENT, thickness: 6 },
  logo: { box: [120, 120, 200, 120] },
  mark: { box: [120, 110, 340, 56], colour: INK, accent: ACCENT },
  qr: { box: [840, 1120, 160, 160], text: "https://www.bps.go.id" },
};

const everywhere = ({ box, ...element }) => ({
  ...element,
  boxes: Object.fromEntries(
    Object.keys(SIZES).map((size) => [size, size === "portrait" ? box : carried(box, "portrait", size)]),
  ),
});

const freshText = (elements, words) => {
  const all = JSON.stringify(elements.map(({ parts }) => parts ?? []));
  const missing = TEXTS.find(([name]) => !all.includes(name));
  return missing ? missing[1]() : text([240, 620, 600, 110], 24, 56, [part(words.text, { weight: 600 })]);
};

export const fresh = (kind, elements, words) =>
  everywhere(kind === "text" ? freshText(elements, words) : { kind, ...structuredClone(SHAPES[kind]) });

// A picture keeps its shape, at most half the card.
export const freshPicture = ({ file, width, height }) => {
  const scale = Math.min(540 / width, 540 / height);
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  return everywhere({
    kind: "picture",
    file,
    fit: "cover",
    focus: [0.5, 0.5],
    box: [Math.round((1080 - w) / 2), Math.round((1350 - h) / 2), w, h],
  });
};
