// The card in the middle: the server's picture, and over it what one takes hold of, following the pointer at once.
import { createFrame } from "./frame.js";
import { SIZES, mayHang } from "./geometry.js";
import { createGuides } from "./guides.js";
import { LINE, createHandles } from "./handles.js";
import { createPicture } from "./picture.js";
import { createPinch } from "./pinch.js";
import { boxOf, isFree, isOn } from "./state.js";

const PAD = 44; // room around the card for handles
const WRONG = "#d3261b";
const [FARTHEST, NEAREST] = [0.25, 2];

export const createCanvas = (root, { get, dispatch, draft, margins }) => {
  const { Konva } = window;
  const paper = root.querySelector("[data-paper]");
  const picture = root.querySelector("[data-picture]");
  const coarse = matchMedia("(pointer: coarse)").matches;
  const reach = coarse ? 44 : 18; // what is smaller on the screen can still be caught
  Konva.dragDistance = coarse ? 8 : 3; // a finger trembles
  const stage = new Konva.Stage({ container: root.querySelector("[data-handles]"), width: 10, height: 10 });
  const layer = new Konva.Layer();
  const over = new Konva.Layer({ listening: false });
  stage.add(layer, over);
  const nodes = new Map();
  let zoom = 0.5;
  let wanted = "fit";
  let helps = false;
  let adds = false; // every press adds to what is selected: for fingers, which have no Shift
  let wrong = new Set();

  const guides = createGuides(over, { size: () => get().size, margins });
  const handles = createHandles(layer, {
    get,
    dispatch,
    draft,
    margins,
    guides,
    held: () => get().selected.map((id) => nodes.get(id)).filter((node) => node?.draggable()),
    zoom: () => zoom,
    pad: PAD,
    coarse,
    redraw: () => redraw(),
  });
  const focus = () => root.focus({ preventScroll: true });
  const pointer = () => {
    const at = stage.getPointerPosition();
    return at && { x: (at.x - PAD) / zoom, y: (at.y - PAD) / zoom };
  };
  createFrame(stage, over, { get, dispatch, pointer, onPress: focus });
  stage.on("mousemove touchmove", ({ evt }) => handles.loosen(evt));

  // --- choosing ---------------------------------------------------------------------------------------------------

  const press = (node, { evt }) => {
    focus();
    if (evt.button) return;
    handles.loosen(evt);
    if (evt.shiftKey || adds) dispatch({ type: "select", ids: [node.id()], add: true });
    else hold(node);
  };
  const hold = (node) => {
    if (!get().selected.includes(node.id())) dispatch({ type: "select", ids: [node.id()] });
  };

  // A small thing is larger to the hand than to the eye.
  const hit = (context, node) => {
    const [across, down] = [node.width(), node.height()].map((side) => Math.max(0, reach / zoom - side) / 2);
    context.beginPath();
    context.rect(-across, -down, node.width() + 2 * across, node.height() + 2 * down);
    context.closePath();
    context.fillShape(node);
  };

  const nodeFor = (id) => {
    const look = { fill: "rgba(0, 0, 0, 0)", strokeScaleEnabled: false };
    const node = new Konva.Rect({ id, ...look, dragBoundFunc: handles.bound, hitFunc: hit });
    node.on("mousedown tap", (event) => press(node, event)); // a finger that is put down may be the first of two
    node.on("click tap", ({ evt }) => {
      if (!evt.shiftKey && !adds && get().selected.length > 1) dispatch({ type: "select", ids: [id] });
    });
    node.on("dblclick dbltap", () => root.dispatchEvent(new CustomEvent("editor:open", { bubbles: true })));
    node.on("dragstart", () => {
      hold(node);
      handles.start();
    });
    node.on("dragmove", handles.move);
    node.on("dragend", handles.end);
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

  // --- drawing ----------------------------------------------------------------------------------------------------

  const drawNode = (element, state) => {
    const node = nodes.get(element.id) ?? nodeFor(element.id);
    const [x, y, width, height] = boxOf(element, state);
    const isHeld = state.selected.includes(element.id);
    const isWrong = wrong.has(element.id);
    const marked = isWrong || (isHeld && (state.selected.length > 1 || !isFree(element)));
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
      dash: element.locked ? [4, 4] : [],
      strokeEnabled: marked,
      marked,
      hangs: mayHang(element),
    });
    node.moveToTop();
  };

  const redraw = () => {
    const state = get();
    const on = state.design.elements.filter((element) => isOn(element, state));
    for (const [id, node] of nodes) {
      if (on.some((element) => element.id === id)) continue;
      node.destroy();
      nodes.delete(id);
    }
    for (const element of on) drawNode(element, state);
    handles.show();
    guides.margin(helps || handles.isOn());
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

  const middle = () => {
    const { left, top, width, height } = root.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };

  // What lies under `at` (a place on the screen) stays there.
  const zoomTo = (value, at = middle()) => {
    const before = paper.getBoundingClientRect();
    const spot = { x: (at.x - before.left - PAD) / zoom, y: (at.y - before.top - PAD) / zoom };
    wanted = value === "fit" ? "fit" : Math.min(Math.max(value, FARTHEST), NEAREST);
    resize();
    const after = paper.getBoundingClientRect();
    root.scrollBy(after.left + PAD + spot.x * zoom - at.x, after.top + PAD + spot.y * zoom - at.y);
  };

  root.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomTo(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );
  createPinch(root, { zoom: () => zoom, zoomTo, onStart: handles.cancel });
  new ResizeObserver(resize).observe(root);

  return {
    redraw,
    resize,
    show: createPicture(picture),
    zoomTo,
    zoom: () => zoom,
    mark: (ids) => {
      wrong = new Set(ids);
      redraw();
    },
    help: () => {
      helps = !helps;
      guides.margin(helps);
      return helps;
    },
    several: () => {
      adds = !adds;
      return adds;
    },
  };
};
