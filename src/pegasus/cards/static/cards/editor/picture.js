// The server's picture of the card. The next one stands ready before the last one goes: nothing flickers.
const WAIT = 200; // a picture's parts may take this long before they are shown as they come

export const createPicture = (root) => {
  let shown = 0;

  // The last ground that came lies beneath: a new one that takes its time is not awaited on white.
  const layBeneath = (ground) => {
    root.style.backgroundImage = `url("${ground.getAttribute("href")}")`;
  };

  return async (text) => {
    const turn = ++shown;
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (svg.nodeName !== "svg") return;
    const fresh = document.importNode(svg, true);
    fresh.classList.add("is-coming");
    root.append(fresh);
    const images = [...fresh.querySelectorAll("image")];
    const parts = images.map((image) => image.decode?.().catch(() => {}));
    parts[0]?.then(() => turn === shown && layBeneath(images[0]));
    await Promise.race([Promise.all(parts), new Promise((done) => setTimeout(done, WAIT))]);
    if (turn !== shown && root.lastElementChild !== fresh) {
      fresh.remove();
      return;
    }
    fresh.classList.remove("is-coming");
    for (const old of [...root.children]) {
      if (old === fresh) break;
      old.remove();
    }
  };
};
