// Runs before the first paint, so that a dark page never flashes white. Loaded as a plain script on purpose.
(() => {
  const root = document.documentElement;
  let chosen = null;
  try {
    chosen = localStorage.getItem("tampilan");
  } catch {
    chosen = null; // storage may be closed: the system's wish counts
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    root.dataset.bsTheme = chosen ?? (dark.matches ? "dark" : "light");
  };
  root.classList.add("js");
  show();
  dark.addEventListener("change", show);
  addEventListener("pegasus:theme", (event) => {
    chosen = event.detail === "auto" ? null : event.detail;
    try {
      if (chosen) localStorage.setItem("tampilan", chosen);
      else localStorage.removeItem("tampilan");
    } catch {
      // it holds for this page alone
    }
    show();
  });
})();
