// The employee's page: count, fill in a saying, bring the photo along at once. Everything else is plain forms and htmx.
const form = document.querySelector("#kartu-form");
const words = form?.querySelector("[data-count]");

const count = () => {
  const now = form.querySelector("[data-count-now]");
  const length = [...words.value.trim()].length;
  now.textContent = length;
  now.parentElement.classList.toggle("is-over", length > Number(words.dataset.count));
};

const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

const useSaying = (button) => {
  words.value = button.dataset.words;
  form.elements.source.value = button.dataset.source;
  form.elements.origin.value = "lain";
  form.elements.alt_text.value = "";
  form.querySelector("#bank").open = false;
  told(words);
  words.focus({ preventScroll: true });
  words.scrollIntoView({ block: "center" });
};

if (words) {
  words.addEventListener("input", count);
  count();
  form.addEventListener("click", (event) => {
    const saying = event.target.closest(".pp-saying");
    if (saying) {
      event.preventDefault();
      useSaying(saying);
    }
    const theme = event.target.closest("[data-theme]");
    if (theme) {
      const search = form.querySelector("#cari");
      search.value = theme.dataset.theme;
      search.dispatchEvent(new Event("kata-tema", { bubbles: true }));
      search.focus({ preventScroll: true });
    }
  });
  // Enter in the search asks the bank; it must not send the card.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.id === "cari") event.preventDefault();
  });
}

form?.addEventListener("change", (event) => {
  if (event.target.type !== "file" || !event.target.files.length || "again" in form.dataset) return;
  form.querySelector('button[value="pratinjau"]').click();
});

// A swipe across the card turns to the next template, as its arrows do.
const SWIPE = 48;
const stage = form?.querySelector("#panggung");
let from = null;
stage?.addEventListener("touchstart", (event) => {
  from = event.touches.length === 1 && event.target.closest(".pp-card") ? event.touches[0] : null;
}, { passive: true });
stage?.addEventListener("touchend", (event) => {
  if (!from) return;
  const [across, down] = [event.changedTouches[0].clientX - from.clientX, event.changedTouches[0].clientY - from.clientY];
  from = null;
  if (Math.abs(across) < SWIPE || Math.abs(across) < 2 * Math.abs(down)) return;
  const arrows = stage.querySelectorAll(".pp-switch button");
  arrows[across > 0 ? 0 : arrows.length - 1]?.click();
}, { passive: true });

if (document.querySelector("[data-open-folds]")) {
  for (const fold of form.querySelectorAll("details.fold:has(.field-error)")) fold.open = true;
}

// A finding's link leads to its field, also when that lies in a closed fold.
form?.addEventListener("click", (event) => {
  const link = event.target.closest(".finding-mends a");
  const goal = link && form.querySelector(link.hash);
  if (!goal) return;
  event.preventDefault();
  if (goal.id === "id_source") {
    form.elements.origin.value = "lain";
    told(form.elements.origin);
  }
  const fold = goal.closest("details");
  if (fold) fold.open = true;
  (goal.matches("details") ? goal.querySelector("summary") : goal).focus({ preventScroll: true });
  goal.scrollIntoView({ block: "center" });
});

document.querySelector(".findings[data-focus]")?.scrollIntoView({ block: "start" });

// When the line drops, what is typed waits on this device; it goes again once the server has it.
const saved = document.querySelector("#tersimpan");
const KEPT = ["words", "origin", "source", "alt_text"];
const drawer = `pegasus:${location.pathname}`;

const keep = () => {
  const typed = Object.fromEntries(KEPT.map((name) => [name, form.elements[name]?.value ?? ""]));
  try {
    localStorage.setItem(drawer, JSON.stringify({ stand: saved.dataset.stand, typed }));
  } catch {} // no room, or not allowed: the server still keeps the draft
};

const restore = () => {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(drawer));
    localStorage.removeItem(drawer);
  } catch {}
  // Somebody wrote on from another device meanwhile: the server's draft counts.
  if (kept?.stand !== saved.dataset.stand) return;
  const changed = KEPT.filter((name) => form.elements[name] && form.elements[name].value !== kept.typed[name]);
  if (!changed.length) return;
  for (const name of changed) form.elements[name].value = kept.typed[name];
  saved.textContent = saved.dataset.restored;
  told(words);
};

if (words && saved && !("again" in form.dataset)) {
  form.addEventListener("input", keep);
  saved.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) localStorage.removeItem(drawer);
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    saved.addEventListener(name, () => {
      keep();
      saved.textContent = saved.dataset.offline;
    });
  }
  // htmx listens once the page is ready; what is restored must reach it.
  window.addEventListener("load", () => setTimeout(restore, 100));
}
