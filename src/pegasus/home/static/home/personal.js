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

if (document.querySelector("[data-open-folds]")) {
  for (const fold of form.querySelectorAll("details.fold:has(.field-error)")) fold.open = true;
}
