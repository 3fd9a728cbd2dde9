// Keeping the draft: what the page says about it, what to do when somebody else saved, publishing, old versions.
import { drafts, read, send } from "./api.js";
import { createVersions } from "./versions.js";

const LONGEST_WAIT = 5000;
const STEP = 50;

export const fill = (text, facts) => text.replace(/%(\w)/g, (whole, key) => facts[key] ?? whole);

const clock = () => new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" }).format(new Date());

export const createKeeping = (page, addresses, { words, dispatch, blame, isBlamed }) => {
  const find = (name) => page.querySelector(`[data-${name}]`);
  const stateLine = find("state");
  let draft = null; // there once the design has been read
  let newer = null;

  const banner = (text, { conflict = false, late = false } = {}) => {
    find("banner").hidden = !text;
    find("banner").classList.toggle("is-late", late);
    find("banner-text").textContent = text;
    find("if-conflict").hidden = !conflict;
  };

  const tell = (what, found = {}) => {
    stateLine.textContent = fill(words[what] ?? "", { s: clock() });
    stateLine.dataset.is = what;
    if (what === "invalid") blame(found.errors);
    if (what === "refused") banner(words.refused, { late: true });
    if (what === "conflict") {
      newer = found.stamp;
      banner(words.conflict, { conflict: true, late: true });
    }
    if (what === "saved" && isBlamed()) blame([]);
  };

  const load = async () => read(await fetch(addresses.design, { headers: { Accept: "application/json" } }));

  const restore = async (version) => {
    draft.flush();
    const answer = await send(addresses.restore, { version, stamp: draft.stamp() });
    const now = await read(answer);
    if (!answer.ok) return tell(answer.status === 409 ? "conflict" : "offline", now);
    draft.resume(now.stamp, false);
    dispatch({ type: "whole", fields: now.design });
    return banner(now.said);
  };
  const versions = createVersions(document.querySelector('[data-dialog="versions"]'), { words, fill, read: load, restore });

  // Everything that waits goes first; what is published is what one sees.
  const settled = async () => {
    dispatch({ type: "settle" });
    draft.flush();
    for (let waited = 0; waited < LONGEST_WAIT && draft.isDirty(); waited += STEP) {
      await new Promise((done) => setTimeout(done, STEP));
    }
    return !draft.isDirty() && !["invalid", "conflict", "offline", "refused"].includes(stateLine.dataset.is);
  };

  const publish = async () => {
    const button = page.querySelector('[data-do="publish"]');
    button.setAttribute("aria-busy", "true");
    try {
      const answer = (await settled()) && (await send(addresses.publish, { stamp: draft.stamp() }));
      const found = answer ? await read(answer) : {};
      if (answer?.ok) return banner(found.said);
      if (found.errors) blame(found.errors);
      return banner(words.not_published, { late: true });
    } catch {
      return banner(words.not_published, { late: true });
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  addEventListener("beforeunload", (event) => {
    if (draft?.isDirty()) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) draft?.flush();
  });

  return {
    load,
    begin: (stamp) => {
      draft = drafts(addresses.design, { stamp, tell });
    },
    keep: (body) => draft?.keep(body),
    does: {
      publish,
      save: () => draft?.flush(),
      versions: () => versions.open(),
      hush: () => banner(""),
      theirs: async () => {
        const now = await load();
        dispatch({ type: "load", ...now });
        draft.resume(now.stamp, false);
        tell("saved");
        banner("");
      },
      mine: () => {
        banner("");
        draft.resume(newer, true);
      },
    },
  };
};
