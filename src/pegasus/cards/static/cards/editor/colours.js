// Colours of a design: read, and offered as swatches beside every colour field.
export const solid = (colour) => (/^#[0-9a-f]{6}/i.test(colour ?? "") ? colour.slice(0, 7).toLowerCase() : "");

const MOST = 8;

const coloursIn = (thing, found = new Map()) => {
  if (typeof thing === "string" && solid(thing)) found.set(solid(thing), (found.get(solid(thing)) ?? 0) + 1);
  else if (thing && typeof thing === "object") for (const value of Object.values(thing)) coloursIn(value, found);
  return found;
};

const pick = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

export const createColours = (root, { design, brand, words }) => {
  const swatch = (colour) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ed-swatch";
    button.dataset.swatch = colour;
    button.setAttribute("aria-label", words.colour.replace("%s", colour));
    button.style.backgroundColor = colour;
    return button;
  };

  const fieldBeside = (target) => target.closest("[data-colour]").querySelector("input[type=color]");

  root.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-swatch]");
    if (!chosen) return;
    const field = fieldBeside(chosen);
    pick(field, chosen.dataset.swatch);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  root.addEventListener("input", ({ target }) => {
    if (target.dataset.hexFor === undefined || !/^#[0-9a-f]{6}$/i.test(target.value)) return;
    pick(fieldBeside(target), target.value);
  });

  return {
    // The office's colours first, then those that the design uses most.
    fill: () => {
      const used = [...coloursIn(design())].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
      const all = [...new Set([...brand().colours.map(solid), ...used].filter(Boolean))].slice(0, MOST);
      for (const place of root.querySelectorAll("[data-swatches]")) {
        if (place.dataset.made === all.join()) continue;
        place.dataset.made = all.join();
        place.replaceChildren(...all.map(swatch));
      }
    },
  };
};
