/* Fills the places of drawings, plain forms and tables that the server has written. */
(function () {
  "use strict";

  const ATTRIBUTE = "data-markup";
  const filled = new WeakMap();

  /* React keeps an element from page to page: what was filled in is taken out with its attribute. */
  function fill(place) {
    const wanted = place.getAttribute(ATTRIBUTE);
    const before = filled.get(place);
    if (before && before.content === wanted) return;
    before?.nodes.forEach((node) => node.remove());
    filled.delete(place);
    if (wanted === null) return;
    const holder = document.createElement("template");
    holder.innerHTML = wanted;
    const nodes = [...holder.content.childNodes];
    place.append(...nodes);
    filled.set(place, { content: wanted, nodes });
  }

  function fillAll(root) {
    if (root.matches?.(`[${ATTRIBUTE}]`)) fill(root);
    root.querySelectorAll?.(`[${ATTRIBUTE}]`).forEach(fill);
  }

  const PAGE = /^\/[a-z]{2}(-[a-z]{4})?\//;

  /* A link to a page of the site steps there without a reload, as Dash's own links do. */
  function step(event) {
    const isPlain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    const link = event.target.closest?.(`[${ATTRIBUTE}] a[href]`);
    const href = link?.getAttribute("href");
    if (!isPlain || event.altKey || event.defaultPrevented || !PAGE.test(href ?? "")) return;
    event.preventDefault();
    history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }

  const live = document.getElementById("live");
  if (!live) return;
  live.addEventListener("click", step);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") fill(change.target);
      change.addedNodes.forEach(fillAll);
    }
  }).observe(live, {
    attributeFilter: [ATTRIBUTE],
    attributes: true,
    childList: true,
    subtree: true,
  });
  fillAll(live);
})();
