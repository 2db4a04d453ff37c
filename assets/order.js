/* Links and forms that lead to the same page, in another language or period, keep the order of its
   tables that assets/tables.js has put in the address, as those do that the server writes. */
(function () {
  "use strict";

  const SORTED_BY_ADDRESS = "table[data-usual]";

  function order() {
    return new URLSearchParams(location.search).get("sort");
  }

  function withoutLanguage(path) {
    return path.replace(/^\/[^/]+/, "");
  }

  function leadsHere(address) {
    const isOurs = address.origin === location.origin && !address.hash;
    const isSame = withoutLanguage(address.pathname) === withoutLanguage(location.pathname);
    return isOurs && isSame && document.querySelector(SORTED_BY_ADDRESS) !== null;
  }

  function inOrder(address) {
    address.searchParams.delete("sort");
    if (order()) address.searchParams.set("sort", order());
    address.searchParams.sort();
    return address.href.replaceAll("%2C", ",");
  }

  /* Links of the live page know their address by heart, so that the step is taken for them. */
  function step(event, href) {
    event.preventDefault();
    event.stopPropagation();
    history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }

  function isPlain(event) {
    return !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  function onClick(event) {
    const link = event.target.closest?.("a[href]"); // on a map too, where it has no href as text
    const asked = link && new URL(link.getAttribute("href"), location.href);
    if (!asked || !leadsHere(asked)) return;
    const before = asked.href;
    const href = inOrder(asked);
    if (href === before) return;
    if (!link.closest("#live")) link.setAttribute("href", href);
    else if (isPlain(event)) step(event, href);
  }

  function onSubmit(event) {
    const form = event.target;
    if (form.method !== "get" || !leadsHere(new URL(form.action))) return;
    form.querySelector("input[name=sort]")?.remove();
    if (!order()) return;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "sort" });
    field.value = order();
    form.append(field);
  }

  document.addEventListener("click", onClick, true);
  document.addEventListener("submit", onSubmit);
})();
