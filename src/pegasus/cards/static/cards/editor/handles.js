// Handles around what is selected: move, pull and turn it, onto the lines of the card and of the others.
import { SIZES, around, clamped, linesFor, mayHang, snappedMove, snappedPull, turned } from "./geometry.js";
import { boxOf, chosen, isFree, isOn } from "./state.js";

const REACH = 7; // pixels on the screen within which a line pulls
const WHOLE = ["qr", "logo", "mark"]; // these keep their shape
const CORNERS = ["top-left", "top-right", "bottom-left", "bottom-right"];
const SIDES = ["middle-left", "middle-right"];
const ENDS = ["top-center", "bottom-center"];
export const LINE = "#1f7ae0";

// Only as many handles as leave room to take hold of the thing itself.
export const anchorsFor = ([width, height], room) => {
  if (width < room && height < room) return ["bottom-right"];
  if (height < room) return SIDES;
  if (width < room) return ENDS;
  return [...CORNERS, ...(height < 2 * room ? [] : SIDES), ...(width < 2 * room ? [] : ENDS)];
};

export const createHandles = (layer, { get, dispatch, draft, margins, guides, held, zoom, pad, coarse, redraw }) => {
  const { Konva } = window;
  const transformer = new Konva.Transformer({
    anchorSize: coarse ? 14 : 11,
    anchorCornerRadius: coarse ? 7 : 6,
    anchorStyleFunc: (anchor) => anchor.hitStrokeWidth(coarse ? 28 : 10), // larger to the hand than to the eye
    anchorStroke: LINE,
    anchorFill: "#ffffff",
    anchorStrokeWidth: 1.5,
    borderStroke: LINE,
    borderStrokeWidth: 1.5,
    rotateAnchorOffset: coarse ? 38 : 26,
    rotationSnaps: [0, 45, 90, 135, 180, 225, 270, 315],
    rotationSnapTolerance: 4,
    flipEnabled: false,
    ignoreStroke: true,
  });
  layer.add(transformer);
  const room = coarse ? 60 : 30;
  let drag = null;
  let free = false; // a held Ctrl or Alt: no lines pull

  const lines = () => {
    const state = get();
    const others = state.design.elements.filter((one) => isOn(one, state) && !state.selected.includes(one.id));
    const boxes = others.map((one) => turned(boxOf(one, state), one.rotate));
    return linesFor(state.size, margins(state.size), boxes);
  };

  const boxOfNode = (node) => {
    const width = node.width() * node.scaleX();
    const height = node.height() * node.scaleY();
    const box = [node.x() - width / 2, node.y() - height / 2, width, height];
    return clamped(box, get().size, { hangs: node.getAttr("hangs") });
  };
  const boxesNow = () => Object.fromEntries(held().map((node) => [node.id(), boxOfNode(node)]));
  const turnsNow = () => Object.fromEntries(held().map((node) => [node.id(), Math.round(node.rotation() * 10) / 10 || 0]));

  const start = () => {
    if (drag) return;
    const state = get();
    const moving = chosen(state).filter((one) => isFree(one) && boxOf(one, state));
    drag = {
      from: new Map(held().map((node) => [node, node.absolutePosition()])),
      box: around(moving.map((one) => turned(boxOf(one, state), one.rotate))),
      lines: lines(),
      hangs: moving.every(mayHang),
    };
    guides.margin(true);
  };
  const stop = () => {
    drag = null;
    guides.pulled();
    redraw();
  };

  // Everything that is held moves by the same way, so that a group stays together.
  function bound(position) {
    const from = drag?.from.get(this);
    if (!from) return position;
    const [x, y, w, h] = drag.box;
    const moved = [x + (position.x - from.x) / zoom(), y + (position.y - from.y) / zoom(), w, h];
    const { box, guides: met } = free ? { box: moved, guides: {} } : snappedMove(moved, drag.lines, REACH / zoom());
    const [most, tallest] = SIZES[get().size];
    const left = drag.hangs ? box[0] : Math.min(Math.max(box[0], 0), Math.max(0, most - w));
    const top = drag.hangs ? box[1] : Math.min(Math.max(box[1], 0), Math.max(0, tallest - h));
    guides.pulled(met);
    return { x: from.x + (left - x) * zoom(), y: from.y + (top - y) * zoom() };
  }

  transformer.boundBoxFunc((before, after) => {
    const anchor = transformer.getActiveAnchor();
    const scale = zoom();
    if (anchor === "rotater" || Math.abs(after.rotation) > 0.001) return after;
    if (Math.abs(after.width) < 8 * scale || Math.abs(after.height) < 4 * scale) return before;
    if (free || transformer.keepRatio() || !anchor) return after;
    const inCard = [(after.x - pad) / scale, (after.y - pad) / scale, after.width / scale, after.height / scale];
    const { box, guides: met } = snappedPull(inCard, anchor, drag?.lines ?? lines(), REACH / scale);
    guides.pulled(met);
    return { ...after, x: box[0] * scale + pad, y: box[1] * scale + pad, width: box[2] * scale, height: box[3] * scale };
  });
  transformer.on("transformstart", start);
  transformer.on("transform", () => drag && draft(boxesNow(), turnsNow()));
  transformer.on("transformend", () => {
    if (!drag) return;
    const [boxes, turns] = [boxesNow(), turnsNow()];
    for (const node of held()) node.scale({ x: 1, y: 1 });
    dispatch({ type: "place", boxes, turns });
    stop();
  });

  return {
    bound,
    start,
    // Something moves, and the lines show where it may rest.
    isOn: () => drag !== null,
    loosen: (evt) => {
      free = evt.ctrlKey || evt.metaKey || evt.altKey;
    },
    move: () => drag && draft(boxesNow(), {}),
    end: () => {
      if (!drag) return;
      dispatch({ type: "place", boxes: boxesNow() });
      stop();
    },
    // As if it had not been touched.
    cancel: () => {
      if (!drag) return;
      const nodes = held();
      drag = null;
      transformer.stopTransform();
      for (const node of nodes) {
        node.stopDrag();
        node.scale({ x: 1, y: 1 });
      }
      stop();
      draft({}, {});
    },
    show: () => {
      const state = get();
      const nodes = held();
      transformer.moveToTop();
      transformer.keepRatio(chosen(state).some((element) => WHOLE.includes(element.kind)));
      transformer.nodes(nodes);
      const boxes = chosen(state).map((one) => boxOf(one, state)).filter(Boolean);
      const [, , width, height] = boxes.length ? around(boxes) : [0, 0, 0, 0];
      const sides = [width * zoom(), height * zoom()];
      transformer.enabledAnchors(anchorsFor(sides, room));
      transformer.padding(Math.max(...sides) < room ? room / 3 : 0); // handles stand off from what is tiny
    },
  };
};
