/* Putting the first notice away, for this browser alone. */
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-dismiss=read-first]")) return;
    document.documentElement.dataset.readFirst = "";
    try {
      localStorage.readFirst = "1";
    } catch {
      /* Then it is away until the next page. */
    }
    document.querySelector("main.page-main")?.focus({ preventScroll: true });
  });
})();
