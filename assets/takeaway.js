/* Copies an address, a reference or a piece of code. Without scripts the text is there to be taken. */
(function () {
  "use strict";

  /* What stands before the button: the whole address of a link, or a text. Where the server does
     not know its own host, the browser puts it before the path in that. */
  function before(button) {
    const place = button.previousElementSibling ?? button.parentElement.previousElementSibling;
    if (place.href) return place.href;
    const { path } = button.dataset;
    return path ? place.textContent.replaceAll(path, location.origin + path) : place.textContent;
  }

  function copyByHand(text) {
    const place = document.createElement("textarea");
    place.value = text;
    place.style.cssText = "position:fixed;opacity:0";
    document.body.append(place);
    place.select();
    const done = document.execCommand("copy");
    place.remove();
    return done;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByHand(text); // not on a page that came without encryption
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.copy");
    if (!button) return;
    const done = await copy(before(button));
    button.focus();
    const place = button.nextElementSibling;
    document.querySelectorAll(".copied").forEach((each) => (each.textContent = ""));
    if (done && place) place.textContent = button.dataset.done;
  });
})();
