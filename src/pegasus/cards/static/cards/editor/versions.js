// The list of versions, fetched when it is opened; each can come back as the draft.
export const createVersions = (dialog, { words, fill, read, restore }) => {
  const list = dialog.querySelector("[data-version-list]");
  const none = dialog.querySelector("[data-version-none]");
  const pattern = dialog.querySelector("[data-version-row]");

  const row = ({ version, when, by, is_current: current, shown }) => {
    const item = pattern.content.firstElementChild.cloneNode(true);
    item.querySelector("img").src = shown;
    item.querySelector("[data-version-name]").textContent = fill(current ? words.version_now : words.version, { s: version });
    item.querySelector("[data-version-when]").textContent = [by, when].filter(Boolean).join(" · ");
    item.querySelector("[data-version-restore]").addEventListener("click", async () => {
      await restore(version);
      dialog.close();
    });
    return item;
  };

  return {
    open: async () => {
      const { versions = [] } = await read();
      list.replaceChildren(...versions.map(row));
      none.hidden = versions.length > 0;
      dialog.showModal();
    },
  };
};
