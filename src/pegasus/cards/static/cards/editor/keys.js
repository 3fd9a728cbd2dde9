// The keyboard: which key does what. `does` is the table of deeds; the canvas and the whole page share it.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const WITH_CTRL = { z: "undo", y: "redo", d: "duplicate", c: "copy", x: "cut", v: "paste", a: "all", s: "save" };

const ALONE = {
  Delete: "remove",
  Backspace: "remove",
  Escape: "none",
  Enter: "open",
  F2: "rename",
  "[": "down",
  "]": "up",
  "?": "help",
  "+": "larger",
  "=": "larger",
  "-": "smaller",
  l: "lock",
  h: "hide",
  b: "margins",
  t: "text",
  f: "photo",
  g: "picture",
  p: "rect",
  o: "ellipse",
  i: "line",
  q: "qr",
  0: "fit",
  1: "portrait",
  2: "square",
  3: "story",
};

const ENDS = { "[": "back", "]": "front", "{": "back", "}": "front" };

const isTyping = (target) => target.closest("input:not([type=radio], [type=checkbox], [type=range]), textarea, select");
const isPressing = (target) => target.closest("button, a, summary, input");

export const listen = (page, canvas, does) => {
  const step = (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.altKey) return false;
    const far = event.shiftKey ? 10 : 1;
    const [x, y] = arrow.map((way) => way * far);
    return event.ctrlKey || event.metaKey ? does.grow(x, y) : does.move(x, y);
  };

  const turn = ({ key }) => {
    const by = { ",": -1, ".": 1, "<": -15, ">": 15 }[key];
    return by ? does.turn(by) : false;
  };

  // A deed that has nothing to do gives `false`, and the key keeps its usual meaning.
  const act = (event) => {
    if (event.shiftKey && ENDS[event.key]) return does[ENDS[event.key]]();
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.shiftKey && event.key.toLowerCase() === "z") return does.redo();
    const name = ctrl ? WITH_CTRL[event.key.toLowerCase()] : ALONE[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    return name ? does[name]() : false;
  };

  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const { target } = event;
    if (isTyping(target)) {
      if (event.key === "Escape") canvas.focus();
      if (ctrl && event.key.toLowerCase() === "s") {
        event.preventDefault();
        does.save();
      }
      return;
    }
    const onCanvas = target === canvas;
    if (onCanvas && event.key === "Tab") {
      if (does.next(event.shiftKey ? -1 : 1) !== false) event.preventDefault();
      return;
    }
    if (isPressing(target) && ["Enter", " ", ...Object.keys(ARROWS)].includes(event.key)) return;
    if ((onCanvas && (step(event) !== false || turn(event) !== false)) || act(event) !== false) event.preventDefault();
  });
};
