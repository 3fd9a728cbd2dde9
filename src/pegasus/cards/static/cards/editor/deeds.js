// What a person can do, by name: buttons, keys and gestures all come here. `false` says that there was nothing to do.
import { fresh, freshPicture } from "./blanks.js";
import { SIZES } from "./geometry.js";
import { fill } from "./keeping.js";
import { boxOf, chosen, isFree, isOn } from "./state.js";

const ADDED_BY_KEY = ["text", "photo", "picture", "rect", "ellipse", "line", "qr"];

export const createDeeds = ({ get, dispatch, say, words, label, brand, pictures, canvas, canvasRoot, intoPanel, look }) => {
  let clipboard = [];

  // --- saying -------------------------------------------------------------------------------------------------------

  const tellOne = () => {
    const state = get();
    const [element] = chosen(state);
    if (state.selected.length > 1) return say(fill(words.many, { c: state.selected.length }));
    if (!element) return say(words.unpicked);
    const index = state.design.elements.indexOf(element) + 1;
    return say(fill(words.picked, { n: label(element), i: index, c: state.design.elements.length }));
  };

  const tellBox = () => {
    const [element] = chosen(get());
    const box = element && boxOf(element, get());
    if (box) say(fill(words.at, { n: label(element), x: box[0], y: box[1], w: box[2], h: box[3] }));
  };

  // --- adding -------------------------------------------------------------------------------------------------------

  const place = (element) => {
    dispatch({ type: "add", elements: [element] });
    say(fill(words.added, { n: label(chosen(get())[0]) }));
    canvasRoot.focus({ preventScroll: true });
  };

  const add = (kind) => {
    if (kind === "picture") return pictures.choose((found) => place(freshPicture(found)));
    const element = fresh(kind, get().design.elements, words);
    // An office without a logo of its own brings one.
    if (kind === "logo" && !brand().logo) return pictures.choose(({ file }) => place({ ...element, file }));
    return place(element);
  };

  // --- to what is selected ------------------------------------------------------------------------------------------

  const toSelected = (action) => () => (get().selected.length ? dispatch({ ids: get().selected, ...action }) : false);

  const flip = (flag) => () => {
    const { selected } = get();
    if (!selected.length) return false;
    const on = chosen(get()).every((element) => element[flag]);
    return dispatch({ type: "patch", ids: selected, fields: { [flag]: on ? undefined : true } });
  };

  const nudge = (fields, tag) => {
    if (!get().selected.length) return false;
    dispatch({ type: "nudge", ...fields, tag: `${tag} ${get().selected}` });
    return tellBox();
  };

  const turn = (by) => {
    const held = chosen(get()).filter(isFree);
    if (!held.length) return false;
    for (const one of held) {
      const rotate = ((((one.rotate ?? 0) + by + 180) % 360) + 360) % 360 - 180;
      dispatch({ type: "patch", ids: [one.id], fields: { rotate: rotate || undefined }, tag: `turn ${one.id}` });
    }
    return true;
  };

  const copy = () => {
    if (!get().selected.length) return false;
    clipboard = structuredClone(chosen(get()));
    return say(fill(words.copied, { c: clipboard.length }));
  };

  const remove = () => {
    const before = get().selected.length;
    if (!before) return false;
    if (dispatch({ type: "remove" })) say(fill(words.removed, { c: before }));
    return true;
  };

  // From element to element; past the last one the focus goes on through the page.
  const next = (way) => {
    const state = get();
    const on = state.design.elements.filter((one) => isOn(one, state));
    const here = on.findIndex(({ id }) => id === state.selected.at(-1));
    const to = here < 0 ? (way > 0 ? 0 : on.length - 1) : here + way;
    dispatch({ type: "select", ids: on[to] ? [on[to].id] : [] });
    return on[to] ? undefined : false;
  };

  const travel = (type, told) => () => say(dispatch({ type }) ? told : words.nothing);

  return {
    tellOne,
    tellBox,
    add,
    addPicture: (found) => place(freshPicture(found)),
    does: {
      undo: travel("undo", words.undone),
      redo: travel("redo", words.redone),
      duplicate: () => dispatch({ type: "duplicate" }) || undefined,
      copy,
      cut: () => (copy() === false ? false : remove()),
      paste: () => (clipboard.length ? dispatch({ type: "paste", elements: clipboard }) : false),
      all: () => {
        const free = get().design.elements.filter((one) => isOn(one, get()) && isFree(one));
        dispatch({ type: "select", ids: free.map(({ id }) => id) });
      },
      remove,
      none: () => {
        if (!get().selected.length) return false;
        dispatch({ type: "select", ids: [] });
        return true;
      },
      open: () => intoPanel('[data-part="text"], [data-field]:not([type=checkbox])'),
      rename: () => intoPanel('[data-field="name"]'),
      up: toSelected({ type: "order", to: "up" }),
      down: toSelected({ type: "order", to: "down" }),
      front: toSelected({ type: "order", to: "front" }),
      back: toSelected({ type: "order", to: "back" }),
      spread: () => (toSelected({ type: "spread" })() === false ? false : say(words.spread)),
      lock: flip("locked"),
      hide: flip("hidden"),
      larger: () => canvas.zoomTo(canvas.zoom() * 1.25),
      smaller: () => canvas.zoomTo(canvas.zoom() / 1.25),
      fit: () => canvas.zoomTo("fit"),
      move: (x, y) => nudge({ x, y }, "nudge"),
      grow: (wider, higher) => nudge({ wider, higher }, "grow"),
      turn,
      next,
      ...Object.fromEntries(ADDED_BY_KEY.map((kind) => [kind, () => add(kind)])),
      ...Object.fromEntries(Object.keys(SIZES).map((size) => [size, () => look("size", size)])),
    },
  };
};
