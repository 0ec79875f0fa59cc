// A person's records are edited in place: Ctrl+Enter saves, Escape gives up, the focus stays with the work.
(() => {
  const news = () => document.getElementById("record-news");
  let timer = 0;
  const say = (words, wrong) => {
    const place = news();
    if (!place) return;
    place.textContent = words;
    place.classList.toggle("wrong", Boolean(wrong));
    clearTimeout(timer);
    if (words && !wrong) timer = setTimeout(() => say(""), 8000);
  };
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest("form[data-record-form]");
    if (!form) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && form.hasAttribute("hx-post")) {
      event.preventDefault();
      form.querySelector("[data-cancel], [data-remove]")?.click();
    }
  });
  document.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove]");
    if (!remove) return;
    const record = remove.closest("[data-record]");
    const add = document.querySelector(`[data-adds="${record.id}"]`);
    record.remove();
    add?.focus();
  });
  // One form for something new at a time: asking again leads to the one that is open.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const open = document.getElementById(event.detail.elt.dataset?.adds || "-");
    if (!open) return;
    event.preventDefault();
    open.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (new URL(xhr.responseURL, location.href).pathname.startsWith("/accounts/")) {
      event.detail.shouldSwap = false;
      say(news()?.dataset.loggedOut, true);
    } else if (xhr.status === 409 || xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
      say("");
    }
  });
  const lost = (event) => {
    const status = event.detail.xhr?.status ?? 0;
    say(news()?.dataset[status === 403 || status === 404 ? "refused" : "lost"], true);
  };
  document.addEventListener("htmx:responseError", lost);
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("recordSaved", (event) => {
    const { version, words } = event.detail;
    say(words);
    // Other forms that are open here began with what this very user has just changed: they are not stale.
    for (const field of document.querySelectorAll("input[name=version]")) {
      if (Number(field.value) === version - 1) field.value = String(version);
    }
  });
  // A record that is deleted takes the focus with it: give it to the button that adds one.
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const section = lastSection && document.getElementById(lastSection);
    section?.querySelector("[data-adds]")?.focus();
  });
  let lastSection = "";
  document.addEventListener("focusin", (event) => {
    lastSection = event.target.closest("section[id^=section-]")?.id ?? lastSection;
  });
})();
