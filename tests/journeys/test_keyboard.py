"""Whoever has no mouse reaches all that can be used, in the order of the page, and sees where."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]

PATHS: Final = ("", "agencies", "agencies/AG002", "regions", "table", "feedback", "claims")
MOST_STEPS: Final = 2_000

USABLE: Final = """() => {
  const groupOf = each => [...each.form.elements].filter(other => other.name === each.name);
  const stopOf = each => groupOf(each).find(other => other.checked) ?? groupOf(each)[0];
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(kinds)]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .filter(each => !each.disabled && each.tabIndex >= 0)
    .filter(each => each.type !== 'radio' || each === stopOf(each))
    .map(each => (each.dataset.number ??= String(window.numbered = (window.numbered ?? 0) + 1)));
}"""
"""Marks all that can be used with a number, and gives the numbers in the order of the page; of
choices that exclude each other one is a stop."""

HERE: Final = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const look = getComputedStyle(here);
  const drawn = here.querySelector(':scope > path');
  const isDrawnThick = drawn && parseFloat(getComputedStyle(drawn).strokeWidth) >= 4;
  const box = here.getBoundingClientRect();
  return {
    number: here.dataset.number ?? here.outerHTML.slice(0, 120),
    is_marked: isDrawnThick ||
      (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2),
    is_in_sight: box.bottom > 0 && box.top < innerHeight,
    html: here.outerHTML.slice(0, 120),
  };
}"""


def walked(page: Page) -> list[dict[str, Any]]:
    """All that Tab stops at, from the top of the page to its end."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (stops and here["number"] == stops[0]["number"]):
            return stops
        stops.append(here)
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("path", PATHS)
def test_tab_stops_at_all_that_can_be_used_and_shows_where_it_is(
    visit: Start, path: str, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts, width=1024)
    reader.open(f"/en/{path}")
    usable = reader.page.evaluate(USABLE)
    stops = walked(reader.page)
    assert [stop["number"] for stop in stops] == usable
    assert [stop["html"] for stop in stops if not stop["is_marked"]] == []
    assert [stop["html"] for stop in stops if not stop["is_in_sight"]] == []


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_first_stop_leads_past_the_head_of_the_page(visit: Start, has_scripts: bool) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open("/ru/agencies")
    reader.page.keyboard.press("Tab")
    skip = reader.page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.closest('main') !== null")


def test_after_a_step_the_next_page_is_read_from_its_beginning(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/ru/agencies")
    reader.page.locator("nav.site-nav a[href='/ru/regions']").focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/ru/regions")
    reader.page.wait_for_selector("svg.figure-map")
    reader.settle()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.closest('main') !== null")
