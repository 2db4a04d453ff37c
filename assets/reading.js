/* Putting the first notice away: this browser alone remembers it, and tells nobody. */
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-dismiss=read-first]")) return;
    document.documentElement.dataset.readFirst = "";
    try {
      localStorage.readFirst = "1";
    } catch {
      /* Then it is away until the next page is loaded. */
    }
    document.querySelector("main.page-main")?.focus({ preventScroll: true });
  });
})();
