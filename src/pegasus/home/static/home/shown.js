// The picture in sight has a name. What is sent carries the name of the last one that really stood there, so that no
// other is ever sent: neither one whose answer got lost, nor one whose ground or photo never came.
const PATIENCE = 10_000;
const SOON = 250; // a keystroke asks for the next picture a moment later
const AGAIN = 3_000;

const pause = (time) => new Promise((done) => setTimeout(done, time));

const loaded = (stage) => {
  const found = [...stage.querySelectorAll(".pp-card image, .pp-card img")];
  const away = found.map((one) => one.getAttribute("href") ?? one.getAttribute("src")).filter((href) => href && !href.startsWith("data:"));
  return Promise.all(away.map((href) => {
    const image = new Image();
    image.src = href;
    return image.decode();
  }));
};

export const watch = (form, redraw) => {
  let [shown, seen, asked, due, isStale, looking] = ["", null, 0, 0, false, 0];

  const look = async () => {
    const field = form.querySelector('input[name="gambar"]');
    if (!field || field === seen) return;
    seen = field;
    const drawn = field.value;
    field.value = shown;
    looking += 1;
    try {
      await loaded(form.querySelector("#panggung"));
      if (field.isConnected) shown = field.value = drawn;
    } catch {
      setTimeout(() => {
        if (!field.isConnected) return;
        field.value = drawn;
        seen = null;
        look();
      }, AGAIN);
    } finally {
      looking -= 1;
    }
  };

  const draws = (event) => event.detail.pathInfo?.requestPath.endsWith("/pratinjau/");
  form.addEventListener("input", () => { due = Date.now() + SOON; });
  form.addEventListener("htmx:beforeRequest", (event) => { if (draws(event)) asked += 1; });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!draws(event)) return;
    asked -= 1;
    isStale = !event.detail.successful;
  });
  window.addEventListener("online", () => { if (form.isConnected && isStale) redraw(); });
  new MutationObserver(look).observe(form, { childList: true, subtree: true });
  look();

  // Wait, not for ever, until the picture in sight is that of what was typed last.
  return async () => {
    const until = Date.now() + PATIENCE;
    while ((asked > 0 || looking > 0 || Date.now() < due) && Date.now() < until) await pause(50);
  };
};
