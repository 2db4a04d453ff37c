"""A part of a page may stand in another site's page; it says where it is from, and nothing else
may stand in a frame."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import layouts
from data.releases import Release, ReleaseStore
from layouts.site import Site
from layouts.taken import EMBED, EMBEDS, taken_href
from layouts.words import Words, all_words
from tests.site.pages.reading_html import Read
from tests.site.pages.taking import taken
from tests.site.small_release import publish, site_over


@pytest.fixture(scope="module")
def site(root: Path, whole: Release) -> Site:
    assert whole.id
    return Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)


def framing(client: FlaskClient, path: str) -> tuple[str, str | None]:
    headers = client.get(path).headers
    found = re.search(r"frame-ancestors ([^;]+)", headers["Content-Security-Policy"])
    assert found
    return found[1], headers.get("X-Frame-Options")


@pytest.mark.parametrize("lang", ["uz-cyrl"])
def test_every_exhibit_can_be_embedded_and_shows_the_numbers_of_its_page(
    site: Site, reader: FlaskClient, whole: Release, lang: str
) -> None:
    words = Words(lang)
    for view, exhibit in taken(site, lang):
        answer = reader.get(taken_href(view, f"{exhibit.name}.{EMBED}", EMBEDS))
        assert answer.status_code == 200
        shown, page = Read(answer.text), Read(reader.get(view.href()).text)
        if exhibit.title in page.captions and shown.tables:
            assert shown.tables[0] == page.tables[page.captions.index(exhibit.title)]
        else:
            assert "<svg" in answer.text
        assert whole.id in shown.text
        assert words("banner_generated") in shown.text
        assert "Invented sample" in shown.text
        assert f"{view.href(release=whole.id)}" in shown.links
        assert len(shown.headings) == 1


def test_only_what_is_made_for_it_may_stand_in_a_frame(reader: FlaskClient, whole: Release) -> None:
    assert framing(reader, "/embed/en/agencies/agencies.html") == ("*", None)
    assert framing(reader, "/embed/ru/home-received.html?release=" + whole.id) == ("*", None)
    for path in (
        "/en/",
        "/en/agencies",
        "/en/nope",
        "/embed/en/agencies/nope.html",
        "/embed/en/agencies/agencies.csv",
        "/embed/en/agencies",
        "/take/en/agencies/agencies.csv",
        "/take/en/home-received.svg",
        "/card/en/card.png",
        "/api/v1/catalog",
        "/releases/latest/manifest.json",
        "/assets/base.css",
    ):
        assert framing(reader, path) == ("'none'", "DENY"), path


def test_an_embedded_part_holds_no_script_and_no_form(site: Site, reader: FlaskClient) -> None:
    for view, exhibit in taken(site, "uz"):
        answer = reader.get(taken_href(view, f"{exhibit.name}.{EMBED}", EMBEDS))
        assert not re.search(r"<(script|form|input|button|iframe)|\son\w+=", answer.text)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert '<base target="_blank">' in answer.text
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_code_on_a_page_leads_to_what_it_stands_below(
    reader: FlaskClient, whole: Release
) -> None:
    document = reader.get("/ru/agencies/AG001?period=2018").text
    codes = re.findall(r"<code>(&lt;iframe.*?)</code>", document)
    assert len(codes) > 5
    for code in map(unescape, codes):
        match = re.fullmatch(r'<iframe src="([^"]+)" title="([^"]+)" [^>]+></iframe>', code)
        assert match
        answer = reader.get(unescape(match[1]))
        assert answer.status_code == 200
        assert unescape(match[2]) in unescape(answer.text)
        assert f"release={whole.id}" in match[1]


def test_an_embedded_part_of_an_older_release_says_that_there_is_a_newer(tmp_path: Path) -> None:
    first = publish(tmp_path)
    client = site_over(tmp_path).server.test_client()
    bound = f"/embed/en/agencies/agencies.html?release={first}"
    assert "newer release" not in client.get(bound).text
    publish(tmp_path, revision=2, generated=False)
    document = client.get(bound).text
    assert "newer release" in document
    assert '<a href="/en/agencies">' in document
    assert "newer release" not in client.get("/embed/en/agencies/agencies.html").text
