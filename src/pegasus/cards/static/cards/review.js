// A reviewer taps the picture and writes what should change there. Without this module a part of the picture is chosen.
const stage = document.querySelector("[data-review-stage]");
const form = document.querySelector("[data-review-form]");
const pin = stage?.querySelector("[data-new]");

if (stage && form && pin) {
  const STEP = 0.01;
  const AIMS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const ROWS = ["atas", "tengah", "bawah"];
  const COLUMNS = ["kiri", "tengah", "kanan"];
  const { width, height } = stage.querySelector("svg").viewBox.baseVal;
  const { x, y, letak, text } = form.elements;
  const inside = (share) => Math.min(1, Math.max(0, share));

  const show = (across, down) => {
    pin.setAttribute("transform", `translate(${Math.round(across * width)} ${Math.round(down * height)})`);
    pin.classList.add("is-placed");
    pin.tabIndex = 0;
  };

  const place = (across, down) => {
    x.value = inside(across).toFixed(4);
    y.value = inside(down).toFixed(4);
    letak.value = "titik";
    show(Number(x.value), Number(y.value));
  };

  const hide = () => {
    pin.classList.remove("is-placed");
    pin.tabIndex = -1;
  };

  const follow = () => {
    const [row, column] = letak.value.split("-");
    if (letak.value === "titik") {
      place(x.value === "" ? 0.5 : Number(x.value), y.value === "" ? 0.5 : Number(y.value));
    } else if (column) {
      show((COLUMNS.indexOf(column) + 0.5) / 3, (ROWS.indexOf(row) + 0.5) / 3);
    } else {
      hide();
    }
  };

  const write = () => {
    text.focus({ preventScroll: true });
    text.scrollIntoView({ block: "center" });
  };

  const point = (event) => {
    const box = stage.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  stage.addEventListener("click", (event) => {
    if (event.target.closest(".review-pin")) return;
    place(...point(event));
    write();
  });

  pin.addEventListener("pointerdown", (event) => {
    pin.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  pin.addEventListener("pointermove", (event) => {
    if (pin.hasPointerCapture(event.pointerId)) place(...point(event));
  });

  pin.addEventListener("keydown", (event) => {
    const aim = AIMS[event.key];
    if (aim) {
      event.preventDefault();
      if (letak.value !== "titik") {
        const [row, column] = letak.value.split("-");
        place((COLUMNS.indexOf(column) + 0.5) / 3, (ROWS.indexOf(row) + 0.5) / 3);
      }
      const far = event.shiftKey ? 10 * STEP : STEP;
      place(Number(x.value) + aim[0] * far, Number(y.value) + aim[1] * far);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      write();
    }
  });

  form.addEventListener("change", (event) => {
    if (event.target.name === "letak") follow();
  });
  follow();
}
