// What is being edited, as plain data: `reduce(state, action)` gives the next state and touches nothing else.
import { SIZES, aligned, carried, clamped, distributed, mayHang } from "./geometry.js";
import { patched } from "./paths.js";

const REMEMBERED = 200;
const BESIDE = 24;

export const begin = () => ({
  name: "",
  design: { name: "", background: [], elements: [] },
  size: "portrait",
  sample: "usual",
  photo: true,
  selected: [],
  past: [],
  future: [],
  tag: null,
});

// --- reading -------------------------------------------------------------------------------------------------------

// Where an element stands: cards without a photo may have boxes of their own (`bare`).
export const boxOf = (element, { size, photo }) => {
  if (!photo && element.bare && size in element.bare) return element.bare[size];
  return element.boxes?.[size] ?? null;
};

export const chosen = (state) => state.design.elements.filter((element) => state.selected.includes(element.id));
export const isFree = (element) => !element.locked && !element.hidden;
export const isOn = (element, state) =>
  !element.hidden && (element.kind !== "photo" || state.photo) && boxOf(element, state) !== null;

// Where the order is not yet that of the layers, a photo lies lowest; from now on the order says it.
const layered = (design) => {
  const isPhoto = ({ kind }) => kind === "photo";
  const { elements } = design;
  const sorted = design.ordered ? elements : [...elements.filter(isPhoto), ...elements.filter((one) => !isPhoto(one))];
  return { ...design, ordered: true, elements: named(sorted) };
};

// --- small changes of an element -----------------------------------------------------------------------------------

const withBox = (element, box, { size, photo }) => {
  const fitted = box && clamped(box, size, { hangs: mayHang(element) });
  if (!photo && element.bare && size in element.bare) return { ...element, bare: { ...element.bare, [size]: fitted } };
  return { ...element, boxes: { ...element.boxes, [size]: fitted } };
};

const named = (elements) => {
  let highest = Math.max(0, ...elements.map(({ id }) => Number(/^e(\d+)$/.exec(id ?? "")?.[1] ?? 0)));
  return elements.map((element) => (element.id ? element : { ...element, id: `e${++highest}` }));
};

const mapped = (state, ids, change) => ({
  ...state.design,
  elements: state.design.elements.map((element) => (ids.includes(element.id) ? change(element) : element)),
});

const movable = (state) => chosen(state).filter((element) => isFree(element) && boxOf(element, state));

const placed = (state, elements, boxes) => {
  const to = new Map(elements.map((element, index) => [element.id, boxes[index]]));
  return mapped(state, [...to.keys()], (element) => withBox(element, to.get(element.id), state));
};

const added = (state, elements) => {
  const all = named([...state.design.elements, ...elements.map((element) => ({ ...element, id: undefined }))]);
  return { design: { ...state.design, elements: all }, selected: all.slice(-elements.length).map(({ id }) => id) };
};

const beside = (state) => (element) => {
  const box = boxOf(element, state);
  const copy = { ...structuredClone(element), locked: undefined };
  return box ? withBox(copy, [box[0] + BESIDE, box[1] + BESIDE, box[2], box[3]], state) : copy;
};

const reordered = (elements, ids, to) => {
  const held = elements.filter(({ id }) => ids.includes(id));
  const rest = elements.filter(({ id }) => !ids.includes(id));
  if (to === "front") return [...rest, ...held];
  if (to === "back") return [...held, ...rest];
  if (typeof to === "number") return [...rest.slice(0, to), ...held, ...rest.slice(to)];
  const next = [...elements];
  const walk = to === "up" ? [...next.keys()].reverse() : [...next.keys()];
  const step = to === "up" ? 1 : -1;
  for (const at of walk) {
    const other = at + step;
    if (!ids.includes(next[at].id) || !next[other] || ids.includes(next[other].id)) continue;
    [next[at], next[other]] = [next[other], next[at]];
  }
  return next;
};

// --- what a person does --------------------------------------------------------------------------------------------

