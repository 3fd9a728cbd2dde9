// Who comes back from WhatsApp finds the message marked as opened, with "Sudah saya kirim" and "Batal".
const AFTER_THE_TAP = 1500;
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-opens]")) setTimeout(() => location.reload(), AFTER_THE_TAP);
});
