"""The page of search is whole without scripts, in each language, and every page leads to it."""

import json
from html import escape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from layouts.sitemap import SITEMAP
from layouts.words import Words
from tests.site.pages.reading_html import Read

FERGANA = ("Fargʻona", "fargona", "ФАРҒОНА", "Фергана", "Fergana")


@pytest.fixture
def release_id(client: FlaskClient) -> str:
    return client.get("/readyz").text.strip()


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["Andijon viloyati", "АНДИЖОН", "андижанская", "Andijan", "andijn"]
)
def test_a_region_is_found_in_any_language(client: FlaskClient, lang: str, query: str) -> None:
    read = Read(page(client, f"/{lang}/search?q={quote(query)}"))
    assert f"/{lang}/regions/1703" in read.links
    assert any(Words(lang)("found_area") in heading for heading in read.headings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_heading_counts_what_is_listed(client: FlaskClient, lang: str) -> None:
    text = page(client, f"/{lang}/search?q={quote('1703')}&kind=area")
    assert Read(text).headings[0] == Words(lang)("search_finding", n=0, query="1703")
    text = page(client, f"/{lang}/search?q=andijon&kind=area")
    read, listed = Read(text), text.count('<li><a href="/' + lang + "/regions/")
    assert listed
    assert str(listed) in read.headings[1]


def test_a_group_shows_all_when_asked(client: FlaskClient) -> None:
    few = Read(page(client, "/en/search?q=andijon"))
    whole = Read(page(client, "/en/search?q=andijon&kind=area"))
    assert set(few.links) - set(whole.links) <= {"/en/search?kind=area&q=andijon"} | set(few.links)
    assert "/en/search?q=andijon" in whole.links


def test_what_was_understood_is_told_and_linked(client: FlaskClient) -> None:
    read = Read(page(client, "/uz/search?q=andijn"))
    assert "/uz/search?q=Andijon" in read.links
    assert Words("uz")("search_respelled", query="andijn") in read.text


def test_what_is_typed_is_shown_as_text(client: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>'
    text = page(client, f"/en/search?q={quote(hostile)}")
    assert "<script>alert" not in text
    assert escape(hostile) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_found_or_asked_leads_onwards(client: FlaskClient, lang: str) -> None:
    for query, key in (("", "search_lead"), ("zzzzzz", "search_nothing")):
        read = Read(page(client, f"/{lang}/search?q={query}"))
        assert Words(lang)(key) in read.text
        assert f"/{lang}/agencies" in read.links


CODES = {"": "", "agency": "ministries", "area": "1703", "indicator": "received"}
"""What a page may be coded by, and a code of it in the small release."""


@pytest.mark.parametrize(
    "name",
    [name for name, at in SITEMAP.items() if name != "search" and at.coded_by in CODES],
)
def test_every_page_has_the_field(client: FlaskClient, name: str) -> None:
    address = SITEMAP[name]
    path = address.path.format(code=CODES[address.coded_by])
    text = page(client, f"/ru/{path}")
    assert text.count('<form class="search-box" method="get" action="/ru/search"') >= 1


def test_search_stays_in_the_release_that_a_page_is_bound_to(
    client: FlaskClient, release_id: str
) -> None:
    text = page(client, f"/en/agencies?release={release_id}")
    assert f'<input type="hidden" name="release" value="{release_id}">' in text
    found = Read(page(client, f"/en/search?q=andijon&release={release_id}"))
    assert f"/en/regions/1703?release={release_id}" in found.links


def test_every_suggestion_leads_to_a_page(client: FlaskClient, release_id: str) -> None:
    for title, _within, kind, address, words in suggested(client, release_id, "uz"):
        assert title
        assert kind
        assert words
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_languages_suggest_the_same(client: FlaskClient, release_id: str, lang: str) -> None:
    uzbek = [each[3] for each in suggested(client, release_id, "uz")]
    own = [each[3] for each in suggested(client, release_id, lang)]
    assert own == [address.replace("/uz/", f"/{lang}/", 1) for address in uzbek]


def suggested(client: FlaskClient, release_id: str, lang: str) -> list[list[str]]:
    told = json.loads(page(client, f"/suggestions/{release_id}/{lang}.json"))
    entries: list[list[str]] = told["entries"]
    return entries


def test_suggestions_are_kept_by_the_browser_for_as_long_as_they_are_right(
    client: FlaskClient, release_id: str
) -> None:
    text = page(client, "/en/")
    address = text.split('data-suggest-from="')[1].split('"')[0]
    assert "immutable" in client.get(address).headers["Cache-Control"]
    old = client.get(f"/suggestions/{release_id}/en.json?m=000000000000")
    assert old.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["2019.11.1-00000000/en", "..%2F/en", "latest/kaa", "x/en"])
def test_there_are_no_suggestions_for_what_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(f"/suggestions/{path}.json").status_code == 404
