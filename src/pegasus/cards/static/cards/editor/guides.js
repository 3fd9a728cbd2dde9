// Lines over the card: those that a box was pulled onto, and the margin that words keep.
import { SIZES } from "./geometry.js";

const COLOUR = "#e0378c";
const THIN = { stroke: COLOUR, strokeWidth: 1, strokeScaleEnabled: false };

export const createGuides = (layer, { size, margins }) => {
  const { Konva } = window;
  const clear = (name) => {
    for (const line of layer.find(`.${name}`)) line.destroy();
  };
  return {
    pulled: ({ x = [], y = [] } = {}) => {
      clear("guide");
      const [width, height] = SIZES[size()];
      const add = (points) => layer.add(new Konva.Line({ name: "guide", points, ...THIN }));
      for (const at of x) add([at, 0, at, height]);
      for (const at of y) add([0, at, width, at]);
      layer.batchDraw();
    },
    margin: (isShown) => {
      clear("margin");
      if (isShown) {
        const [width, height] = SIZES[size()];
        const [left, top, right, bottom] = margins(size());
        const box = { x: left, y: top, width: width - left - right, height: height - top - bottom };
        layer.add(new Konva.Rect({ name: "margin", ...box, ...THIN, dash: [5, 5], opacity: 0.75 }));
      }
      layer.batchDraw();
    },
  };
};
