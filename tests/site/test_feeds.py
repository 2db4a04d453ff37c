"""Feeds are valid Atom, hold what the pages say, and every page leads to its own."""

import re
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from api.atom import NAMESPACE, Entry, Feed, atom
from data.codelists import LANGUAGES
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.small_release import publish, site_over

ATOM = f"{{{NAMESPACE}}}"
FOLLOWED = ["", "agencies/AG001", "agencies/ministries", "regions/1703"]
TEXTS = st.text(max_size=30)


@pytest.fixture(scope="module")
def ids(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("followed")
    return root, [publish(root, revision=number) for number in (1, 2, 10)]


@pytest.fixture(scope="module")
def follower(ids: tuple[Path, list[str]]) -> FlaskClient:
    client: FlaskClient = site_over(ids[0]).server.test_client()
    return client


def feed(client: FlaskClient, lang: str, path: str) -> Element:
    answer = client.get("/".join(("/feed", lang, *([path] if path else []), "feed.atom")))
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    refuse_invalid(answer.data)
    return fromstring(answer.data)  # noqa: S314 (made by us)


def refuse_invalid(content: bytes) -> None:
    """What RFC 4287 asks of a feed and its entries, and an independent reader's opinion."""
    root = fromstring(content)  # noqa: S314 (made by us)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert re.match(r"urn:uuid:[0-9a-f-]{36}$", text(element, "id"))
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
        alternates = [
            each for each in element.findall(f"{ATOM}link") if each.get("rel") == "alternate"
        ]
        assert len(alternates) == 1
        assert alternates[0].get("href")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    every = [
        text(each, "id") for each in root.iter() if each.tag in {f"{ATOM}feed", f"{ATOM}entry"}
    ]
    assert len(set(every)) == len(every)
    assert not feedparser.parse(content).bozo


def text(element: Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None
    return found.text or ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", FOLLOWED)
def test_a_feed_has_one_entry_a_release_newest_first(
    follower: FlaskClient, ids: tuple[Path, list[str]], lang: str, path: str
) -> None:
    root = feed(follower, lang, path)
    links = [each.find(f"{ATOM}link") for each in root.findall(f"{ATOM}entry")]
    assert [each.get("href", "") for each in links if each is not None] == [
        f"/{lang}/{path}?release={release_id}" for release_id in reversed(ids[1])
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_entry_says_the_numbers_that_the_page_of_its_release_shows(
    follower: FlaskClient, lang: str
) -> None:
    for entry in feed(follower, lang, "agencies/AG001").findall(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        page = Read(follower.get(link.get("href", "")).text).text
        told = [unescape(each) for each in re.findall("<li>(.*?)</li>", text(entry, "content"))]
        assert len(told) == 3
        for line in told:
            name, _, number = line.rpartition(": ")
            assert name in page
            assert number in page
        assert Words(lang)("taken_generated") in text(entry, "content")


@pytest.mark.parametrize("path", ["", "agencies/AG001", "regions/1703", "method"])
def test_a_page_names_its_feed_and_that_of_all_releases(client: FlaskClient, path: str) -> None:
    page = client.get(f"/ru/{path}").text
    named = re.findall('<link rel="alternate" type="application/atom.xml" href="([^"]+)"', page)
    own = [f"/feed/ru/{path}/feed.atom"] if path in FOLLOWED[1:] else []
    assert named == ["/feed/ru/feed.atom", *own]
    assert named[-1] in Read(page).links
    assert all(client.get(each).status_code == 200 for each in named)


@pytest.mark.parametrize(
    "path",
    ["en/method/feed.atom", "en/agencies/nope/feed.atom", "xx/feed.atom", "en/feed.rss",
     "en/agencies/AG001", "feed.atom", "en//feed.atom", "en/releases/feed.atom"],
)  # fmt: skip
def test_what_has_no_feed_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(f"/feed/{path}").status_code == 404


def test_equal_releases_give_equal_feeds(
    follower: FlaskClient, ids: tuple[Path, list[str]]
) -> None:
    again = site_over(ids[0]).server.test_client()
    address = "/feed/en/agencies/AG001/feed.atom"
    first = follower.get(address)
    assert again.get(address).data == first.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert follower.get(address, headers=known).status_code == 304


def test_a_damaged_old_release_is_left_out(tmp_path: Path) -> None:
    kept, damaged = publish(tmp_path, revision=2), publish(tmp_path, revision=1)
    (tmp_path / "current").write_text(kept)
    (tmp_path / damaged / "agencies.parquet").write_bytes(b"")
    client = site_over(tmp_path).server.test_client()
    assert len(feed(client, "en", "agencies/AG001").findall(f"{ATOM}entry")) == 1


@given(title=TEXTS, name=TEXTS, html=TEXTS)
def test_any_name_makes_a_valid_feed(title: str, name: str, html: str) -> None:
    entry = Entry(title, "/en/", "2019-11-01T00:00:00Z", escape(html), "seed of an entry")
    refuse_invalid(atom(Feed(title, name, "en", name, "/feed", "/en/", "seed", (entry,))))
