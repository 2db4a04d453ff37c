/* The seam between the page that the server sent and the page that Dash draws. */
(function () {
  "use strict";

  function focusedPath(still) {
    const path = [];
    let node = document.activeElement;
    if (!still.contains(node)) return null;
    for (; node !== still; node = node.parentElement) {
      path.unshift([...node.parentElement.children].indexOf(node));
    }
    return path;
  }

  function restoreFocus(path, live) {
    let node = live.querySelector("main.page-main")?.closest(".page");
    for (const index of (path || []).slice(1)) node = node?.children[index];
    if (path) node?.focus({ preventScroll: true });
  }

  /* What a reader has typed before the live page came goes on in the same field there. */
  function keepTyped(still, live) {
    const fields = "input:not([type=hidden]), select, textarea";
    const taken = live.querySelectorAll(fields);
    still.querySelectorAll(fields).forEach((field, number) => {
      const place = taken[number];
      if (!place || place.name !== field.name) return;
      place.value = field.value;
      place.checked = field.checked;
      if (document.activeElement !== field) return;
      place.focus({ preventScroll: true });
      if (field.selectionStart != null) {
        place.setSelectionRange(field.selectionStart, field.selectionEnd);
      }
    });
  }

  function keepOpened(still, live) {
    const parts = live.querySelectorAll("details");
    still.querySelectorAll("details").forEach((each, number) => {
      if (each.open && parts[number]) parts[number].open = true;
    });
  }

  /* The place in the page that the address names; the browser looks for it before Dash has drawn. */
  function goToMark() {
    if (location.hash) location.replace(location.hash);
  }

  function swap(still, live) {
    const path = focusedPath(still);
    live.classList.remove("live-waiting");
    live.removeAttribute("aria-hidden");
    keepTyped(still, live);
    keepOpened(still, live);
    const isKept = live.contains(document.activeElement);
    still.remove();
    if (!isKept) restoreFocus(path, live);
    goToMark();
  }

  function whenDrawn(still, live) {
    const watch = new MutationObserver(() => {
      if (!live.querySelector(".site-footer")) return;
      watch.disconnect();
      requestAnimationFrame(() => swap(still, live));
    });
    watch.observe(live, { childList: true, subtree: true });
  }

  const still = document.getElementById("still");
  const live = document.getElementById("live");
  if (still && live) whenDrawn(still, live);

  let shown = null;

  /* Title and language of the document, scroll and focus, after a step without a reload. */
  function afterStep(about) {
    if (!about) return window.dash_clientside.no_update;
    document.title = about.title;
    document.documentElement.lang = about.lang;
    const address = location.pathname;
    if (shown !== null && shown !== address && !location.hash) {
      window.scrollTo(0, 0);
      document.querySelector("#live main.page-main")?.focus({ preventScroll: true });
    }
    if (shown !== null && shown !== address) goToMark();
    shown = address;
    return about.title;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    site: { afterStep },
  });
})();
