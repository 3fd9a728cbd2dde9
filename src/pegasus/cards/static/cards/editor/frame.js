// A frame drawn over the card with the mouse: what it touches is selected. A finger on empty ground moves the view.
import { turned } from "./geometry.js";
import { LINE } from "./handles.js";
import { boxOf, isOn } from "./state.js";

export const createFrame = (stage, layer, { get, dispatch, pointer, onPress }) => {
  const { Konva } = window;
  const frame = new Konva.Rect({ stroke: LINE, strokeWidth: 1, fill: "rgba(31, 122, 224, 0.12)", visible: false });
  frame.strokeScaleEnabled(false);
  layer.add(frame);
  let corner = null;

  stage.on("mousedown", ({ target, evt }) => {
    if (target !== stage || evt.button) return;
    onPress();
    corner = pointer();
    if (!evt.shiftKey) dispatch({ type: "select", ids: [] });
  });
  stage.on("tap", ({ target }) => {
    if (target !== stage) return;
    onPress();
    dispatch({ type: "select", ids: [] });
  });
  stage.on("mousemove", () => {
    const at = corner && pointer();
    if (!at) return;
    const [x, y] = [Math.min(at.x, corner.x), Math.min(at.y, corner.y)];
    frame.setAttrs({ x, y, width: Math.abs(at.x - corner.x), height: Math.abs(at.y - corner.y), visible: true });
    layer.batchDraw();
  });
  addEventListener("pointerup", () => {
    corner = null;
    if (!frame.visible()) return;
    frame.visible(false);
    layer.batchDraw();
    const state = get();
    const [left, top] = [frame.x(), frame.y()];
    const [right, bottom] = [left + frame.width(), top + frame.height()];
    const inside = state.design.elements.filter((one) => {
      if (!isOn(one, state) || one.locked) return false;
      const [x, y, w, h] = turned(boxOf(one, state), one.rotate);
      return x < right && x + w > left && y < bottom && y + h > top;
    });
    if (inside.length) dispatch({ type: "select", ids: inside.map(({ id }) => id) });
  });
};
