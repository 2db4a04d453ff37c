"""Shares adjusted for what agencies are asked stand beside the raw ones, as published."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.analyses.adjusted import LEVELS, SHARES, TABLE
from data.codelists import LANGUAGES
from data.indicators import INDICATORS
from data.releases import Release, load
from layouts.components.change import bare_points, points
from layouts.words import Words
from tests.site.pages.analysed import publish_analysed
from tests.site.pages.reading_html import Read, page
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over, site_over

YEAR = "2018"
AGENCY, ITSELF, UNMOVED, UNKNOWN = "AG001", "AG002", "AG003", "AG004"
ON_TIME = SHARES[0]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("adjusted")


@pytest.fixture(scope="module")
def release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """One agency is moved most by its channels, one is compared with itself, one is not moved, and
    of one nothing is told."""
    plain = tmp_path_factory.mktemp("plain")
    frame = load(plain / publish_whole(plain)).tables[TABLE]
    base, expected = pl.col(ON_TIME.base), pl.col(ON_TIME.expected)
    parts = {level: -number for number, level in enumerate(LEVELS, 1)} | {"channel": -9}
    told = frame.with_columns((0.8 * base).round().cast(pl.Int64).alias(ON_TIME.expected))
    told = told.with_columns(
        *(
            pl.when(pl.col("agency") == UNMOVED)
            .then(0)
            .otherwise((base * part / 100).round())
            .cast(pl.Int64)
            .alias(ON_TIME.moved(level))
            for level, part in parts.items()
        ),
        pl.when(pl.col("agency") == ITSELF)
        .then(0.9 * expected)
        .otherwise(0.1 * expected)
        .round()
        .cast(pl.Int64)
        .alias(ON_TIME.of_itself),
        pl.when(pl.col("agency") == UNKNOWN)
        .then(pl.lit("N"))
        .otherwise(f"{ON_TIME.expected}_status")
        .alias(f"{ON_TIME.expected}_status"),
    )
    return publish_analysed(root, ("adjusted",), {TABLE: told})


@pytest.fixture(scope="module")
def reader(root: Path, release: Release) -> FlaskClient:
    assert release.id
    return client_over(root)


def row_of(release: Release, agency: str, indicator: str = ON_TIME.indicator) -> dict[str, Any]:
    found = release.analyses["adjusted"].filter(
        pl.col("period") == YEAR, pl.col("agency") == agency, pl.col("indicator") == indicator
    )
    (row,) = found.to_dicts()
    return row


def league(reader: FlaskClient, lang: str, period: str) -> tuple[list[str], dict[str, list[str]]]:
    """The headings of the table of agencies, and its rows by name."""
    head, *lines = page(reader, f"agencies?period={period}", lang).tables[0]
    return head, {line[0]: line for line in lines}


def shares(words: Words, row: dict[str, Any]) -> str:
    places = INDICATORS[row["indicator"]].decimals
    lower, upper = (words.decimal(row[f"adjusted_{end}"], places) for end in ("lower", "upper"))
    return f"{words.percent(row['adjusted'], places)}\N{NO-BREAK SPACE}({lower}–{upper})"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_adjusted_share_stands_behind_the_raw_one_with_what_moved_it_most(
    reader: FlaskClient, release: Release, lang: str
) -> None:
    words, row = Words(lang), row_of(release, AGENCY)
    head, lines = league(reader, lang, YEAR)
    at = head.index(words("indicator_on_time_rate_short"))
    line = lines[words.name(release.codelists["agency"], AGENCY)]

    assert head[at + 1 : at + 3] == [words("adjusted_expected_short"), words("adjusted_short")]
    assert line[at + 1] == (
        f"{words.percent(row['expected_rate'])}"
        f"{words('level_channel')} {bare_points(words, row['by_channel'])}"
    )
    assert line[at + 2] == shares(words, row)
    text = page(reader, f"agencies?period={YEAR}", lang).text
    assert words("adjusted_not_concluded") in text


def test_who_is_compared_with_itself_is_marked_and_who_is_not_moved_has_no_cause(
    reader: FlaskClient, release: Release
) -> None:
    words, codes = Words("en"), release.codelists["agency"]
    head, lines = league(reader, "en", YEAR)
    at = head.index(words("adjusted_expected_short"))
    itself, unmoved, unknown = (
        lines[words.name(codes, code)] for code in (ITSELF, UNMOVED, UNKNOWN)
    )

    assert words("adjusted_itself_short") in itself[at + 1]
    assert words("adjusted_itself_short") not in unmoved[at + 1]
    assert unmoved[at] == words.percent(row_of(release, UNMOVED)["expected_rate"])
    assert unknown[at : at + 2] == ["", ""]


def test_nothing_sorts_by_an_adjusted_share(reader: FlaskClient) -> None:
    links = page(reader, f"agencies?period={YEAR}").links

    assert any("sort=-repeat_share" in link for link in links)
    assert not any("adjusted" in link and "sort" in link for link in links)


def test_a_month_has_no_adjusted_share_and_leads_to_the_year(reader: FlaskClient) -> None:
    words = Words("en")
    head, _ = league(reader, "en", "2018-05")
    read = page(reader, "agencies?period=2018-05")

    assert words("adjusted_short") not in head
    assert words("adjusted_by_year") in read.text
    assert (words.period(YEAR), f"/en/agencies?period={YEAR}") in read.texts_of_links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_agency_is_led_from_the_share_of_all_to_its_own(
    reader: FlaskClient, release: Release, lang: str
) -> None:
    words, row = Words(lang), row_of(release, AGENCY)
    read = page(reader, f"agencies/{AGENCY}?period={YEAR}", lang)
    caption = words("moved_caption", period=words.period(YEAR))
    steps = {line[0]: line[1] for line in read.tables[read.captions.index(caption)][1:]}

    assert steps[words("moved_all")] == words.percent(row["reference"])
    for level in LEVELS:
        assert steps[words(f"level_{level}")] == points(words, row[f"by_{level}"])
    assert steps[words("moved_expected")] == words.percent(row["expected_rate"])
    assert steps[words("moved_conduct")] == points(words, row["conduct"])
    assert steps[words("moved_observed")] == words.percent(row["rate"])
    assert steps[words("moved_comes_to")] == shares(words, row)
    most = words("moved_most_channel", points=points(words, row["by_channel"]))
    assert most in read.text
    assert words("adjusted_not_concluded") in read.text
    assert f"/{lang}/method#adjusted" in read.links


def test_an_agency_says_when_it_is_compared_with_itself_or_hardly_moved(
    reader: FlaskClient, release: Release
) -> None:
    words = Words("en")
    itself = page(reader, f"agencies/{ITSELF}?period={YEAR}").text
    unmoved = page(reader, f"agencies/{UNMOVED}?period={YEAR}").text
    note = words(
        "moved_itself",
        indicator=words("indicator_on_time_rate"),
        share=words.percent(row_of(release, ITSELF)["own"], 0),
    )

    assert note in itself
    assert note not in unmoved
    assert words("moved_most_none") in unmoved


def test_a_release_that_adjusts_nothing_says_nothing_of_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plain = tmp_path_factory.mktemp("without")
    publish_whole(plain)
    client = site_over(plain).server.test_client()
    words = Words("en")

    for path in (f"agencies?period={YEAR}", f"agencies/{AGENCY}", "agencies?period=2018-05"):
        text = Read(client.get(f"/en/{path}").text).text
        assert words("adjusted_short") not in text
        assert words("moved_heading") not in text
        assert words("adjusted_by_year") not in text
