// Choose a square of a photo by pointer, keys or slider. The server cuts; without this script it takes the middle.
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

const arm = (form) => {
  const desk = form.querySelector("[data-crop-desk]");
  const canvas = desk.querySelector("canvas");
  const slider = desk.querySelector("input[type=range]");
  const pen = canvas.getContext("2d");
  const part = { x: 0.5, y: 0.5, zoom: 1 };
  let photo = null;
  let held = null;

  const side = () => Math.min(photo.width, photo.height) / part.zoom;

  const show = () => {
    const length = side();
    const left = part.x * (photo.width - length);
    const top = part.y * (photo.height - length);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(photo, left, top, length, length, 0, 0, canvas.width, canvas.height);
    slider.value = part.zoom;
    for (const name of ["x", "y", "zoom"]) form.elements[name].value = part[name].toFixed(4);
  };

  // Moves by pixels of the photo; a side that fits exactly has nothing to move.
  const move = (dx, dy) => {
    const length = side();
    if (photo.width > length) part.x = clamp(part.x + dx / (photo.width - length), 0, 1);
    if (photo.height > length) part.y = clamp(part.y + dy / (photo.height - length), 0, 1);
    show();
  };

  const enlarge = (zoom) => {
    part.zoom = clamp(zoom, 1, 4);
    show();
  };

  form.elements.photo.addEventListener("change", async () => {
    desk.hidden = true;
    for (const name of ["x", "y", "zoom"]) form.elements[name].value = "";
    const file = form.elements.photo.files[0];
    if (!file) return;
    try {
      photo = await createImageBitmap(file);
    } catch {
      return; // the server says what is wrong with the file
    }
    Object.assign(part, { x: 0.5, y: 0.5, zoom: 1 });
    desk.hidden = false;
    show();
  });

  slider.addEventListener("input", () => enlarge(Number(slider.value)));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    enlarge(part.zoom - Math.sign(event.deltaY) * 0.1);
  });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held = [event.clientX, event.clientY];
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = side() / canvas.clientWidth;
    move((held[0] - event.clientX) * scale, (held[1] - event.clientY) * scale);
    held = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (held = null));
  canvas.addEventListener("keydown", (event) => {
    const step = side() / 20;
    const deeds = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      "+": () => enlarge(part.zoom + 0.1),
      "-": () => enlarge(part.zoom - 0.1),
    };
    if (!deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  });
};

for (const form of document.querySelectorAll("form[data-crop]")) arm(form);
