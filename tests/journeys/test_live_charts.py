"""Live charts come late and light: the still drawing stays until the small program has drawn."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]

WITH_CHARTS = ("trends?by=region&grain=year", "agencies/AG002", "regions/1703")
SMALL = re.compile(r"/assets/plotly/plotly-basic\.min\.js")
STILL = "#live .chart-still .figure-line"
DRAWN = "#live .chart-live .main-svg .trace path.js-line[d^=M]"


def programs(reader: Visit) -> list[str]:
    """Fills with the addresses of plotly's programs as they are asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "plotly" in request.url:
            asked.append(request.url.removeprefix(reader.address))

    reader.page.on("request", note)
    return asked


def draw(page: Page) -> None:
    page.locator("#live .chart-drawing").first.scroll_into_view_if_needed()
    page.wait_for_selector(DRAWN, state="attached")


def hold(held: list[Route], route: Route) -> None:
    held.append(route)


def let_come(page: Page, held: list[Route]) -> None:
    """Lets the program through that was held up, as soon as it has been asked for."""
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()


@pytest.mark.parametrize("path", WITH_CHARTS)
def test_a_live_chart_is_drawn_by_the_small_program_alone(visit: Start, path: str) -> None:
    reader = visit(has_scripts=True)
    asked = programs(reader)
    reader.open(f"/uz/{path}")
    draw(reader.page)
    assert not reader.page.locator(STILL).first.is_visible()
    assert [SMALL.match(address) is not None for address in asked] == [True]


def test_the_still_drawing_stays_until_the_live_one_is_drawn(visit: Start) -> None:
    reader, held = visit(has_scripts=True), list[Route]()
    reader.page.route(SMALL, lambda route: hold(held, route))
    reader.page.goto(f"{reader.address}/ru/trends")
    reader.page.wait_for_selector("#still", state="detached")
    reader.page.locator("#live .chart-drawing").scroll_into_view_if_needed()
    reader.page.wait_for_selector(STILL, state="visible")
    let_come(reader.page, held)
    draw(reader.page)
    assert not reader.page.locator(STILL).is_visible()


def test_the_still_drawing_stays_for_good_when_the_program_does_not_come(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.page.route(SMALL, lambda route: route.abort())
    with reader.page.expect_event("requestfailed"):
        reader.open("/ru/trends")
    assert reader.page.locator(STILL).is_visible()
    assert reader.page.locator("main table").count() > 0
    assert [fault.partition(":")[0] for fault in reader.faults] == ["Failed to load resource"]
    reader.faults.clear()


def test_a_step_to_a_chart_shows_it_still_at_once(visit: Start) -> None:
    reader, held = visit(has_scripts=True), list[Route]()
    reader.page.route(SMALL, lambda route: hold(held, route))
    reader.open("/en/data")
    reader.follow("nav.site-nav a[href='/en/trends']", "/en/trends")
    reader.page.wait_for_selector(STILL, state="visible")
    let_come(reader.page, held)
    draw(reader.page)


def test_a_chart_far_below_costs_nothing_until_a_reader_comes_near(visit: Start) -> None:
    reader = visit(has_scripts=True, width=360, height=200)
    asked = programs(reader)
    reader.open("/en/regions/1703")
    assert reader.page.locator("#live .chart-drawing").count() > 0
    assert asked == []
    draw(reader.page)
    assert len(asked) == 1
