// The card in the middle: the server's picture, and over it handles and guides that follow the pointer at once.
import { SIZES, around, clamped, linesFor, mayHang, snappedMove, snappedPull } from "./geometry.js";
import { boxOf, chosen, isFree, isOn } from "./state.js";

const PAD = 44; // room around the card for handles
const REACH = 7; // pixels on the screen within which a line pulls
const WAIT = 600; // a picture's parts may take this long before they are shown as they come
const LINE = "#1f7ae0";
const GUIDE = "#e0378c";
const WRONG = "#d3261b";
const WHOLE = ["qr", "logo", "mark"]; // these keep their shape

const turned = ([x, y, w, h], degrees = 0) => {
  if (!degrees) return [x, y, w, h];
  const angle = (degrees * Math.PI) / 180;
  const wide = Math.abs(w * Math.cos(angle)) + Math.abs(h * Math.sin(angle));
  const high = Math.abs(w * Math.sin(angle)) + Math.abs(h * Math.cos(angle));
  return [x + (w - wide) / 2, y + (h - high) / 2, wide, high];
};

export const createCanvas = (root, { get, dispatch, draft, margins }) => {
  const { Konva } = window;
  const paper = root.querySelector("[data-paper]");
  const picture = root.querySelector("[data-picture]");
  const coarse = matchMedia("(pointer: coarse)").matches;
  const stage = new Konva.Stage({ container: root.querySelector("[data-handles]"), width: 10, height: 10 });
  const layer = new Konva.Layer();
  const over = new Konva.Layer({ listening: false });
  const transformer = new Konva.Transformer({
    anchorSize: coarse ? 14 : 11,
    anchorCornerRadius: coarse ? 7 : 6,
    anchorStyleFunc: (anchor) => anchor.hitStrokeWidth(coarse ? 28 : 10), // larger to the hand than to the eye
    anchorStroke: LINE,
    anchorFill: "#ffffff",
    anchorStrokeWidth: 1.5,
    borderStroke: LINE,
    borderStrokeWidth: 1.5,
    rotateAnchorOffset: coarse ? 34 : 26,
    rotationSnaps: [0, 45, 90, 135, 180, 225, 270, 315],
    rotationSnapTolerance: 4,
    flipEnabled: false,
    ignoreStroke: true,
  });
  const rubber = new Konva.Rect({ stroke: LINE, strokeWidth: 1, fill: "rgba(31, 122, 224, 0.12)", visible: false });
  stage.add(layer, over);
  layer.add(transformer);
  over.add(rubber);
  const nodes = new Map();
  let zoom = 0.5;
  let wanted = "fit";
  let free = false; // a held Ctrl or Alt: no lines pull
  let drag = null;
  let helps = false;
  let wrong = new Set();
  let shown = 0;

  // --- lines that pull --------------------------------------------------------------------------------------------

  const lines = () => {
    const state = get();
    const others = state.design.elements.filter((one) => isOn(one, state) && !state.selected.includes(one.id));
    const boxes = others.map((one) => turned(boxOf(one, state), one.rotate));
    return linesFor(state.size, margins(state.size), boxes);
  };

  const drawGuides = ({ x = [], y = [] } = {}) => {
    for (const line of over.find(".guide")) line.destroy();
    const [width, height] = SIZES[get().size];
    const add = (points) =>
      over.add(new Konva.Line({ name: "guide", points, stroke: GUIDE, strokeWidth: 1, strokeScaleEnabled: false }));
    for (const at of x) add([at, 0, at, height]);
    for (const at of y) add([0, at, width, at]);
    over.batchDraw();
  };

  const drawMargins = () => {
    for (const line of over.find(".margin")) line.destroy();
    if (helps || drag) {
      const { size } = get();
      const [width, height] = SIZES[size];
      const [left, top, right, bottom] = margins(size);
      over.add(
        new Konva.Rect({
          name: "margin",
          x: left,
          y: top,
          width: width - left - right,
          height: height - top - bottom,
          stroke: GUIDE,
          strokeWidth: 1,
          dash: [5, 5],
          opacity: 0.75,
          strokeScaleEnabled: false,
        }),
      );
    }
    over.batchDraw();
  };

  // --- moving -----------------------------------------------------------------------------------------------------

  const boxOfNode = (node) => {
    const width = node.width() * node.scaleX();
    const height = node.height() * node.scaleY();
    const box = [node.x() - width / 2, node.y() - height / 2, width, height];
    return clamped(box, get().size, { hangs: node.getAttr("hangs") });
  };

  const heldNodes = () => get().selected.map((id) => nodes.get(id)).filter((node) => node?.draggable());
  const boxesNow = () => Object.fromEntries(heldNodes().map((node) => [node.id(), boxOfNode(node)]));
  const turnsNow = () =>
    Object.fromEntries(heldNodes().map((node) => [node.id(), Math.round(node.rotation() * 10) / 10 || 0]));

  const startDrag = () => {
    if (drag) return;
    const state = get();
    const held = chosen(state).filter((one) => isFree(one) && boxOf(one, state));
    drag = {
      from: new Map(heldNodes().map((node) => [node, node.absolutePosition()])),
      box: around(held.map((one) => turned(boxOf(one, state), one.rotate))),
      lines: lines(),
      hangs: held.every(mayHang),
    };
    drawMargins();
  };

  // Everything that is held moves by the same way, so that a group stays together.
  function bound(position) {
    const start = drag?.from.get(this);
    if (!start) return position;
    const [x, y, w, h] = drag.box;
    const moved = [x + (position.x - start.x) / zoom, y + (position.y - start.y) / zoom, w, h];
    const { box, guides } = free ? { box: moved, guides: {} } : snappedMove(moved, drag.lines, REACH / zoom);
    const [most, tallest] = SIZES[get().size];
    const left = drag.hangs ? box[0] : Math.min(Math.max(box[0], 0), Math.max(0, most - w));
    const top = drag.hangs ? box[1] : Math.min(Math.max(box[1], 0), Math.max(0, tallest - h));
    drawGuides(guides);
    return { x: start.x + (left - x) * zoom, y: start.y + (top - y) * zoom };
  }

  const endDrag = () => {
    if (!drag) return;
    drag = null;
    drawGuides();
    drawMargins();
    dispatch({ type: "place", boxes: boxesNow() });
  };

  transformer.boundBoxFunc((before, after) => {
    const anchor = transformer.getActiveAnchor();
    if (anchor === "rotater" || Math.abs(after.rotation) > 0.001) return after;
    if (Math.abs(after.width) < 8 * zoom || Math.abs(after.height) < 4 * zoom) return before;
    if (free || transformer.keepRatio() || !anchor) return after;
    const inCard = [(after.x - PAD) / zoom, (after.y - PAD) / zoom, after.width / zoom, after.height / zoom];
    const { box, guides } = snappedPull(inCard, anchor, drag?.lines ?? lines(), REACH / zoom);
    drawGuides(guides);
    return { ...after, x: box[0] * zoom + PAD, y: box[1] * zoom + PAD, width: box[2] * zoom, height: box[3] * zoom };
  });
  transformer.on("transformstart", startDrag);
  transformer.on("transform", () => draft(boxesNow(), turnsNow()));
  transformer.on("transformend", () => {
    const [boxes, turns] = [boxesNow(), turnsNow()];
    drag = null;
    drawGuides();
    drawMargins();
    for (const node of heldNodes()) node.scale({ x: 1, y: 1 });
    dispatch({ type: "place", boxes, turns });
    redraw();
  });

  // --- choosing ---------------------------------------------------------------------------------------------------

  const press = (node, { evt }) => {
    root.focus({ preventScroll: true });
    if (evt.button) return;
    free = evt.ctrlKey || evt.metaKey || evt.altKey;
    const { selected } = get();
    if (evt.shiftKey) dispatch({ type: "select", ids: [node.id()], add: true });
    else if (!selected.includes(node.id())) dispatch({ type: "select", ids: [node.id()] });
  };

  const pointer = () => {
    const at = stage.getPointerPosition();
    return at && { x: (at.x - PAD) / zoom, y: (at.y - PAD) / zoom };
  };

  let corner = null;
  stage.on("mousedown touchstart", ({ target, evt }) => {
    if (target !== stage) return;
    root.focus({ preventScroll: true });
    corner = pointer();
    if (!evt.shiftKey) dispatch({ type: "select", ids: [] });
  });
  stage.on("mousemove touchmove", ({ evt }) => {
    free = evt.ctrlKey || evt.metaKey || evt.altKey;
    const at = corner && pointer();
    if (!at) return;
    const [x, y] = [Math.min(at.x, corner.x), Math.min(at.y, corner.y)];
    rubber.setAttrs({ x, y, width: Math.abs(at.x - corner.x), height: Math.abs(at.y - corner.y), visible: true });
    over.batchDraw();
  });
  addEventListener("pointerup", () => {
    if (!corner) return;
    corner = null;
    if (!rubber.visible()) return;
    rubber.visible(false);
    over.batchDraw();
    const state = get();
    const [left, top] = [rubber.x(), rubber.y()];
    const [right, bottom] = [left + rubber.width(), top + rubber.height()];
    const inside = state.design.elements.filter((one) => {
      if (!isOn(one, state) || one.locked) return false;
      const [x, y, w, h] = turned(boxOf(one, state), one.rotate);
      return x < right && x + w > left && y < bottom && y + h > top;
    });
    if (inside.length) dispatch({ type: "select", ids: inside.map(({ id }) => id) });
  });

  // --- drawing ----------------------------------------------------------------------------------------------------

  const nodeFor = (id) => {
    const node = new Konva.Rect({ id, fill: "rgba(0, 0, 0, 0)", dragBoundFunc: bound, strokeScaleEnabled: false });
    node.on("mousedown touchstart", (event) => press(node, event));
    node.on("click tap", ({ evt }) => {
      if (!evt.shiftKey && get().selected.length > 1) dispatch({ type: "select", ids: [id] });
    });
    node.on("dblclick dbltap", () => root.dispatchEvent(new CustomEvent("editor:open", { bubbles: true })));
    node.on("dragstart", startDrag);
    node.on("dragmove", () => draft(boxesNow(), {}));
    node.on("dragend", endDrag);
    node.on("mouseenter", () => {
      node.strokeEnabled(true);
      root.classList.toggle("is-over", node.draggable());
    });
    node.on("mouseleave", () => {
      node.strokeEnabled(node.getAttr("marked"));
      root.classList.remove("is-over");
    });
    layer.add(node);
    nodes.set(id, node);
    return node;
  };

  const redraw = () => {
    const state = get();
    const on = state.design.elements.filter((element) => isOn(element, state));
    for (const [id, node] of nodes) {
      if (on.some((element) => element.id === id)) continue;
      node.destroy();
      nodes.delete(id);
    }
    for (const element of on) {
      const node = nodes.get(element.id) ?? nodeFor(element.id);
      const [x, y, width, height] = boxOf(element, state);
      const isHeld = state.selected.includes(element.id);
      const isWrong = wrong.has(element.id);
      const marked = isWrong || (isHeld && state.selected.length > 1);
      node.setAttrs({
        x: x + width / 2,
        y: y + height / 2,
        offsetX: width / 2,
        offsetY: height / 2,
        width,
        height,
        rotation: element.rotate ?? 0,
        draggable: isFree(element) && !root.hasAttribute("data-still"),
        stroke: isWrong ? WRONG : LINE,
        strokeWidth: isWrong ? 2 : 1,
        strokeEnabled: marked,
        hitStrokeWidth: Math.max(0, 18 - height * zoom), // a thin line can still be caught
      });
      node.setAttrs({ marked, hangs: mayHang(element) });
      node.moveToTop();
    }
    transformer.moveToTop();
    transformer.keepRatio(chosen(state).some((element) => WHOLE.includes(element.kind)));
    transformer.nodes(heldNodes());
    drawMargins();
    layer.batchDraw();
  };

  const resize = () => {
    const [width, height] = SIZES[get().size];
    const room = { width: root.clientWidth - 2 * PAD, height: root.clientHeight - 2 * PAD };
    const fit = Math.max(0.1, Math.min(room.width / width, room.height / height, 1));
    zoom = wanted === "fit" ? fit : wanted;
    stage.size({ width: width * zoom + 2 * PAD, height: height * zoom + 2 * PAD });
    for (const one of [layer, over]) one.setAttrs({ x: PAD, y: PAD, scaleX: zoom, scaleY: zoom });
    paper.style.width = `${stage.width()}px`;
    paper.style.height = `${stage.height()}px`;
    picture.style.inset = `${PAD}px`;
    redraw();
    root.dispatchEvent(new CustomEvent("editor:zoom", { bubbles: true, detail: { zoom, wanted } }));
  };

  // The next picture stands ready before the last one goes: nothing flickers.
  const show = async (text) => {
    const turn = ++shown;
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (svg.nodeName !== "svg") return;
    const fresh = document.importNode(svg, true);
    fresh.classList.add("is-coming");
    picture.append(fresh);
    const parts = [...fresh.querySelectorAll("image")].map((image) => image.decode?.().catch(() => {}));
    await Promise.race([Promise.all(parts), new Promise((done) => setTimeout(done, WAIT))]);
    if (turn !== shown && picture.lastElementChild !== fresh) {
      fresh.remove();
      return;
    }
    fresh.classList.remove("is-coming");
    for (const old of [...picture.children]) {
      if (old === fresh) break;
      old.remove();
    }
  };

  root.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomTo(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
    },
    { passive: false },
  );
  new ResizeObserver(resize).observe(root);

  const zoomTo = (value) => {
    wanted = value === "fit" ? "fit" : Math.min(Math.max(value, 0.25), 2);
    resize();
  };

  return {
    redraw,
    resize,
    show,
    zoomTo,
    zoom: () => zoom,
    mark: (ids) => {
      wrong = new Set(ids);
      redraw();
    },
    help: (on = !helps) => {
      helps = on;
      drawMargins();
      return helps;
    },
  };
};
