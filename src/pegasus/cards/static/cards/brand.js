// A file goes up with a bar that tells how far it is. Without this module the form goes its plain way.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const place = form.querySelector("[data-progress]");
  const bar = place.querySelector("progress");
  const said = place.querySelector("[data-said]");
  const faults = form.querySelector("[data-faults]");
  const button = form.querySelector("[type=submit]");

  const refuse = (sentences) => {
    place.hidden = true;
    button.disabled = false;
    faults.replaceChildren(
      ...sentences.map((sentence) => {
        const line = document.createElement("p");
        line.className = "mb-0";
        line.textContent = sentence;
        return line;
      }),
    );
    faults.hidden = false;
    faults.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    faults.hidden = true;
    place.hidden = false;
    bar.value = 0;
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.setRequestHeader("Accept", "application/json");
    sending.responseType = "json";
    sending.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? (loaded / total) * 100 : 0;
      said.textContent = form.dataset.wordsSent.replace("%s", Math.floor(bar.value));
    });
    sending.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      said.textContent = form.dataset.wordsChecked;
    });
    sending.addEventListener("error", () => refuse([form.dataset.wordsLost]));
    sending.addEventListener("load", () => {
      const answer = sending.response ?? {};
      if (sending.status === 201) {
        location.assign(answer.url);
      } else refuse((answer.errors ?? [{ text: form.dataset.wordsLost }]).map(({ text }) => text));
    });
    sending.send(new FormData(form));
  });
}
