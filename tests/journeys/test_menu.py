"""On a phone the ways through the site are folded under one word; on a desk they stand open."""

from collections.abc import Callable

import pytest

from layouts.words import Words
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]
SMALL_SCREEN = 640
TO_REGIONS = "nav.site-nav a[href='/uz/regions']"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_phone_begins_with_the_page_and_not_with_the_ways_to_others(
    visit: Start, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts, width=360)
    reader.open("/uz/themes")
    heading = reader.page.locator("h1").bounding_box()
    assert heading is not None
    assert heading["y"] < SMALL_SCREEN * 2 / 3
    assert not reader.page.locator(TO_REGIONS).is_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_menu_is_opened_by_keyboard_and_is_folded_again_on_the_next_page(
    visit: Start, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts, width=360)
    reader.open("/uz/themes")
    menu = reader.page.locator("#live summary, summary").get_by_text(Words("uz")("navigation_menu"))
    menu.focus()
    reader.page.keyboard.press("Enter")
    reader.page.locator(TO_REGIONS).wait_for(state="visible")
    reader.follow(TO_REGIONS, "/uz/regions")
    assert not reader.page.locator(TO_REGIONS).is_visible()


def test_on_a_desk_all_ways_are_seen_at_once(visit: Start) -> None:
    reader = visit(has_scripts=False)
    reader.open("/uz/themes")
    assert reader.page.locator(TO_REGIONS).is_visible()
    assert not reader.page.locator(".site-menu > summary").is_visible()
