// The board: a turn or a person is held by mouse, finger or Enter, and put down where the page says it may go.
// The rules come with the page: `data-cells` has for each week the reason against it, or the weeks of rest (0: none).
const board = document.querySelector("[data-board]");
const words = JSON.parse(document.getElementById("kata-papan")?.textContent ?? "{}");
const bar = board?.querySelector("[data-picked]");
const panel = board?.querySelector("[data-panel]");
const FAR = 6; // pixels before a press becomes a drag
const EDGE = 70; // pixels from the window's edge where the page begins to scroll

let held = null;
let drag = null;
let quiet = false;
let listed = false; // the people beside the board are those for the turn that is held

const cells = (item) => (item.read ??= JSON.parse(item.dataset.cells));
const isTurn = (item) => item.dataset.duty !== undefined;
const fill = (key, name, number = "") => words[key].replace("%n", name).replace("%w", number);
const restWords = (rest) => (rest ? fill("rest", "", rest) : words.only);

// What it would mean for the holder of `item` to serve in a week.
const seen = (item, week) => {
  const cell = cells(item)[week];
  const against = typeof cell === "string" ? fill(cell, item.dataset.name.split(" ")[0]) : "";
  return { against, rest: against ? 0 : cell };
};

const verdict = (one, other) => {
  if (!isTurn(one)) return isTurn(other) ? verdict(other, one) : null;
  if (!isTurn(other)) {
    const { against, rest } = seen(other, one.dataset.week);
    const turns = fill("turns", "", Number(other.dataset.turns) + 1);
    return { allowed: !against, text: against || (rest ? `${turns}, ${restWords(rest)}` : turns) };
  }
  if (one.dataset.week === other.dataset.week) return { allowed: false, text: words.same };
  const sides = [seen(one, other.dataset.week), seen(other, one.dataset.week)];
  const against = sides.map((side) => side.against).filter(Boolean);
  const rests = sides.map((side) => side.rest).filter(Boolean);
  return { allowed: !against.length, text: against.join(", ") || restWords(rests.length ? Math.min(...rests) : 0) };
};

const items = () => [...board.querySelectorAll("[data-item]")];

const paint = () => {
  for (const item of items()) {
    const found = held && item !== held ? verdict(held, item) : null;
    item.classList.toggle("is-held", item === held);
    item.classList.toggle("is-open", found?.allowed === true);
    item.classList.toggle("is-shut", found?.allowed === false);
    item.classList.remove("is-under");
    const effect = item.querySelector("[data-effect]");
    effect.textContent = effect.title = found?.text ?? "";
    item.setAttribute("aria-pressed", String(item === held));
    if (found && !found.allowed) item.setAttribute("aria-disabled", "true");
    else item.removeAttribute("aria-disabled");
  }
};

const people = (turn) => {
  listed = turn !== null;
  const address = board.dataset.people + (turn ? `&untuk=${turn.dataset.duty}` : "");
  htmx.ajax("GET", address, { source: "#orang", target: "#orang", swap: "outerHTML" });
};

const hold = (item) => {
  held = item;
  paint();
  bar.hidden = false;
  bar.querySelector("[data-say]").textContent = fill("picked", item.dataset.name);
  const list = bar.querySelector("[data-list]");
  list.hidden = !isTurn(item);
  if (isTurn(item)) list.href = `${board.dataset.change}?giliran=${item.dataset.duty}`;
};

const release = () => {
  const before = held;
  held = null;
  paint();
  bar.hidden = true;
  if (listed) people(null);
  return before;
};

