// The picture of a page that did not come is asked for once more; then its place says so.
const WAIT = 6000; // longer than the server asks for in Retry-After

function missed(picture) {
  if (picture.dataset.again) {
    const words = document.createElement("span");
    words.className = "page-missed quiet";
    words.textContent = picture.dataset.missed;
    picture.replaceWith(words);
    return;
  }
  picture.dataset.again = "1";
  const address = new URL(picture.src);
  address.searchParams.set("lagi", "1");
  setTimeout(() => { picture.src = address.href; }, WAIT);
}

for (const picture of document.querySelectorAll("img[data-missed]")) {
  picture.addEventListener("error", () => missed(picture));
  // One that failed before this file was read gives no second event.
  if (picture.complete && picture.currentSrc && !picture.naturalWidth) missed(picture);
}
