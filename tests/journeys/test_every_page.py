"""No barrier that a program can find, and nothing wider than the screen: on every page, in every
language, in both layers, light and dark, on a phone and on a desk.

Each page is met in each language once, with layer, theme and width in turn, so that each page
meets all pairs of two of them. ``EVERY_COMBINATION=1`` tries all 32 of each page.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from typing import Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as NotInTime

from data.codelists import LANGUAGES
from data.releases import Release
from tests.journeys.every_page import every_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS: Final = (360, 1440)
LAYERS: Final = ("still", "live")
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
PROGRAMS_OF_DASH: Final = "**/_dash-component-suites/**"
PARTS: Final = 8
"""Tests that the pages are dealt out to, so that several processes can share them."""


@dataclass(frozen=True, order=True)
class Way:
    """One way to see a page."""

    lang: str
    layer: str
    theme: Literal["light", "dark"]
    width: int


def ways(number: int) -> list[Way]:
    """How a page is seen: in turn, or in all ways where that is asked for."""
    if os.environ.get("EVERY_COMBINATION"):
        return [Way(*each) for each in product(LANGUAGES, LAYERS, THEMES, WIDTHS)]
    return [_in_turn(number, turn) for turn in range(len(LANGUAGES))]


def _in_turn(number: int, turn: int) -> Way:
    layer, theme = turn & 1, turn >> 1
    width = layer ^ theme ^ (number & 1)
    lang = LANGUAGES[(number // 2 + turn) % len(LANGUAGES)]
    return Way(lang, LAYERS[layer], THEMES[theme], WIDTHS[width])


def test_the_turns_meet_each_page_in_each_language_and_all_pairs_of_ways() -> None:
    for number in range(8):
        met = [_in_turn(number, turn) for turn in range(4)]
        assert {way.lang for way in met} == {*LANGUAGES}
        assert {(way.layer, way.theme) for way in met} == {*product(LAYERS, THEMES)}
        assert {(way.layer, way.width) for way in met} == {*product(LAYERS, WIDTHS)}
        assert {(way.theme, way.width) for way in met} == {*product(THEMES, WIDTHS)}


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_whole_and_without_barriers(
    sheet: Page, address: str, release: Release, part: int
) -> None:
    found = [
        (path, way, fault)
        for number, path in enumerate(every_page(release))
        if number % PARTS == part
        for way, fault in faults(sheet, address, path, ways(number))
    ]
    assert found == []


def faults(sheet: Page, address: str, path: str, seen: list[Way]) -> Iterator[tuple[Way, str]]:
    """What is wrong with a page in some ways to see it; loads it once a language and layer."""
    for (lang, layer), group in groupby(sorted(seen), key=lambda way: (way.lang, way.layer)):
        is_open = False
        for way in group:
            sheet.emulate_media(color_scheme=way.theme, reduced_motion="reduce")
            sheet.set_viewport_size({"width": way.width, "height": 800})
            if not is_open:
                opened(sheet, f"{address}/{lang}/{path}", layer)
                is_open = True
            if (wide := width_of(sheet, way.width)) > way.width:
                yield way, f"{wide} px wide"
            yield from ((way, barrier) for barrier in barriers(sheet))


def width_of(sheet: Page, screen: int) -> int:
    """How wide the page is; a live chart is given time to follow the screen."""
    fits = "screen => document.documentElement.scrollWidth <= screen"
    with contextlib.suppress(NotInTime):
        sheet.wait_for_function(fits, arg=screen, timeout=2_000)
    wide: int = sheet.evaluate("document.documentElement.scrollWidth")
    return wide


def opened(sheet: Page, url: str, layer: str) -> None:
    """The page as the server sent it, or as Dash has drawn it."""
    sheet.unroute_all()
    if layer == "still":
        sheet.route(PROGRAMS_OF_DASH, lambda route: route.abort())
        sheet.goto(url)
    else:
        sheet.goto(url)
        sheet.wait_for_selector("#still", state="detached")
        if sheet.locator(".chart-drawing").count():
            sheet.wait_for_load_state("networkidle")


def barriers(sheet: Page) -> Iterator[str]:
    found = Axe().run(sheet, options={"runOnly": RULES, "resultTypes": ["violations"]})
    for rule in found.response["violations"]:
        yield f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:160]}"
