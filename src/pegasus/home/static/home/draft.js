// When the line drops, what is typed waits on this device; it goes again once the server has it.
const LEFT = new Set(["csrfmiddlewaretoken", "cari", "size", "template", "gambar", "lanjut", "nama", "terkirim", "hapus_foto"]);
const STAND = "Pegasus-Stand";

const typedIn = (form) => {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !LEFT.has(name) && !name.startsWith("letak-")) found[name] = value;
  }
  return found;
};

const key = () => `pegasus:${location.pathname}`;

export const forget = () => {
  try {
    localStorage.removeItem(key());
  } catch {}
};

const waiting = () => {
  try {
    return JSON.parse(localStorage.getItem(key()));
  } catch {
    return null;
  }
};

export const drawer = (form, saved, settle, say) => {
  const keep = () => {
    try {
      localStorage.setItem(key(), JSON.stringify({ stand: saved.dataset.stand, typed: typedIn(form) }));
    } catch {} // no room, or not allowed: the server still keeps the draft
  };

  const restore = () => {
    const kept = waiting();
    // Somebody wrote on from another device meanwhile: the server's draft counts.
    if (!form.isConnected || kept?.stand !== saved.dataset.stand) return;
    const now = typedIn(form);
    const changed = Object.keys(kept.typed).filter((name) => form.elements[name] && now[name] !== kept.typed[name]);
    if (!changed.length) return;
    for (const name of changed) form.elements[name].value = kept.typed[name];
    saved.textContent = saved.dataset.restored;
    settle();
  };

  form.addEventListener("input", keep);
  form.addEventListener("htmx:afterRequest", (event) => {
    const stand = event.detail.xhr?.getResponseHeader(STAND);
    if (!stand) return;
    saved.dataset.stand = stand; // from now on this device goes on from here
    if (event.target === saved) {
      forget();
      say("");
    } else if (waiting()) keep();
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    saved.addEventListener(name, () => {
      keep();
      say(saved.dataset.offline);
    });
  }
  // Back on the line: what waits here goes to the server by itself.
  window.addEventListener("online", () => {
    if (form.isConnected && waiting()) settle();
  });
  // htmx listens once the page is ready; what is restored must reach it.
  if (document.readyState === "complete") setTimeout(restore, 100);
  else window.addEventListener("load", () => setTimeout(restore, 100));
};
