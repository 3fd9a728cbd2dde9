// What every page may use: the theme switch, menus that close, copy buttons, busy forms, words when the line is down.
const chosenTheme = () => {
  try {
    return localStorage.getItem("tampilan") ?? "auto";
  } catch {
    return "auto";
  }
};

const markTheme = (name) => {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === name));
  }
};

const say = (text) => {
  const place = document.querySelector("[data-notices]");
  if (!place || !text) return;
  const notice = document.createElement("p");
  notice.className = "notice is-late";
  notice.textContent = text;
  place.replaceChildren(notice);
  place.scrollIntoView({ block: "nearest" });
};

const copy = async (button) => {
  const source = document.querySelector(button.dataset.copy);
  const text = source.value ?? source.textContent.trim();
  const words = button.querySelector("[data-copy-words]") ?? button;
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    source.focus();
    source.select?.();
    document.execCommand("copy"); // an address without TLS has no clipboard
  }
  words.textContent = button.dataset.copied ?? before;
  setTimeout(() => {
    words.textContent = before;
  }, 2500);
};

document.addEventListener("click", (event) => {
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) {
    dispatchEvent(new CustomEvent("pegasus:theme", { detail: theme.dataset.themeChoice }));
    markTheme(theme.dataset.themeChoice);
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier);
  const printer = event.target.closest("[data-print]");
  if (printer) print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// <form data-busy="Sedang disimpan…">: the button says so, and a second tap does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.busy === undefined || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (form.dataset.busyShow) document.querySelector(form.dataset.busyShow).hidden = false;
  const button = event.submitter ?? form.querySelector("[type=submit]");
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  const words = button.querySelector("[data-words]") ?? button;
  button.dataset.wordsBefore = words.textContent;
  if (form.dataset.busy) words.textContent = form.dataset.busy;
});

// Coming back by the browser's back button shows the page as it was: make its forms usable again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      (button.querySelector("[data-words]") ?? button).textContent = button.dataset.wordsBefore;
    }
  }
});

document.addEventListener("htmx:beforeRequest", () => document.body.classList.add("htmx-request"));
document.addEventListener("htmx:afterRequest", () => document.body.classList.remove("htmx-request"));
document.addEventListener("htmx:responseError", () => say(document.body.dataset.wordsRefused));
document.addEventListener("htmx:sendError", () => say(document.body.dataset.wordsOffline));

markTheme(chosenTheme());
document.querySelector("[data-focus]")?.focus();
