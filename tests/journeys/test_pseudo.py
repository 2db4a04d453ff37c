"""In a made-up language of long marked words: no text is left untranslated, no page is too wide."""

import threading
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

import app
import layouts
from data.codelists import LANGUAGES
from data.releases import Release, ReleaseStore
from layouts.site import Drawn, Site
from layouts.static import to_html
from tests.journeys.every_page import every_page
from tests.journeys.pseudo import PseudoWords, unbracketed
from tests.site.small_release import site_over

WIDTH = 360


@pytest.fixture(scope="module")
def root(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert release.id
    return tmp_path_factory.getbasetemp() / "journeys0"


def pseudo_words(*, strict: bool = True) -> dict[str, PseudoWords]:
    assert strict
    return {lang: PseudoWords(lang) for lang in LANGUAGES}


def names_of(release: Release) -> set[str]:
    """What the release itself calls things: no words of the site's."""
    codes = chain.from_iterable(each.codes for each in release.codelists.values())
    frames = [*release.reports.values(), *([] if release.acts is None else [release.acts])]
    texts = (frame.select(pl.selectors.string()) for frame in frames)
    told = chain.from_iterable(frame[name] for frame in texts for name in frame.columns)
    source = release.manifest.source
    return {
        *(name for code in codes for _, name in code.names),
        *(text for text in told if text and len(text) > 3),
        *source.titles.values(),
        source.licence,
        source.attribution,
        release.id,
    }


def drawn_at(site: Site, path: str) -> Drawn:
    place, _, query = path.partition("?")
    view = site.view_at(f"/en/{place}", query)
    return site.draw_missing(f"/en/{place}", query) if view is None else site.draw(view)


def test_a_text_outside_brackets_is_found() -> None:
    page = '<p title="Said">⟦One ⟦two⟧ three⟧ bare words</p><code>code</code> 12 Tax ⟦x⟧'
    assert [*unbracketed(page, ["Tax"])] == ["Said", "bare words"]


def test_every_text_of_every_page_comes_from_the_catalogue(root: Path, release: Release) -> None:
    site, names = Site(ReleaseStore(root), pseudo_words(), layouts.PAGES), names_of(release)
    found = [
        (path, text)
        for path in every_page(release)
        for text in unbracketed(to_html(drawn_at(site, path).body), names)
    ]
    assert found == []


@pytest.fixture(scope="module")
def pseudo_address(root: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "all_words", pseudo_words)
        server = make_server("127.0.0.1", 0, site_over(root).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.browser
def test_long_words_make_no_page_wider_than_a_phone(
    browser: Browser, pseudo_address: str, release: Release
) -> None:
    context = browser.new_context(java_script_enabled=False)
    sheet, wide = context.new_page(), list[tuple[str, int]]()
    sheet.set_viewport_size({"width": WIDTH, "height": 740})
    for path in every_page(release):
        sheet.goto(f"{pseudo_address}/en/{path}")
        assert "⟦" in sheet.title()
        width = sheet.locator("html").evaluate("node => node.scrollWidth")
        wide += [(path, width)] if width > WIDTH else []
    context.close()
    assert wide == []
