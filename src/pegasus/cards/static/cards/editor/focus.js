// Which part of a picture matters: a dot on the picture, set with mouse or finger; the sliders beside it do the same.
import { chosen } from "./state.js";

// A face sits above the middle of a photo.
const usual = ({ kind }) => (kind === "photo" ? [0.5, 0.35] : [0.5, 0.5]);
const share = (value) => Math.round(Math.min(Math.max(value, 0), 1) * 100) / 100;

export const createFocus = (root, { now, dispatch, urlOf }) => {
  const pad = root.querySelector("[data-focus-pad]");
  const image = pad.querySelector("img");
  const dot = pad.querySelector("[data-focus-dot]");

  const put = (element, focus) =>
    dispatch({ type: "patch", ids: [element.id], fields: { focus }, tag: `focus ${now().selected}` });

  root.addEventListener("input", ({ target }) => {
    const { focusAt } = target.dataset;
    if (!focusAt) return;
    for (const element of chosen(now())) {
      const focus = [...(element.focus ?? usual(element))];
      focus[Number(focusAt)] = target.valueAsNumber / 100;
      put(element, focus);
    }
  });

  const point = (event) => {
    const box = image.getBoundingClientRect();
    const focus = [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)];
    for (const element of chosen(now())) put(element, focus);
  };
  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    point(event);
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) point(event);
  });
  pad.addEventListener("pointerup", () => dispatch({ type: "settle" }));

  return {
    fill: (element) => {
      const [x, y] = element.focus ?? usual(element);
      const url = urlOf(element);
      pad.hidden = !url;
      if (url && image.getAttribute("src") !== url) image.src = url;
      dot.style.left = `${x * 100}%`;
      dot.style.top = `${y * 100}%`;
      for (const field of root.querySelectorAll("[data-focus-at]")) field.value = (field.dataset.focusAt === "0" ? x : y) * 100;
    },
  };
};
