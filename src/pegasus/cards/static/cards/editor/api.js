// What goes to the server: the working draft as one changes it, and the picture of it.
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

export const send = (address, body) =>
  fetch(address, {
    method: "POST",
    credentials: "same-origin",
    headers: body instanceof FormData ? { "X-CSRFToken": token() } : { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: body instanceof FormData ? body : JSON.stringify(body),
  });

export const read = async (answer) => {
  try {
    return await answer.json();
  } catch {
    return {}; // a page instead of data: the status says enough
  }
};

// One request at a time; what was asked meanwhile follows, only the last of it.
const oneByOne = (run) => {
  let busy = false;
  let next = null;
  const go = async () => {
    if (busy || !next) return;
    busy = true;
    const job = next;
    next = null;
    try {
      await run(job);
    } finally {
      busy = false;
      go();
    }
  };
  return {
    ask: (job) => {
      next = job;
      go();
    },
    isBusy: () => busy || next !== null,
  };
};

// Pictures of the design, as fast as they come; `show` gets the SVG's text and how long it took.
export const previews = (address, { show, fail }) => {
  const line = oneByOne(async (body) => {
    const began = performance.now();
    try {
      const answer = await send(address, body);
      if (answer.ok) show(await answer.text(), performance.now() - began);
      else fail(answer.status, await read(answer));
    } catch {
      fail(0, {});
    }
  });
  return line.ask;
};

// Keeps the draft: a moment after each change, again after a lost connection, never over somebody else's work.
export const drafts = (address, { stamp, tell }) => {
  const PAUSE = 700;
  const AGAIN = 5000;
  let known = stamp;
  let timer = 0;
  let waiting = null;
  let halted = false;
  const line = oneByOne(async (body) => {
    tell("saving");
    let answer;
    try {
      answer = await send(address, { ...body, stamp: known });
    } catch {
      waiting ??= body;
      tell("offline");
      timer = setTimeout(flush, AGAIN);
      return;
    }
    const found = await read(answer);
    if (answer.ok) {
      known = found.stamp;
      tell(waiting ? "waiting" : "saved", found);
    } else if (answer.status === 409) {
      halted = true;
      waiting ??= body;
      tell("conflict", found);
    } else if (answer.status === 422) {
      tell("invalid", found);
    } else {
      waiting ??= body;
      tell(answer.status === 401 || answer.status === 403 ? "refused" : "offline", found);
      if (answer.status >= 500) timer = setTimeout(flush, AGAIN);
    }
  });
  const flush = () => {
    clearTimeout(timer);
    if (halted || !waiting) return;
    const body = waiting;
    waiting = null;
    line.ask(body);
  };
  return {
    keep: (body) => {
      waiting = body;
      if (halted) return;
      tell("waiting");
      clearTimeout(timer);
      timer = setTimeout(flush, PAUSE);
    },
    flush,
    isDirty: () => waiting !== null || line.isBusy(),
    // After a conflict: go on from the newer stamp, with our own or with theirs.
    resume: (fresh, mine) => {
      halted = false;
      known = fresh;
      if (!mine) waiting = null;
      flush();
    },
    stamp: () => known,
  };
};
