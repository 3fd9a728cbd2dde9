// The list of layers: a listbox that mirrors the canvas, the top layer first.
import { textOf } from "./blanks.js";
import { boxOf } from "./state.js";

export const createLayers = (root, { dispatch, words }) => {
  const list = root.querySelector("[data-list]");
  const pattern = root.querySelector("[data-row]");
  const none = root.querySelector("[data-none]");
  let rows = [];
  let at = null; // the row that the arrows stand on
  let carried = null;

  const label = (element) => element.name || (element.kind === "text" && textOf(element).slice(0, 40)) || words[element.kind] || element.kind;

  const rowFor = (element, state, wrong) => {
    const row = pattern.content.firstElementChild.cloneNode(true);
    const says = [label(element)];
    const place = boxOf(element, state);
    row.id = `lapisan-${element.id}`;
    row.dataset.id = element.id;
    row.querySelector("[data-label]").textContent = label(element);
    for (const icon of row.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== element.kind;
    const flags = { locked: element.locked, hidden: element.hidden, away: !place && !element.hidden, wrong };
    for (const [flag, on] of Object.entries(flags)) {
      row.querySelector(`[data-flag="${flag}"]`).classList.toggle("is-set", Boolean(on));
      if (on) says.push(words[`is_${flag}`]);
    }
    row.classList.toggle("is-faint", Boolean(element.hidden || !place));
    row.setAttribute("aria-selected", String(state.selected.includes(element.id)));
    row.setAttribute("aria-label", says.join(", "));
    return row;
  };

  const show = (state, wrong) => {
    rows = state.design.elements.toReversed();
    if (!rows.some(({ id }) => id === at)) at = null;
    if (state.selected.length && !state.selected.includes(at)) at = state.selected.at(-1);
    list.replaceChildren(...rows.map((element) => rowFor(element, state, wrong.has(element.id))));
    none.hidden = rows.length > 0;
    mark();
  };

  const mark = () => {
    for (const row of list.children) row.classList.toggle("is-at", row.dataset.id === at);
    const row = at && document.getElementById(`lapisan-${at}`);
    if (!row) {
      list.removeAttribute("aria-activedescendant");
      return;
    }
    list.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  };

  const go = (index, add) => {
    if (!rows.length) return;
    at = rows[Math.min(Math.max(index, 0), rows.length - 1)].id;
    if (!add) dispatch({ type: "select", ids: [at] });
    mark();
  };

  list.addEventListener("keydown", (event) => {
    const here = rows.findIndex(({ id }) => id === at);
    const to = { ArrowDown: here + 1, ArrowUp: here < 0 ? rows.length - 1 : here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) go(to, event.ctrlKey || event.metaKey);
    else if (event.key === " " && at) dispatch({ type: "select", ids: [at], add: true });
    else if (event.key === "Enter" && at) root.dispatchEvent(new CustomEvent("editor:open", { bubbles: true }));
    else return;
    event.preventDefault();
    event.stopPropagation(); // the arrows move through the list here, not the element
  });

  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-id]");
    if (!row) return;
    const { id } = row.dataset;
    const element = rows.find((one) => one.id === id);
    const flag = event.target.closest("[data-toggle]")?.dataset.toggle;
    at = id;
    if (flag) dispatch({ type: "patch", ids: [id], fields: { [flag]: !element[flag] || undefined } });
    else dispatch({ type: "select", ids: [id], add: event.shiftKey || event.ctrlKey || event.metaKey });
  });
  list.addEventListener("dblclick", () => root.dispatchEvent(new CustomEvent("editor:open", { bubbles: true })));

  list.addEventListener("dragstart", (event) => {
    carried = event.target.closest("[data-id]")?.dataset.id ?? null;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  const under = (event) => carried && event.target.closest("[data-id]");
  list.addEventListener("dragover", (event) => {
    const row = under(event);
    for (const one of list.children) one.classList.toggle("is-target", one === row && one.dataset.id !== carried);
    if (row) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    const row = under(event);
    if (!row || row.dataset.id === carried) return;
    event.preventDefault();
    const order = rows.map(({ id }) => id).toReversed();
    const to = order.indexOf(row.dataset.id);
    dispatch({ type: "order", ids: [carried], to });
  });
  list.addEventListener("dragend", () => {
    carried = null;
    for (const one of list.children) one.classList.remove("is-target");
  });

  return { show, label };
};
