"""In a browser: a part of the site stands in another site's page, and the rest cannot."""

import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from data.releases import Release
from layouts.words import Words
from tests.journeys.conftest import Visit
from tests.journeys.test_reader import RULES, SCHEMES

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]


@pytest.fixture
def elsewhere(address: str) -> Iterator[str]:
    """Another site, which frames what its address names."""
    other = Flask("elsewhere")
    frame = '<!doctype html><title>Other</title><iframe src="{}" width="700" height="700"></iframe>'
    other.add_url_rule("/<path:path>", "frame", lambda path: frame.format(f"{address}/{path}"))
    server = make_server("127.0.0.1", 0, other, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_an_embedded_chart_stands_in_another_site_and_leads_back_beside_it(
    browser: Browser, address: str, elsewhere: str, release: Release
) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{elsewhere}/embed/ru/agencies/AG001/agency-received.html")
    frame = page.frame_locator("iframe")
    assert frame.locator("svg.figure-line").is_visible()
    assert release.id in frame.locator("footer").inner_text()
    with page.expect_popup() as opened:
        frame.locator("footer a").click()
    opened.value.wait_for_selector("h1")
    assert opened.value.url == f"{address}/ru/agencies/AG001?release={release.id}"
    opened.value.close()
    page.close()
    assert not [fault for fault in faults if "favicon" not in fault and "404" not in fault]


@pytest.mark.parametrize("path", ["ru/agencies/AG001", "take/ru/home-received.svg"])
def test_a_page_does_not_open_in_a_frame_of_another_site(
    browser: Browser, elsewhere: str, path: str
) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(f"{elsewhere}/{path}")
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in refused)
    assert page.frame_locator("iframe").locator("main, .picture-paper").count() == 0
    page.close()


EMBEDDED = (
    "agencies/AG001/agency-received.html",
    "regions/regions-map.html",
    "agencies/agencies.html",
)


@pytest.mark.parametrize("path", EMBEDDED)
def test_an_embedded_part_is_whole_and_accessible_in_a_narrow_frame(
    visit: Start, path: str
) -> None:
    reader = visit(has_scripts=True, width=340)
    reader.page.goto(f"{reader.address}/embed/uz-cyrl/{path}")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 340
    for scheme in SCHEMES:
        reader.page.emulate_media(color_scheme=scheme)
        found = Axe().run(reader.page, options=RULES).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_code_of_an_embedded_part_is_opened_by_keyboard(
    visit: Start, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open("/en/trends")
    summary = reader.page.locator(".ways summary")
    summary.focus()
    reader.page.keyboard.press("Enter")
    code = reader.page.locator(".ways pre")
    assert code.is_visible()
    assert "<iframe" in code.inner_text()
    assert Words("en")("taken_embed") == summary.inner_text()


def test_the_address_of_a_view_and_its_code_are_copied_whole(
    browser: Browser, address: str, release: Release
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/en/agencies/AG001?period=2018")
    page.wait_for_selector("#still", state="detached")
    page.wait_for_load_state("networkidle")
    page.locator(".provenance .copy").click()
    page.wait_for_selector(f".provenance .copied:has-text('{Words('en')('taken_copied')}')")
    bound = f"{address}/en/agencies/AG001?period=2018&release={release.id}"
    assert page.evaluate("navigator.clipboard.readText()") == bound
    page.locator(".ways summary").first.click()
    page.locator(".ways .copy").first.click()
    page.wait_for_selector(".ways .copied:not(:empty)")
    code = page.evaluate("navigator.clipboard.readText()")
    assert f'<iframe src="{address}/embed/en/agencies/AG001/' in code
    page.locator(".citing summary").click()
    page.locator(".citing .copy").first.click()
    page.wait_for_selector(".citing .copied:not(:empty)")
    assert page.evaluate("navigator.clipboard.readText()").endswith(bound)
    context.close()


def test_without_scripts_the_address_is_a_plain_link_and_no_button_is_seen(
    visit: Start, release: Release
) -> None:
    reader = visit(has_scripts=False)
    reader.open("/uz/regions")
    assert reader.page.locator(".copy:visible").count() == 0
    reader.page.locator(".provenance a", has_text=Words("uz")("pages_permalink")).click()
    reader.page.wait_for_url(f"**/uz/regions?release={release.id}")
