// On a touch screen choosing a period shows it at once; with a keyboard each arrow key would, so there the button stays.
const touch = window.matchMedia("(pointer: coarse)");
for (const form of document.querySelectorAll("[data-period]")) {
  form.addEventListener("change", () => {
    if (touch.matches) form.requestSubmit();
  });
}
