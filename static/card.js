// The button that prints the sheet; without JavaScript it stays away, and the browser's own command prints.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
