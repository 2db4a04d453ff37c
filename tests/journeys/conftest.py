"""A site on a port of its own, and browsers with scripts and without."""

import os
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from werkzeug.serving import make_server

from data.releases import Release, load
from tests.site.pages.whole import publish_whole
from tests.site.small_release import site_over

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Visit:
    """One reader's visit: a page, and everything that went wrong or left the site meanwhile."""

    def __init__(self, page: Page, address: str, *, has_scripts: bool) -> None:
        self.page = page
        self.address = address
        self.has_scripts = has_scripts
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("request", lambda asked: self._note_leaving(asked.url))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.faults.append(text)

    def _note_leaving(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"left the site: {url}")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Waits until the page stands still: the live one where scripts run."""
        if self.has_scripts:
            self.page.wait_for_selector("#still", state="detached")
        self.page.wait_for_load_state("networkidle")

    def hold_live_page(self) -> Callable[[], None]:
        """Keeps the live page from coming until what is given back is called."""
        held: list[Route] = []
        gone: list[bool] = []

        def hold(route: Route) -> None:
            if gone:
                route.continue_()
            else:
                held.append(route)

        def let_go() -> None:
            gone.append(True)
            for route in held:
                route.continue_()
            self.settle()

        self.page.route("**/_dash-update-component", hold)
        return let_go

    def follow(self, selector: str, path: str) -> None:
        """Follows a link and waits for the address that it leads to."""
        heading = self.page.locator("h1").inner_text()
        self.page.locator(selector).first.click()
        self.page.wait_for_url(f"{self.address}{path}")
        if self.has_scripts:
            is_new = "before => document.querySelector('h1')?.innerText !== before"
            self.page.wait_for_function(is_new, arg=heading)
        self.settle()

    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    root = tmp_path_factory.mktemp("journeys")
    return load(root / publish_whole(root))


@pytest.fixture(scope="session")
def address(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.getbasetemp() / "journeys0"
    server = make_server("127.0.0.1", 0, site_over(root).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    assert release.id
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
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Starts a visit; each must end without a fault."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def start(*, has_scripts: bool, width: int = 1280, height: int = 800) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=has_scripts,
        )
        contexts.append(context)
        visits.append(Visit(context.new_page(), address, has_scripts=has_scripts))
        return visits[-1]

    yield start
    for context in contexts:
        context.close()
    assert [fault for each in visits for fault in each.faults] == []