// Each gives the parts of the state that it changes; `design` and `name` can be undone.
const CHANGES = {
  rename: (_, { name }) => ({ name }),
  patch: (state, { ids, fields }) => ({ design: mapped(state, ids, (element) => patched(element, fields)) }),
  whole: (state, { fields }) => ({ design: patched(state.design, fields) }),
  place: (state, { boxes, turns = {} }) => ({
    design: mapped(state, Object.keys(boxes), (element) => {
      const moved = withBox(element, boxes[element.id], state);
      return element.id in turns ? patched(moved, { rotate: turns[element.id] || undefined }) : moved;
    }),
  }),
  nudge: (state, { x = 0, y = 0, wider = 0, higher = 0 }) => {
    const elements = movable(state);
    const boxes = elements.map((element) => {
      const [left, top, w, h] = boxOf(element, state);
      const [most, tallest] = SIZES[state.size];
      const hangs = mayHang(element);
      const width = hangs ? w + wider : Math.min(w + wider, most - left);
      const height = hangs ? h + higher : Math.min(h + higher, tallest - top);
      return [left + x, top + y, width, height];
    });
    return { design: placed(state, elements, boxes) };
  },
  align: (state, { how }) => {
    const elements = movable(state);
    return { design: placed(state, elements, aligned(elements.map((one) => boxOf(one, state)), how, state.size)) };
  },
  distribute: (state, { axis }) => {
    const elements = movable(state);
    return { design: placed(state, elements, distributed(elements.map((one) => boxOf(one, state)), axis)) };
  },
  spread: (state, { ids }) => ({
    design: mapped(state, ids, (element) => {
      const box = element.boxes?.[state.size];
      if (!box) return element;
      const hangs = mayHang(element);
      const boxes = Object.fromEntries(
        Object.keys(SIZES).map((size) => [size, carried(box, state.size, size, { hangs })]),
      );
      return { ...element, boxes: { ...boxes, [state.size]: box } };
    }),
  }),
  appear: (state, { ids, box }) => ({ design: mapped(state, ids, (element) => withBox(element, box, state)) }),
  order: (state, { ids, to }) => ({ design: { ...state.design, elements: reordered(state.design.elements, ids, to) } }),
  add: (state, { elements }) => added(state, elements),
  duplicate: (state) => (state.selected.length ? added(state, chosen(state).map(beside(state))) : {}),
  paste: (state, { elements }) => added(state, elements.map(beside(state))),
  remove: (state) => {
    const gone = chosen(state).filter((element) => !element.locked).map(({ id }) => id);
    const elements = state.design.elements.filter(({ id }) => !gone.includes(id));
    return gone.length ? { design: { ...state.design, elements }, selected: [] } : {};
  },
};

const kept = ({ name, design, selected }) => ({ name, design, selected });

const travelled = (state, from, to) => {
  const step = state[from].at(-1);
  if (!step) return state;
  const ids = step.design.elements.map(({ id }) => id);
  const selected = state.selected.filter((id) => ids.includes(id));
  return {
    ...state,
    ...step,
    selected: selected.length ? selected : step.selected.filter((id) => ids.includes(id)),
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], kept(state)],
    tag: null,
  };
};

const LOOKS = {
  load: (state, { name, design }) => ({
    ...begin(),
    size: state.size,
    sample: state.sample,
    photo: state.photo,
    name,
    design: layered(design),
  }),
  view: (state, { type: _, ...fields }) => ({ ...state, ...fields, tag: null }),
  settle: (state) => (state.tag ? { ...state, tag: null } : state),
  select: (state, { ids, add = false }) => {
    const known = state.design.elements.map(({ id }) => id);
    const now = add ? state.selected.filter((id) => !ids.includes(id)) : [];
    const fresh = add ? ids.filter((id) => !state.selected.includes(id)) : ids;
    return { ...state, selected: [...now, ...fresh].filter((id) => known.includes(id)), tag: null };
  },
  undo: (state) => travelled(state, "past", "future"),
  redo: (state) => travelled(state, "future", "past"),
};

// Changes with the same tag in a row (a slider, a word being typed) are one step of undo.
export const reduce = (state, action) => {
  if (action.type in LOOKS) return LOOKS[action.type](state, action);
  const fields = CHANGES[action.type](state, action);
  const same = !("design" in fields || "name" in fields);
  if (same || JSON.stringify(kept({ ...state, ...fields })) === JSON.stringify(kept(state))) return state;
  const joins = action.tag && action.tag === state.tag;
  const past = joins ? state.past : [...state.past.slice(1 - REMEMBERED), kept(state)];
  return { ...state, ...fields, past, future: [], tag: action.tag ?? null };
};
