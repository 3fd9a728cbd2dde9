// Boxes and lines on a card: pure arithmetic. A box is [x, y, width, height]; positions count from the top left.
export const SIZES = { portrait: [1080, 1350], square: [1080, 1080], story: [1080, 1920] };
const SMALLEST = 4;

const within = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));

// Ornaments and pictures may hang over the card's edge; what is read may not.
const HANGING = ["shape", "rect", "ellipse", "line", "picture"];
const SEEN = 8; // so much of them stays on the card
const LARGEST = 3000;

export const mayHang = (element) => HANGING.includes(element.kind);

// Whole pixels, not too small, on the card.
export const clamped = ([x, y, width, height], size, { hangs = false } = {}) => {
  const [most, tallest] = SIZES[size];
  if (hangs) {
    const w = within(Math.round(width), SMALLEST, LARGEST);
    const h = within(Math.round(height), SMALLEST, LARGEST);
    return [within(Math.round(x), SEEN - w, most - SEEN), within(Math.round(y), SEEN - h, tallest - SEEN), w, h];
  }
  const w = within(Math.round(width), SMALLEST, most);
  const h = within(Math.round(height), SMALLEST, tallest);
  return [within(Math.round(x), 0, most - w), within(Math.round(y), 0, tallest - h), w, h];
};

// The upright box that a turned one fills.
export const turned = ([x, y, w, h], degrees = 0) => {
  if (!degrees) return [x, y, w, h];
  const angle = (degrees * Math.PI) / 180;
  const wide = Math.abs(w * Math.cos(angle)) + Math.abs(h * Math.sin(angle));
  const high = Math.abs(w * Math.sin(angle)) + Math.abs(h * Math.cos(angle));
  return [x + (w - wide) / 2, y + (h - high) / 2, wide, high];
};

// The box that holds all boxes.
export const around = (boxes) => {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , w]) => x + w));
  const bottom = Math.max(...boxes.map(([, y, , h]) => y + h));
  return [left, top, right - left, bottom - top];
};

// A box in another size: as wide and as high, at the same share of the height.
export const carried = ([x, y, w, h], from, to, { hangs = false } = {}) => {
  const [before, after] = [SIZES[from][1], SIZES[to][1]];
  const height = h >= before ? (h * after) / before : Math.min(h, after); // what fills the card fills it there too
  const middle = ((y + h / 2) / before) * after;
  return clamped([x, middle - height / 2, w, height], to, { hangs });
};

// The lines that things stand on: edges and middle of the card, its safe margins, edges and middles of the others.
export const linesFor = (size, margin, others) => {
  const [width, height] = SIZES[size];
  const [left, top, right, bottom] = margin;
  return {
    x: [0, width / 2, width, left, width - right, ...others.flatMap(([x, , w]) => [x, x + w / 2, x + w])],
    y: [0, height / 2, height, top, height - bottom, ...others.flatMap(([, y, , h]) => [y, y + h / 2, y + h])],
  };
};

const nearest = (values, lines, reach) => {
  let best = null;
  for (const value of values) {
    for (const line of lines) {
      const by = line - value;
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line };
    }
  }
  return best;
};

// Move a box onto lines that are within reach; `guides` says which.
export const snappedMove = ([x, y, w, h], lines, reach) => {
  const across = nearest([x, x + w / 2, x + w], lines.x, reach);
  const down = nearest([y, y + h / 2, y + h], lines.y, reach);
  return {
    box: [x + (across?.by ?? 0), y + (down?.by ?? 0), w, h],
    guides: { x: across ? [across.line] : [], y: down ? [down.line] : [] },
  };
};

// Put the edges that are being pulled onto lines; `anchor` is the handle's name, such as "top-left".
export const snappedPull = ([x, y, w, h], anchor, lines, reach) => {
  const guides = { x: [], y: [] };
  let [left, top, right, bottom] = [x, y, x + w, y + h];
  const pull = (value, axis) => {
    const found = nearest([value], lines[axis], reach);
    if (!found) return value;
    guides[axis].push(found.line);
    return found.line;
  };
  if (anchor.includes("left")) left = pull(left, "x");
  if (anchor.includes("right")) right = pull(right, "x");
  if (anchor.startsWith("top")) top = pull(top, "y");
  if (anchor.startsWith("bottom")) bottom = pull(bottom, "y");
  return { box: [left, top, right - left, bottom - top], guides };
};

// One box is aligned in the card, several among themselves.
export const aligned = (boxes, how, size) => {
  const [ax, ay, aw, ah] = boxes.length > 1 ? around(boxes) : [0, 0, ...SIZES[size]];
  const to = {
    left: ([, y, w, h]) => [ax, y, w, h],
    center: ([, y, w, h]) => [ax + (aw - w) / 2, y, w, h],
    right: ([, y, w, h]) => [ax + aw - w, y, w, h],
    top: ([x, , w, h]) => [x, ay, w, h],
    middle: ([x, , w, h]) => [x, ay + (ah - h) / 2, w, h],
    bottom: ([x, , w, h]) => [x, ay + ah - h, w, h],
  }[how];
  return boxes.map(to);
};

// The same gap between neighbours; the outer two stay.
export const distributed = (boxes, axis) => {
  if (boxes.length < 3) return boxes;
  const at = axis === "x" ? 0 : 1;
  const order = boxes.map((_, index) => index).sort((a, b) => boxes[a][at] - boxes[b][at]);
  const whole = around(boxes)[at + 2];
  const gap = (whole - boxes.reduce((sum, box) => sum + box[at + 2], 0)) / (boxes.length - 1);
  const moved = boxes.map((box) => [...box]);
  let next = boxes[order[0]][at];
  for (const index of order) {
    moved[index][at] = next;
    next += boxes[index][at + 2] + gap;
  }
  return moved;
};
