// Pictures: chosen among those the office has, or brought from this computer; what is dropped on the card is brought.
import { read, send } from "./api.js";

const FITTING = /^image\/|pdf$/;

export const createPictures = (page, address, { words, samplePhoto, brand }) => {
  const chooser = page.querySelector("[data-file]");
  const note = page.querySelector("[data-note]");
  const dialog = document.querySelector('[data-dialog="pictures"]');
  const shelf = dialog.querySelector("[data-shelf]");
  let known = [];
  let pending = null; // what to do with the picture that is being chosen

  const upload = async (file) => {
    note.textContent = words.uploading;
    const body = new FormData();
    body.append("file", file);
    try {
      const answer = await send(address, body);
      const found = await read(answer);
      note.textContent = answer.ok ? "" : found.errors?.map(({ text }) => text).join(" ") || words.no_picture;
      if (!answer.ok) return null;
      known = [found, ...known.filter((one) => one.file !== found.file)];
      return found;
    } catch {
      note.textContent = words.offline;
      return null;
    }
  };

  const bring = () => {
    chooser.value = "";
    chooser.click();
  };
  chooser.addEventListener("change", async () => {
    dialog.close();
    const found = chooser.files[0] && (await upload(chooser.files[0]));
    if (found) pending?.(found);
  });

  const tile = (picture, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ed-tile";
    button.setAttribute("aria-label", words.picture_number.replace("%s", place + 1));
    const image = document.createElement("img");
    image.loading = "lazy";
    image.alt = "";
    image.src = picture.url;
    button.append(image);
    button.addEventListener("click", () => {
      dialog.close();
      pending?.(picture);
    });
    return button;
  };

  return {
    show: (pictures) => {
      known = pictures;
    },
    // Those that are there first; an office without any goes straight to its own files.
    choose: (then) => {
      pending = then;
      if (!known.length) return bring();
      shelf.replaceChildren(...known.map(tile));
      return dialog.showModal();
    },
    bring,
    dropInto: (root, then) => {
      root.addEventListener("dragover", (event) => event.preventDefault());
      root.addEventListener("drop", async (event) => {
        event.preventDefault();
        const file = [...event.dataTransfer.files].find(({ type }) => FITTING.test(type));
        const found = file && (await upload(file));
        if (found) then(found);
      });
    },
    urlOf: ({ kind, file }) => {
      if (kind === "photo") return samplePhoto;
      if (kind === "logo" && !file) return brand().logo?.url;
      return known.find((one) => one.file === file)?.url;
    },
  };
};