const ask = async (one, other) => {
  const [turn, to] = isTurn(one) ? [one, other] : [other, one];
  const given = new URLSearchParams({ giliran: turn.dataset.duty });
  given.set(isTurn(to) ? "dengan" : "kepada", isTurn(to) ? to.dataset.duty : to.dataset.person);
  const address = `${board.dataset.change}?${given}`;
  const answer = await fetch(address, { headers: { "HX-Target": "panel-isi" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return void location.assign(address);
  panel.querySelector("#panel-isi").innerHTML = await answer.text();
  if (held && !panel.open) panel.showModal();
  return undefined;
};

// A tap, a click, Enter: the first takes hold, the second puts down.
const press = (item) => {
  if (held === item) return void release()?.focus();
  if (held && verdict(held, item)?.allowed) return void ask(held, item);
  if (held && verdict(held, item)) return undefined; // dimmed: the reason stands on it
  hold(item);
  if (isTurn(item)) people(item);
  return undefined;
};

const under = (event) => {
  const item = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-item]");
  return item && item !== drag.item ? item : null;
};

const begin = (event) => {
  hold(drag.item);
  drag.ghost = drag.item.cloneNode(true);
  drag.ghost.classList.add("rs-ghost");
  for (const name of ["data-item", "aria-pressed"]) drag.ghost.removeAttribute(name);
  drag.ghost.querySelector("[data-effect]").textContent = "";
  document.body.append(drag.ghost);
  document.body.classList.add("is-dragging");
  drag.on = true;
  scroll(event);
};

const scroll = () => {
  if (!drag?.on) return;
  if (drag.y < EDGE) scrollBy(0, -8);
  else if (drag.y > innerHeight - EDGE) scrollBy(0, 8);
  requestAnimationFrame(scroll);
};

const move = (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  drag.y = event.clientY;
  if (!drag.on && Math.hypot(event.clientX - drag.fromX, event.clientY - drag.fromY) < FAR) return;
  if (!drag.on) begin(event);
  drag.ghost.style.transform = `translate(${event.clientX - 24}px, ${event.clientY - 22}px)`;
  const over = under(event);
  for (const item of board.querySelectorAll(".is-under")) item.classList.toggle("is-under", item === over);
  if (over?.classList.contains("is-open")) over.classList.add("is-under");
};

const stop = (event, dropped) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { item, on, ghost } = drag;
  const over = on && dropped ? under(event) : null;
  drag = null;
  if (!on) return;
  ghost.remove();
  document.body.classList.remove("is-dragging");
  quiet = true; // the click that ends a drag is not a tap
  setTimeout(() => (quiet = false), 0);
  if (over && verdict(item, over)?.allowed) ask(item, over);
  else release();
};

const start = (event) => {
  const item = event.target.closest("[data-item]");
  if (!item || event.button !== 0 || (event.pointerType === "touch" && !event.target.closest("[data-grip]"))) return;
  drag = { item, pointer: event.pointerId, fromX: event.clientX, fromY: event.clientY, y: event.clientY, on: false };
};

const step = (event) => {
  const item = event.target.closest("[data-item]");
  if (!item) return;
  if (event.key === " " || event.key === "Enter") {
    event.preventDefault();
    press(item);
  }
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const way = held ? items().filter((one) => one === held || one.classList.contains("is-open")) : items();
  way[(way.indexOf(item) + by + way.length) % way.length]?.focus();
};

if (board && bar) {
  for (const item of items()) item.setAttribute("role", "button");
  board.addEventListener("pointerdown", start);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", (event) => stop(event, true));
  document.addEventListener("pointercancel", (event) => stop(event, false));
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("click", (event) => {
    const item = event.target.closest("[data-item]");
    const close = event.target.closest("[data-close]");
    if (item || close || event.target.closest("[data-drop]")) event.preventDefault();
    if (event.defaultPrevented && !item) panel.close();
    if (item && !quiet) press(item);
    if (event.target.closest("[data-drop]")) release()?.focus();
  });
  board.addEventListener("keydown", step);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held && !panel.open) release()?.focus();
  });
  panel.addEventListener("close", () => release()?.focus());
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "orang") return;
    for (const item of event.target.querySelectorAll("[data-item]")) item.setAttribute("role", "button");
    paint();
  });
}
