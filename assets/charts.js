/* The program that draws live charts is larger than the rest of the site: it is fetched when a chart
   comes near the screen, and not at all for those who save data; the still drawing stays till then. */
(function () {
  "use strict";

  const CHART = ".chart-drawing";
  const NEAR = { rootMargin: "50% 0px" };

  function chartIsNear(live) {
    return new Promise((resolve) => {
      const near = new IntersectionObserver((seen) => {
        if (!seen.some((each) => each.isIntersecting)) return;
        near.disconnect();
        added.disconnect();
        resolve();
      }, NEAR);
      const look = () => live.querySelectorAll(CHART).forEach((chart) => near.observe(chart));
      const added = new MutationObserver(look);
      added.observe(live, { childList: true, subtree: true });
      look();
    });
  }

  /* Never ends where the line breaks: Dash waits on, and the still drawing stays. */
  function fetched(address) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      document.body.append(script);
    });
  }

  /* Dash waits for this promise instead of fetching plotly, which then takes its place. */
  const live = document.getElementById("live");
  if (!live) return;
  const isSaving = navigator.connection?.saveData;
  window.Plotly = isSaving
    ? new Promise(() => {})
    : chartIsNear(live).then(() => fetched(live.dataset.charts));
})();
