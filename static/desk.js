// A draft is edited in place: what was saved is said, the focus stays with the work, and nothing typed is lost unasked.
(() => {
  const form = () => document.getElementById("draft");
  const news = () => document.getElementById("desk-news");
  let timer = 0;
  let typed = false;
  const say = (words, wrong) => {
    const place = news();
    if (!place) return;
    place.textContent = words ?? "";
    place.classList.toggle("wrong", Boolean(wrong));
    clearTimeout(timer);
    if (words && !wrong) timer = setTimeout(() => say(""), 6000);
  };
  document.addEventListener("input", (event) => {
    if (event.target.closest("#draft")) typed = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "draft" && !event.target.hasAttribute("hx-post")) typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    const save = form()?.querySelector("button[value=save]");
    if (!save) return;
    event.preventDefault();
    save.click();
  });
  // A browser that cannot let a text grow by itself is helped.
  const grow = (text) => {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  };
  if (!CSS.supports("field-sizing", "content")) {
    document.addEventListener("input", (event) => {
      if (event.target.matches("#draft textarea")) grow(event.target);
    });
  }
  // Which parts stand open is the reader's business: it stays as it is when the page comes anew.
  let open = new Set();
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (new URL(xhr.responseURL, location.href).pathname.startsWith("/accounts/")) {
      event.detail.shouldSwap = false;
      say(news()?.dataset.loggedOut, true);
      return;
    }
    if (target?.id !== "draft") return;
    if (xhr.status === 409 || xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
    open = new Set([...document.querySelectorAll("#draft details[open][id]")].map((each) => each.id));
    scrolled = window.scrollY;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "draft") return;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const { status } = event.detail.xhr;
    typed = status === 409;
    say(status === 200 ? news()?.dataset.saved : "");
    window.scrollTo({ top: status === 409 ? 0 : scrolled, behavior: "instant" });
    const place = document.getElementById(form()?.dataset.place || "-");
    if (!place) return;
    place.focus({ preventScroll: true });
    const { top, bottom } = place.getBoundingClientRect();
    if (top < 80 || bottom > window.innerHeight) place.scrollIntoView({ block: "center", behavior: "instant" });
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect")) typed = false;
  });
  const lost = () => say(news()?.dataset.lost, true);
  document.addEventListener("htmx:responseError", lost);
  document.addEventListener("htmx:sendError", lost);
})();
