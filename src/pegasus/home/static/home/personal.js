// The employee's page: count, fill in a saying, bring the photo along at once, and lose nothing when the line drops.
// Everything works as plain forms and htmx too; this only makes it quicker.
import { drawer, forget } from "./draft.js";
import { watch } from "./shown.js";

const SWIPE = 48;
const PATIENCE = 60_000; // a photo on a slow line takes its time

const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

const begin = () => {
  const form = document.querySelector("#kartu-form");
  if (!form) return;
  const words = form.querySelector("[data-count]");
  if (words) write(form, words);
  swipe(form);
  pick(form);
  mend(form);
  carry(form);
  press(form, watch(form, () => told(words ?? form)));
  quiet(form);
  const saved = form.querySelector("#tersimpan");
  if (words && !("again" in form.dataset)) drawer(form, saved, () => told(words), (said) => line(form, said));
  if (form.querySelector("[data-open-folds]")) {
    for (const fold of form.querySelectorAll("details.fold:has(.field-error)")) fold.open = true;
  }
  document.querySelector(".findings[data-focus]")?.scrollIntoView({ block: "start" });
};

const count = (form, words) => {
  const now = form.querySelector("[data-count-now]");
  const length = [...words.value.trim()].length;
  now.textContent = length;
  now.parentElement.classList.toggle("is-over", length > Number(words.dataset.count));
};

const write = (form, words) => {
  words.addEventListener("input", () => count(form, words));
  count(form, words);
  form.addEventListener("click", (event) => {
    const saying = event.target.closest(".pp-saying");
    if (saying) {
      event.preventDefault();
      useSaying(form, words, saying);
    }
    const theme = event.target.closest(".pp-theme");
    if (theme) {
      event.preventDefault();
      const search = form.querySelector("#cari");
      search.value = search.value === theme.value ? "" : theme.value; // a second tap shows all again
      search.dispatchEvent(new Event("kata-tema", { bubbles: true }));
    }
  });
  const bank = form.querySelector("#bank");
  bank.addEventListener("htmx:beforeRequest", () => {
    const asked = form.querySelector("#cari").value;
    for (const theme of bank.querySelectorAll(".pp-theme")) theme.setAttribute("aria-pressed", String(theme.value === asked));
  });
  bank.addEventListener("toggle", ({ target }) => {
    if (target.open) target.querySelector(".panel").scrollIntoView({ block: "start" });
  });
  // Enter in the search asks the bank; it must not send the card.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.id === "cari") event.preventDefault();
  });
};

const useSaying = (form, words, button) => {
  words.value = button.dataset.words;
  form.elements.source.value = button.dataset.source;
  form.elements.origin.value = "lain";
  form.elements.alt_text.value = "";
  form.querySelector("#bank").open = false;
  told(words);
  words.focus({ preventScroll: true });
  words.scrollIntoView({ block: "center" });
};

// A swipe across the card turns to the next template, as its arrows do.
const swipe = (form) => {
  const stage = form.querySelector("#panggung");
  let from = null;
  stage.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 && event.target.closest(".pp-card") ? event.touches[0] : null;
  }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    if (!from) return;
    const [across, down] = [event.changedTouches[0].clientX - from.clientX, event.changedTouches[0].clientY - from.clientY];
    from = null;
    if (Math.abs(across) < SWIPE || Math.abs(across) < 2 * Math.abs(down)) return;
    const arrows = stage.querySelectorAll(".pp-switch button");
    arrows[across > 0 ? 0 : arrows.length - 1]?.click();
  }, { passive: true });
  // The little cards say which of them stands large.
  stage.addEventListener("htmx:afterSwap", () => {
    const { size } = stage.querySelector(".pp-card").dataset;
    for (const little of form.querySelectorAll(".pp-size")) {
      little.setAttribute("aria-pressed", String(little.value === `ukuran-${size}`));
    }
  });
};

// A tapped template counts from the tap on, also when its picture never comes because something else was sent at once:
// the card is then not sent before that picture has been seen.
const pick = (form) => {
  form.addEventListener("click", ({ target }) => {
    const [deed, chosen] = target.closest('button[name="aksi"]')?.value.split("-") ?? [];
    if (deed === "templat" && chosen) form.elements.template.value = chosen;
  });
};

// A finding's link leads to its field, also when that lies in a closed fold.
const mend = (form) => {
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".finding-mends a");
    const goal = link?.hash && form.querySelector(link.hash);
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
};

// A chosen file goes to the server at once, so that it is seen on the card.
const carry = (form) => {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    form.querySelector('button[value="pratinjau"]').click();
  });
};

// Every button of the form goes by fetch: when the line drops the page stays, says so, and the same button goes again.
const press = (form, settled) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault(); // also keeps ui/app.js from marking the form as gone
    if (form.dataset.sent) return;
    const button = event.submitter;
    const free = busy(form, button);
    line(form, "");
    if (button?.value === "kirim") await settled();
    try {
      const body = new FormData(form, button);
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout?.(PATIENCE) });
      if (answer.type === "opaqueredirect") {
        forget();
        location.assign(location.pathname); // written: the page now says what the server has
        return;
      }
      const kind = answer.headers.get("Content-Type") ?? "";
      if (!kind.startsWith("text/html") || answer.status === 403 || answer.status === 413) throw new Error(String(answer.status));
      show(await answer.text());
    } catch {
      free();
      const sending = navigator.onLine ? form.dataset.notSent : form.dataset.noLine;
      line(form, button?.value === "kirim" ? sending : form.dataset.notGone);
    }
  });
};

const quiet = (form) => {
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(name, (event) => {
      event.stopPropagation(); // ui/app.js would scroll away from what is being typed
      if (event.detail.elt?.matches("button")) line(form, form.dataset.notGone);
    });
  }
};

const busy = (form, button) => {
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
  const words = button?.querySelector("[data-words]");
  const before = words?.textContent;
  if (words) words.textContent = form.dataset.busy;
  return () => {
    delete form.dataset.sent;
    button?.removeAttribute("aria-busy");
    if (words) words.textContent = before;
  };
};

const line = (form, said) => {
  const place = form.querySelector("#sambungan");
  place.textContent = said;
  place.hidden = !said;
};

// What the server answered takes the place of what is there; the page's own scripts stay.
const show = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("#isi");
  if (!main) throw new Error("no page");
  document.title = page.title;
  document.querySelector("#isi").replaceWith(main);
  htmx.process(main);
  document.querySelector("[data-focus]")?.focus({ preventScroll: true });
  begin();
};

begin();
