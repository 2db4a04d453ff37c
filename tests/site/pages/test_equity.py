"""Gaps between groups and places are shown as published, with limits and what not to conclude."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from data.analyses.equity import FIELDS, SHARES
from data.codelists import LANGUAGES
from data.releases import Release
from layouts import equity
from layouts.components.change import bare_points
from layouts.components.gaps import MOST_DRAWN
from layouts.sitemap import SITEMAP
from layouts.words import Words
from tests.site.pages import reading_html
from tests.site.pages.gapped import GROUP, HIDDEN, REGION, district, publish_gapped
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over, site_over

YEAR = "2018"
ON_TIME = "on_time_rate"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gaps")


@pytest.fixture(scope="module")
def release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return publish_gapped(root, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def reader(root: Path, release: Release) -> FlaskClient:
    assert release.id
    return client_over(root)


def page(reader: FlaskClient, query: str = "", lang: str = "en") -> Read:
    return reading_html.page(reader, f"equity?period={YEAR}{query}", lang)


def rows(release: Release, level: str, indicator: str = ON_TIME) -> list[dict[str, Any]]:
    return (
        release.analyses["equity"]
        .filter(period=YEAR, level=level, indicator=indicator)
        .sort("gap", "area", "group", nulls_last=True)
        .to_dicts()
    )


def limits(words: Words, row: dict[str, Any]) -> str:
    lower, upper = (bare_points(words, row[f"gap_{end}"]) for end in ("lower", "upper"))
    return words("equity_limits", lower=lower, upper=upper)


def test_the_address_offers_what_is_compared() -> None:
    keys = SITEMAP["equity"].keys

    assert all(keys["by"].accepts(field.level) for field in FIELDS)
    assert all(keys["indicator"].accepts(share.indicator) for share in SHARES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", equity.BY)
@pytest.mark.parametrize("indicator", equity.INDICATORS)
def test_each_place_and_group_stands_with_its_gap_as_published(
    reader: FlaskClient, release: Release, level: str, indicator: str, lang: str
) -> None:
    words, told = Words(lang), rows(release, level, indicator)
    read = page(reader, f"&by={level}&indicator={indicator}", lang)
    if not told:
        assert words("equity_not_told") in read.text
        return
    lines = read.tables[0][1:]

    assert len(lines) == len(told)
    for line, row in zip(lines, told, strict=True):
        share, rest, gap, verdict = line[-4:]
        if row["base"] is None:
            assert (rest, gap, verdict) == ("", "", "")
            continue
        assert share.startswith(words.percent(row["rate"]) if row["base"] else "")
        assert rest.startswith(words.percent(row["rest_rate"]))
        assert verdict == words(f"equity_{row['verdict']}")
        if row["gap"] is not None:
            written = bare_points(words, row["gap"])
            assert gap == f"{written}\N{NO-BREAK SPACE}({limits(words, row)})"


def test_who_fares_worse_or_better_is_named(reader: FlaskClient, release: Release) -> None:
    words = Words("en")
    codes = release.codelists
    names = {
        "group": words.name(codes["group"], GROUP),
        "region": words.name(codes["area"], REGION),
        "district": words.name(codes["area"], district(release)),
    }

    for level, name in names.items():
        read = page(reader, f"&by={level}")
        assert f"beyond chance: {name}" in read.text
        apart = sum(row["verdict"] in {"higher", "lower"} for row in rows(release, level))
        assert read.headings[0].startswith(f"{apart} of ")


def test_the_largest_gaps_are_drawn_with_their_limits(
    reader: FlaskClient, release: Release
) -> None:
    words = Words("en")
    document = reader.get(f"/en/equity?period={YEAR}&by=district").text
    known = [row for row in rows(release, "district") if row["gap"] is not None]
    best = max(known, key=lambda row: abs(row["gap"]))

    assert len(known) > MOST_DRAWN == document.count('class="figure-gap"') - 2
    assert f": {bare_points(words, best['gap'])}</text>" in document
    assert f"{bare_points(words, best['gap'])} ({limits(words, best)})" in document


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_not_be_concluded_stands_with_it(reader: FlaskClient, lang: str) -> None:
    words = Words(lang)
    read = page(reader, "", lang)

    for name in equity.CAUTIONS:
        assert words(f"equity_caution_{name}") in read.text
    assert f"/{lang}/method#equity" in read.links
    assert words("method_equity") in Read(reader.get(f"/{lang}/method").text).headings


def test_other_pages_lead_to_it(reader: FlaskClient) -> None:
    assert "/en/equity" in Read(reader.get("/en/channels").text).links
    assert "/en/equity?by=region" in Read(reader.get("/en/regions").text).links


def test_the_gaps_can_be_taken_home_as_they_are_drawn(reader: FlaskClient) -> None:
    words = Words("en")
    drawn = reader.get(f"/take/en/equity/gaps.svg?period={YEAR}&by=region")
    listed = reader.get(f"/take/en/equity/gaps.csv?period={YEAR}&by=region")

    assert drawn.status_code == listed.status_code == 200
    assert words("equity_key_apart") in drawn.text
    assert words("equity_rest") in listed.text


def test_a_release_without_gaps_says_so(tmp_path: Path) -> None:
    publish_whole(tmp_path)
    client = site_over(tmp_path).server.test_client()

    assert Words("en")("equity_unknown") in Read(client.get("/en/equity").text).text
    assert "/en/equity?by=region" not in Read(client.get("/en/regions").text).links


def test_a_group_that_is_not_shown_has_its_sign_and_no_gap(
    reader: FlaskClient, release: Release
) -> None:
    words = Words("en")
    read = page(reader)
    name = words.name(release.codelists["group"], HIDDEN)
    (line,) = (line for line in read.tables[0] if line[0] == name)

    assert words("status_too_few") in line[1]
    assert line[2:] == ["", "", ""]
    assert words("status_key_title") in read.text
