"""Every term has its line and anchor, and pages lead from their words to it."""

import re

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.indicators import INDICATORS
from layouts.sitemap import SITEMAP
from layouts.terms import TERMS, anchor, terms_of
from layouts.words import Words
from tests.site.pages.reading_html import Read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_is_explained_under_its_own_anchor(reader: FlaskClient, lang: str) -> None:
    words, text = Words(lang), reader.get(f"/{lang}/glossary").text
    for term in TERMS:
        entry = text.partition(f'id="{anchor(term)}"')[2].partition("</div>")[0]
        assert words(term.key) in Read(entry).text
        assert words(f"{term.key}_meaning") in Read(entry).text
    assert str(len(TERMS)) in Read(text).headings[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_terms_stand_by_the_alphabet_and_each_can_be_jumped_to(
    reader: FlaskClient, lang: str
) -> None:
    text = reader.get(f"/{lang}/glossary").text
    anchors = re.findall(r'<div id="(term-[a-z0-9-]+)"', text)
    assert sorted(anchors) == sorted(anchor(term) for term in TERMS)
    assert [f"#{each}" for each in anchors] == [
        each for each in Read(text).links if each.startswith("#term-")
    ]


@pytest.mark.parametrize("path", ["", "agencies", "regions/1703", "method/median_days", "releases"])
def test_a_page_leads_to_the_words_that_it_uses(reader: FlaskClient, path: str) -> None:
    links = Read(reader.get(f"/ru/{path}").text).links
    assert any(each.startswith("/ru/glossary#term-") for each in links)


def test_terms_are_declared_for_pages_and_indicators_that_there_are() -> None:
    for term in TERMS:
        assert set(term.pages) <= set(SITEMAP)
        assert set(term.indicators) <= set(INDICATORS)
        assert not term.more or term.more in SITEMAP
    assert [term.name for term in terms_of("indicator", "median_days")] == ["median"]


def test_a_word_of_the_glossary_is_found_by_the_search(reader: FlaskClient) -> None:
    links = Read(reader.get("/uz/search?q=медиана").text).links
    assert "/uz/glossary#term-median" in links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_statement_of_accessibility_tells_what_was_not_tested(
    reader: FlaskClient, lang: str
) -> None:
    words, text = Words(lang), Read(reader.get(f"/{lang}/accessibility").text).text
    assert words("accessibility_tested_not") in text
    assert words("contact_none") in text


@pytest.mark.parametrize("path", ["", "agencies", "nope"])
def test_every_page_leads_to_glossary_and_accessibility(reader: FlaskClient, path: str) -> None:
    links = Read(reader.get(f"/uz-cyrl/{path}").text).links
    assert {"/uz-cyrl/glossary", "/uz-cyrl/accessibility"} <= set(links)
