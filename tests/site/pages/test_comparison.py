"""The page of agencies shows bands, not places, and says what may not be concluded from them."""

import re
from pathlib import Path

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.components.bands import BANDS
from layouts.components.league import folded
from layouts.words import Words
from tests.site import small_release as small
from tests.site.pages import reading_html
from tests.site.pages.comparing import publish_compared
from tests.site.pages.reading_html import Read

OPENING = "2019-Q2"
"""The latest quarter in which the agencies are compared; the page opens with a later month."""
NUMBER_FIRST = re.compile(r"^\W*\d+[.)]?\s")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="module")
def compared(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The whole release with a comparison, in which agencies are apart in turn."""
    return publish_compared(root, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def reader(root: Path, compared: Release) -> FlaskClient:
    client: FlaskClient = small.site_over(root).server.test_client()
    return client


def page(reader: FlaskClient, lang: str = "en", query: str = "") -> Read:
    return reading_html.page(reader, f"agencies?period={OPENING}{query}", lang)


def lines(reader: FlaskClient, lang: str = "en", query: str = "") -> list[list[str]]:
    """The rows of the first table, without its heading and its total."""
    return page(reader, lang, query).tables[0][2:]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_agencies_stand_by_band_and_in_it_by_the_alphabet(reader: FlaskClient, lang: str) -> None:
    words = Words(lang)
    order = {words(f"band_{name}"): place for place, name in enumerate(BANDS)}
    shown = lines(reader, lang)
    bands = [order[line[1]] for line in shown if line[1]]

    assert len(set(bands)) == 3
    assert bands == sorted(bands)
    for band in set(bands):
        names = [folded(line[0]) for line in shown if line[1] and order[line[1]] == band]
        assert names == sorted(names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rate_stands_beside_its_interval(
    reader: FlaskClient, compared: Release, lang: str
) -> None:
    words, codes = Words(lang), compared.codelists["agency"]
    shown = {line[0]: line for table in page(reader, lang).tables for line in table}
    rows = (
        compared.analyses["comparison"]
        .filter(
            pl.col("period") == OPENING,
            pl.col("indicator") == "on_time_rate",
            pl.col("rate").is_not_null(),
        )
        .to_dicts()
    )

    assert rows
    for row in rows:
        lower, upper = (words.decimal(row[name], 1) for name in ("rate_lower", "rate_upper"))
        cell = shown[words.name(codes, row["agency"])][4]
        assert cell == f"{words.percent(row['rate'])}\N{NO-BREAK SPACE}({lower}–{upper})"


def test_who_has_too_few_is_in_no_band_and_stands_last(reader: FlaskClient) -> None:
    among, apart = page(reader).tables

    assert "too few to compare" not in {line[1] for line in among}
    assert {line[1] for line in apart[1:]} <= {"", "too few to compare"}


def test_a_withheld_agency_has_neither_band_nor_interval(
    reader: FlaskClient, compared: Release
) -> None:
    withheld = compared.tables["agencies"].filter(
        pl.col("period") == OPENING,
        pl.col("received_status") == "Q",
        pl.col("agency").is_in(compared.codelists["agency"].at("agency")),
    )
    shown = {line[0]: line for table in page(reader).tables for line in table}

    assert withheld.height
    for code in withheld["agency"]:
        line = shown[compared.codelists["agency"].name(code, "en")]
        assert line[1] == ""
        assert not any(letter.isdigit() for cell in line[1:] for letter in cell)


def test_no_agency_has_a_place(reader: FlaskClient) -> None:
    shown = page(reader)

    assert "rank" not in shown.text.casefold()
    assert not any(NUMBER_FIRST.match(line[0]) for line in shown.tables[0])
    assert not any(heading in {"#", "№", "Place", "Rank"} for heading in shown.tables[0][0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_each_band_means_and_what_does_not_follow(
    reader: FlaskClient, lang: str
) -> None:
    words, shown = Words(lang), page(reader, lang)

    for name in BANDS:
        assert words(f"band_{name}_meaning") in shown.text
    assert words("agencies_caution") in shown.text
    assert f"/{lang}/method#comparison" in shown.links


def test_headings_still_sort_and_the_bands_are_one_link_away(reader: FlaskClient) -> None:
    sorted_page = page(reader, query="&sort=-received")
    received = [int(line[2].replace(",", "")) for line in sorted_page.tables[0][2:]]

    assert received == sorted(received, reverse=True)
    assert f"/en/agencies?period={OPENING}" in sorted_page.links
    assert f"/en/agencies?period={OPENING}&sort=name" in sorted_page.links
    names = [folded(line[0]) for line in lines(reader, query="&sort=name")]
    assert names == sorted(names)


def test_a_month_is_not_compared_and_stands_in_the_order_of_the_alphabet(
    reader: FlaskClient,
) -> None:
    month = Read(reader.get("/en/agencies?period=2019-05").text)
    names = [folded(line[0]) for line in month.tables[0][2:]]

    assert names == sorted(names)
    assert Words("en")("agencies_bands_heading") not in month.text


def test_the_page_with_bands_is_light(reader: FlaskClient) -> None:
    address = f"/uz/agencies?period={OPENING}"
    answer = reader.get(address, headers={"Accept-Encoding": "gzip"})

    assert len(answer.data) < 30_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_method_page_names_the_method_and_its_limits(reader: FlaskClient, lang: str) -> None:
    words, text = Words(lang), Read(reader.get(f"/{lang}/method").text).text

    for point in ("reference", "interval", "spread", "chance", "ranks", "mix", "open"):
        assert words(f"method_comparison_{point}") in text
