// Who comes back from WhatsApp sees at once that the message is open: "Sudah saya kirim" or "Batal".
let opened = false;
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-opens]")) opened = true;
});
document.addEventListener("visibilitychange", () => {
  if (opened && document.visibilityState === "visible") location.reload();
});
