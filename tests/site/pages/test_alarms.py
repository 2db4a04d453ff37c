"""Changes larger than chance are shown with size and rate of false alarms, as published."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release, load
from layouts.components.change import signed
from layouts.words import Words
from tests.site.pages.analysed import publish_analysed
from tests.site.pages.reading_html import Read, page
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over, site_over


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("alerts")


@pytest.fixture(scope="module")
def release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """One agency and one region get three times as many from spring on."""
    plain = tmp_path_factory.mktemp("plain")
    tables = load(plain / publish_whole(plain)).tables
    changed = {
        name: _tripled(tables[name], dimension, code)
        for name, dimension, code in (("agencies", "agency", "AG001"), ("regions", "area", "1703"))
    }
    return publish_analysed(root, ("alerts",), changed)


def _tripled(frame: pl.DataFrame, dimension: str, code: str) -> pl.DataFrame:
    late = (pl.col(dimension) == code) & (pl.col("period") >= "2019-04")
    is_month = pl.col("period").str.len_chars() == 7
    more = pl.when(late & is_month).then(3 * pl.col("received")).otherwise("received")
    return frame.with_columns(more.alias("received"))


@pytest.fixture(scope="module")
def reader(root: Path, release: Release) -> FlaskClient:
    assert release.id
    return client_over(root)


def signals(release: Release, **where: str) -> list[dict[str, Any]]:
    found = release.analyses["alerts"].filter(pl.col("signal").is_not_null())
    return found.filter(*(pl.col(k) == v for k, v in where.items())).to_dicts()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_trends_lists_the_changes_with_the_rate_of_false_alarms(
    reader: FlaskClient, release: Release, lang: str
) -> None:
    words = Words(lang)
    read = page(reader, "trends", lang)
    recent = release.analyses["alerts"].filter(pl.col("period") > "2018-10")
    caption = words("alerts_caption", first=words.period("2018-11"), last=words.period("2019-10"))

    lines = read.tables[read.captions.index(caption)][1:]
    assert len(lines) == min(20, recent["signal"].drop_nulls().len()) > 1
    assert words.number(recent.height) in read.text
    assert words("alerts_caution") in read.text
    assert f"/{lang}/method#alerts" in read.links


def test_what_is_shown_is_what_is_published(reader: FlaskClient, release: Release) -> None:
    words = Words("en")
    rows = {each["period"]: each for each in signals(release, agency="AG001")}
    lines = page(reader, "agencies/AG001").tables
    shown = next(each for each in lines if "Expected" in each[0])[1:]

    assert rows
    assert len(shown) == len(rows)
    for line, period in zip(shown, sorted(rows, reverse=True), strict=True):
        row = rows[period]
        assert line[1].endswith(words.period(period))
        assert line[2:4] == [words.number(row["run_events"]), words.number(row["run_expected"])]
        assert line[4] == signed(words, row["change"])


def test_agencies_and_regions_are_listed_each_by_itself(reader: FlaskClient) -> None:
    of_agencies, of_regions = (page(reader, f"trends?by={by}").links for by in ("agency", "region"))

    assert "/en/agencies/AG001" in of_agencies
    assert "/en/regions/1703" not in of_agencies
    assert "/en/regions/1703" in of_regions
    assert "/en/agencies/AG001" not in of_regions


def test_a_body_without_a_change_says_so(reader: FlaskClient, release: Release) -> None:
    watched = release.analyses["alerts"].filter(pl.col("agency") != "_T")
    changed = {each["agency"] for each in signals(release)}
    quiet = next(code for code in watched["agency"] if code not in changed)

    assert "No change larger than chance was seen" in page(reader, f"agencies/{quiet}").text


def test_a_release_that_watches_nobody_says_nothing_of_it(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = tmp_path_factory.mktemp("without")
    publish_whole(plain)
    client = site_over(plain).server.test_client()

    for path in ("trends", "agencies/AG001", "regions/1703"):
        assert "larger than chance" not in Read(client.get(f"/en/{path}").text).text
