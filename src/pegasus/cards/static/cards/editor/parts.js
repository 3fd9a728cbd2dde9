// The lines of a text box: what each says and how it looks.
import { meant, shown } from "./blanks.js";
import { rows, valueOf, write } from "./fields.js";
import { patched } from "./paths.js";

// The font files there are: a weight between two of them shows as the nearer, heavier one.
const lookOf = ({ weight = 400, style = "normal" }) => {
  if (style === "italic") return "400 italic";
  return weight >= 700 ? "800 normal" : weight >= 500 ? "600 normal" : "400 normal";
};

export const createParts = (root, { one, dispatch, words, fonts }) => {
  const pattern = root.querySelector("[data-part-row]");
  const list = root.querySelector("[data-parts]");

  const put = (element, parts, tag) => dispatch({ type: "patch", ids: [element.id], fields: { parts }, tag });

  const fieldsOf = (field, part) => {
    const name = field.dataset.part;
    if (name === "text") return { text: meant(field.value, part.join) };
    if (name !== "look") return { [name]: valueOf(field, part[name]) };
    const [weight, style] = field.value.split(" ");
    return { weight: Number(weight), style };
  };

  root.addEventListener("input", ({ target }) => {
    const { part: name } = target.dataset;
    if (!name) return;
    const element = one();
    const index = Number(target.closest("[data-index]").dataset.index);
    const fields = fieldsOf(target, element.parts[index]);
    if (Object.values(fields).includes(null)) return;
    const parts = element.parts.map((part, at) => (at === index ? patched(part, fields) : part));
    put(element, parts, name === "look" ? "" : `part ${name} ${index} ${element.id}`);
  });

  root.addEventListener("click", ({ target }) => {
    const element = one();
    if (target.closest("[data-part-add]") && element) {
      const last = element.parts.at(-1) ?? {};
      const fresh = { font: last.font ?? fonts()[0], weight: 400, colour: last.colour ?? "#16325c", leading: 0.5 };
      put(element, [...element.parts, { ...fresh, text: words.text, scale: 0.6, above: 16 }]);
      list.lastElementChild?.querySelector("textarea")?.select();
    } else if (target.closest("[data-part-remove]") && element?.parts.length > 1) {
      const index = Number(target.closest("[data-index]").dataset.index);
      put(element, element.parts.filter((_, at) => at !== index));
    }
  });

  const ready = (row) => {
    for (const field of row.querySelectorAll("[data-fonts]")) field.append(...fonts().map((font) => new Option(font)));
  };

  return {
    fill: (element, force) => {
      rows(list, pattern, element.parts.length, ready);
      element.parts.forEach((part, index) => {
        const row = list.children[index];
        row.querySelector("[data-part-remove]").hidden = element.parts.length === 1;
        row.querySelector("[data-number-of]").textContent = words.row_of.replace("%s", index + 1);
        for (const only of row.querySelectorAll("[data-later]")) only.hidden = index === 0;
        for (const field of row.querySelectorAll("[data-part]")) {
          const name = field.dataset.part;
          if (name === "text") write(field, shown(part), force);
          else if (name === "look") write(field, lookOf({ ...element, ...part }), force);
          else write(field, part[name] ?? element[name] ?? (name === "font" ? fonts()[0] : undefined), force);
        }
      });
    },
  };
};
