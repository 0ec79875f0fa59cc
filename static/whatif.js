// The link to a supposition is copied by a button; without this the field can be copied by hand.
(() => {
  const field = document.querySelector("[data-link]");
  const button = document.querySelector("[data-copy]");
  if (!field || !button) return;
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    document.querySelector("[data-copied]").textContent = button.dataset.copy;
  });
})();
