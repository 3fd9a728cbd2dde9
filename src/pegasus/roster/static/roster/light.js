// A person's other turns light up while one of them is pointed at or focused.
const light = (event) => {
  const person = event.target.closest?.("[data-person]")?.dataset.person;
  for (const place of document.querySelectorAll("[data-person]")) {
    place.classList.toggle("is-lit", person !== undefined && place.dataset.person === person);
  }
};

for (const name of ["pointerover", "focusin"]) document.addEventListener(name, light);
