"""In a browser: the live page replaces the still one unnoticed; nothing leaves the site."""

import os
import threading
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from dash import Dash
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.blockedURI));
"""


@pytest.fixture(scope="module")
def address(site: Dash) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    yield page
    context.close()


def opened(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("#still", state="detached")


NUMBER = "/ru/number?table=agencies&column=on_time_rate&agency=AG001&period=2018"
PATHS = [
    "/en/",
    "/ru/agencies",
    "/uz/regions",
    "/uz-cyrl/trends",
    "/en/method/on_time_rate",
    NUMBER,
    "/en/compare?a=AG001&b=AG002",
    "/uz/table?across=quarter&down=sector&show=on_time_rate,received",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_loads_without_an_error_and_without_leaving_the_site(
    page: Page, address: str, path: str
) -> None:
    errors: list[str] = []
    elsewhere: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda each: errors.append(each.text) if each.type == "error" else None)
    page.on("request", lambda asked: note_if_elsewhere(asked.url, address, elsewhere))
    opened(page, address + path)
    page.wait_for_load_state("networkidle")
    assert errors == []
    assert elsewhere == []
    assert page.evaluate("window.violations") == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def note_if_elsewhere(url: str, address: str, elsewhere: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:")):
        elsewhere.append(url)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_when_the_live_page_takes_over(page: Page, address: str, path: str) -> None:
    page.route("**/_dash-update-component", lambda route: hold(page, route))
    page.goto(address + path)
    before = places(page)
    page.wait_for_selector("#still", state="detached")
    page.wait_for_timeout(300)
    assert places(page) == before


def hold(page: Page, route: Any) -> None:
    page.wait_for_timeout(400)
    route.continue_()


def places(page: Page) -> list[list[float]]:
    """Where headings, tables and the footer stand."""
    found: list[list[float]] = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, .table-frame, .site-footer")]
        .filter((node) => !node.closest(".live-waiting"))
        .map((node) => node.getBoundingClientRect())
        .map((box) => [Math.round(box.left), Math.round(box.top), Math.round(box.width)])"""
    )
    return found


def test_a_step_within_the_site_needs_no_reload_and_the_way_back_works(
    page: Page, address: str
) -> None:
    opened(page, f"{address}/en/")
    page.evaluate("window.isSame = true")
    page.click("nav.site-nav >> text=Agencies")
    page.wait_for_url("**/en/agencies")
    page.wait_for_selector("h1:has-text('Agencies')")
    page.click("nav.site-languages >> text=Русский")
    page.wait_for_selector("html[lang=ru]")
    assert page.title().startswith("Ведомства")
    page.go_back()
    page.wait_for_selector("html[lang=en]")
    assert page.evaluate("window.isSame") is True


def test_an_unknown_address_says_so_within_the_site(page: Page, address: str) -> None:
    opened(page, f"{address}/en/")
    page.evaluate("history.pushState({}, '', '/en/nope'); dispatchEvent(new Event('popstate'))")
    page.wait_for_selector("h1:has-text('Page not found')")


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    opened(page, f"{address}/en/agencies")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("path", PATHS)
def test_a_narrow_screen_shows_the_page_without_scrolling_sideways(
    browser: Browser, address: str, path: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    box = page.locator("html").bounding_box()
    width = page.locator(".page").evaluate("node => node.scrollWidth")
    context.close()
    assert box is not None
    assert width <= 360


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PATHS, "/en/nope"])
def test_no_barrier_that_a_program_can_find_is_in_the_way(
    browser: Browser, address: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    size: ViewportSize = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    opened(page, address + path)
    found = Axe().run(page, options=RULES).response["violations"]
    context.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
