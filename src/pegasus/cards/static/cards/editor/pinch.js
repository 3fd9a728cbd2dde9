// Two fingers: nearer or farther zooms, together moves the view. One finger belongs to what lies under it.
const between = ([one, other]) => ({
  x: (one.clientX + other.clientX) / 2,
  y: (one.clientY + other.clientY) / 2,
  far: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
});

export const createPinch = (root, { zoom, zoomTo, onStart }) => {
  let last = null;
  let began = null;

  const hold = (event) => {
    if (event.cancelable) event.preventDefault();
    event.stopPropagation(); // the handles never learn of the second finger
  };

  root.addEventListener(
    "touchstart",
    (event) => {
      if (event.touches.length !== 2) return;
      hold(event);
      onStart();
      last = between(event.touches);
      began = { far: last.far, zoom: zoom() };
    },
    { capture: true, passive: false },
  );
  root.addEventListener(
    "touchmove",
    (event) => {
      if (!last || event.touches.length < 2) return;
      hold(event);
      const now = between(event.touches);
      root.scrollBy(last.x - now.x, last.y - now.y);
      if (began.far > 0) zoomTo((began.zoom * now.far) / began.far, now);
      last = now;
    },
    { capture: true, passive: false },
  );
  for (const name of ["touchend", "touchcancel"]) {
    root.addEventListener(
      name,
      (event) => {
        if (!last) return;
        hold(event); // the finger that is left does not begin to drag
        if (event.touches.length === 0) last = null;
      },
      { capture: true, passive: false },
    );
  }
};
