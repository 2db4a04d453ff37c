"""On a phone wide tables scroll within their frame; the names stay beside the numbers meanwhile."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]

WIDE: Final = (
    "/ru/agencies",
    "/uz-cyrl/compare?a=AG001&b=AG002",
    "/ru/releases",
    "/uz/table?across=quarter&down=sector&show=on_time_rate,received",
)
FRAMES: Final = """all => all.filter(frame => frame.scrollWidth > frame.clientWidth).map(frame => {
  frame.scrollIntoView();
  frame.scrollLeft = 80;
  const isOnTop = [...frame.querySelectorAll('tbody th')].every(each => {
    const box = each.getBoundingClientRect();
    const seen = document.elementFromPoint(box.right - 12, box.top + 12);
    return !seen || each.contains(seen);
  });
  frame.scrollLeft = frame.scrollWidth;
  const inside = frame.getBoundingClientRect();
  const name = frame.querySelector('tbody th').getBoundingClientRect();
  return {
    left: name.left - inside.left,
    share: name.width / inside.width,
    is_named: Boolean(frame.ariaLabel) && frame.tabIndex === 0,
    is_on_top: isOnTop,
  };
})"""
IS_COVERED: Final = """() => {
  const link = document.activeElement;
  const name = link.closest('tr').cells[0].getBoundingClientRect();
  return link.getBoundingClientRect().left < name.right - 1;
}"""
FRAME_IS_DRAWN: Final = "new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))"


def frames(reader: Visit) -> Locator:
    return reader.page.locator("main .table-frame:visible")


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("path", WIDE)
def test_names_stay_in_sight_while_numbers_scroll(
    visit: Start, path: str, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts, width=360)
    reader.open(path)
    wide = frames(reader).evaluate_all(FRAMES)
    assert wide
    for frame in wide:
        assert 0 <= frame["left"] <= 1, frame
        assert frame["share"] <= 0.5, frame
        assert frame["is_named"], frame
        assert frame["is_on_top"], frame


def test_a_number_that_is_reached_by_keyboard_is_not_under_a_name(visit: Start) -> None:
    reader = visit(has_scripts=True, width=360)
    reader.open("/ru/agencies")
    links = frames(reader).first.locator("tbody tr:first-child td a")
    links.last.focus()
    for _ in range(links.count() - 1):
        reader.page.evaluate(FRAME_IS_DRAWN)
        assert not reader.page.evaluate(IS_COVERED)
        reader.page.keyboard.press("Shift+Tab")
