"""Every page says how it is cited, so that the reference leads to the same numbers for ever."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from config import Settings
from data.codelists import LANGUAGES
from data.releases import Release
from layouts import PAGES
from layouts.components.citing import Citation, escaped
from layouts.sitemap import SITEMAP
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.taking import addresses

FIELD = re.compile(r"^  (\w+) = \{(.*)\},$", re.MULTILINE)


def fields(document: str) -> dict[str, str]:
    """The fields of the BibTeX entry on a page."""
    entry = re.search(r"<code>(@misc\{.*?)</code>", document, re.DOTALL)
    assert entry
    return dict(FIELD.findall(unescape(entry[1])))


def uncited(lang: str) -> set[str]:
    """The pages on which there is nothing to quote."""
    names = [name for name, page in PAGES.items() if not page.is_cited]
    return {f"/{lang}/{SITEMAP[name].path}" for name in names}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_cited_with_its_release_and_leads_to_the_same(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    words = Words(lang)
    for address in addresses(lang):
        document = reader.get(address).text
        if address in uncited(lang):
            assert "@misc" not in document
            continue
        cited = fields(document)
        assert cited["version"] == whole.id
        assert cited["year"] == whole.manifest.as_of[:4]
        assert words("taken_generated") in cited["note"]
        assert f"release={whole.id}" in cited["url"]
        assert reader.get(cited["url"]).status_code == 200
        sentence = re.search(r"<q>(.*?)</q>", document.partition('class="citing"')[2])
        assert sentence
        told = unescape(sentence[1])
        for needed in (whole.id, words.date(whole.manifest.as_of), cited["url"], "Invented sample"):
            assert needed in told, address


def test_what_is_about_a_body_is_cited_by_its_name(reader: FlaskClient) -> None:
    document = reader.get("/en/agencies/AG001").text
    assert Read(document).headings[0] in fields(document)["title"]


def test_an_address_in_a_reference_is_whole_when_the_site_knows_its_own(root: Path) -> None:
    settings = Settings(releases=root, origin="https://data.example")
    document = create_app(settings).server.test_client().get("/uz/").text
    assert fields(document)["url"].startswith("https://data.example/uz/?release=")


@given(st.text(max_size=40))
def test_no_text_breaks_an_entry(text: str) -> None:
    plain = re.sub(r"\\[{}&%$#_]", "", escaped(text))
    plain = plain.replace(r"\textbackslash{}", "").replace(r"\textasciitilde{}", "")
    plain = plain.replace(r"\textasciicircum{}", "")
    assert not set(plain) & set("{}\\&%$#_~^")


def test_the_key_of_an_entry_is_one_word() -> None:
    cited = Citation("S", "T", "From", "2019.11.1-ab", "2019-11-01", "", "", "/uz-cyrl/a/B?c=1")
    assert cited.bibtex().splitlines()[0] == "@misc{ochiq-2019.11.1-ab-uz-cyrl-a-b,"
