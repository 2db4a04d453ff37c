/* Fills the places of drawings and plain forms, for which Dash has no component. */
(function () {
  "use strict";

  const ATTRIBUTE = "data-markup";
  const filled = new WeakMap();

  /* React keeps an element from page to page: what was filled in is taken out with its attribute. */
  function fill(place) {
    const wanted = place.getAttribute(ATTRIBUTE);
    const before = filled.get(place);
    if (before && before.content === wanted) return;
    before?.holder.remove();
    filled.delete(place);
    if (wanted === null) return;
    const holder = document.createElement("div");
    holder.innerHTML = wanted;
    place.append(holder);
    filled.set(place, { content: wanted, holder });
  }

  function fillAll(root) {
    if (root.matches?.(`[${ATTRIBUTE}]`)) fill(root);
    root.querySelectorAll?.(`[${ATTRIBUTE}]`).forEach(fill);
  }

  const live = document.getElementById("live");
  if (!live) return;
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
