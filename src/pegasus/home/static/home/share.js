// Share the picture through the phone's own sheet: files only, because WhatsApp on iOS drops the picture beside a text.
// The caption goes to the clipboard in the same tap. A resolved share is no proof of sending, only of opening.
const page = document.querySelector("[data-share]");
const button = page.querySelector("[data-share-button]");
const state = page.querySelector("[data-share-state]");
const caption = document.querySelector("#caption").value;
let file = null;

const noteOpened = () => {
  const body = new FormData();
  body.set("deed", "opened");
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  fetch(location.href, { method: "POST", body, keepalive: true }).catch(() => {}); // the page works without it
};

const prepare = async () => {
  const answer = await fetch(page.dataset.picture);
  if (!answer.ok) return;
  const blob = await answer.blob();
  const picture = new File([blob], page.dataset.filename, { type: blob.type });
  if (!navigator.canShare?.({ files: [picture] })) return;
  file = picture;
  for (const part of page.querySelectorAll("[data-share-sticky], [data-share-help]")) part.hidden = false;
  page.querySelector("[download]").classList.replace("btn-primary", "btn-outline-primary");
};

const share = async () => {
  noteOpened();
  const copied = (navigator.clipboard?.writeText(caption) ?? Promise.reject(new Error("no clipboard"))).then(
    () => page.dataset.copied,
    () => page.dataset.notCopied,
  );
  try {
    await navigator.share({ files: [file] });
    state.textContent = await copied;
    document.querySelector("#bukti").scrollIntoView({ block: "start" });
  } catch (refusal) {
    state.textContent = refusal.name === "AbortError" ? page.dataset.cancelled : await copied;
  }
};

button.addEventListener("click", share);
for (const link of page.querySelectorAll("[data-share-opens]")) link.addEventListener("click", noteOpened);
prepare().catch(() => {}); // without a picture the download stays
