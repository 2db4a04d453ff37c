"""The first notice is read once: put away, it stays away in this browser, and nowhere else."""

import pytest

from layouts.words import Words
from tests.journeys.test_reader import Start

pytestmark = pytest.mark.browser
NOTICE = ".read-first"


def test_put_away_it_stays_away_and_leaves_no_cookie(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/en/")
    reader.page.locator(f"{NOTICE} summary").click()
    reader.page.locator(f"{NOTICE} button").click()
    assert not reader.page.locator(NOTICE).is_visible()
    assert reader.page.evaluate("document.activeElement.id") == "main"
    reader.follow("nav.site-nav a[href='/en/agencies']", "/en/agencies")
    assert not reader.page.locator(NOTICE).is_visible()
    reader.open("/ru/regions")
    assert not reader.page.locator(NOTICE).is_visible()
    assert reader.page.context.cookies() == []

    other = visit(has_scripts=True)
    other.open("/en/")
    assert other.page.locator(NOTICE).is_visible()


def test_without_scripts_it_opens_and_offers_nothing_that_would_not_work(visit: Start) -> None:
    words, reader = Words("uz"), visit(has_scripts=False)
    reader.open("/uz/")
    assert not reader.page.get_by_text(words("read_first_2")).is_visible()
    reader.page.locator(f"{NOTICE} summary").click()
    assert reader.page.get_by_text(words("read_first_2")).is_visible()
    assert not reader.page.locator(f"{NOTICE} button").is_visible()


def test_opened_before_the_live_page_came_it_stays_open(visit: Start) -> None:
    reader = visit(has_scripts=True)
    let_go = reader.hold_live_page()
    reader.page.goto(f"{reader.address}/en/")
    reader.page.locator(f"#still {NOTICE} summary").click()
    let_go()
    assert reader.page.get_by_text(Words("en")("read_first_2")).is_visible()


def test_a_browser_that_remembers_nothing_can_put_it_away_too(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})"
    )
    reader.open("/en/")
    reader.page.locator(f"{NOTICE} summary").click()
    reader.page.locator(f"{NOTICE} button").click()
    assert not reader.page.locator(NOTICE).is_visible()
