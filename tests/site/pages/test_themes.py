"""What appeals are about, how they come and who writes them: cells of the release, in full."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.figures.spark import HEIGHT, WIDTH, spark_svg
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over

PERIOD = "2018"


def read(reader: FlaskClient, address: str) -> Read:
    answer = reader.get(address)
    assert answer.status_code == 200
    return Read(answer.text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_theme_stands_with_its_own_numbers(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    words, codes = Words(lang), whole.codelists["theme"]
    (_, *lines) = read(reader, f"/{lang}/themes").tables[0]
    shown = {line[0]: line for line in lines}
    cells = whole.tables["region_by_theme"].filter(period=PERIOD, area="_T")
    assert len(shown) == len(codes.at("theme"))
    for row in cells.iter_rows(named=True):
        if row["theme"] not in codes.at("theme"):
            continue
        line = shown[words.name(codes, row["theme"])]
        if row["received"] is None:
            assert words("status_suppressed") in line[1]
        else:
            assert line[1] == words.number(row["received"])
            assert line[2] == words.percent(row["received_share"])
        assert line[4] == words.name(codes, codes[row["theme"]].parent)


def test_the_most_frequent_theme_is_named_first_and_in_the_heading(reader: FlaskClient) -> None:
    page = read(reader, "/en/themes")
    shown = [line[1].replace(",", "") for line in page.tables[0][1:]]
    received = [int(each) for each in shown if each.isdigit()]
    assert len(received) > 20
    assert received == sorted(received, reverse=True)
    assert page.tables[0][1][0] in page.headings[0]
    assert page.tables[0][1][2] in page.headings[0]


def test_a_small_line_tells_its_numbers_to_those_who_do_not_see_it(
    reader: FlaskClient, whole: Release
) -> None:
    told = [line[3] for line in read(reader, "/en/themes").tables[0][1:]]
    assert len(told) == len(whole.codelists["theme"].at("theme"))
    months = whole.tables["region_by_theme"].filter(area="_T", theme="health")
    known = months.filter(months["period"].str.contains(r"^\d{4}-\d\d$"))["received"].drop_nulls()
    health = next(each for each in told if each.startswith("Health:"))
    counts = sorted(known.to_list())
    assert f"{counts[0]:,}" in health
    assert f"{counts[-1]:,}" in health


def test_a_small_line_is_broken_where_there_is_no_value() -> None:
    drawn = spark_svg([1.0, 2.0, None, 4.0, 3.0])
    path = re.search(r'd="([^"]+)" class="spark-line"', drawn)
    assert path is not None
    assert path[1].count("M") == 2
    places = [float(each) for each in re.findall(r"[\d.]+", path[1])]
    assert all(0 <= x <= WIDTH for x in places[::2])
    assert all(0 <= y <= HEIGHT for y in places[1::2])


def test_a_small_line_without_any_value_draws_nothing_and_fails_not() -> None:
    assert "circle" not in spark_svg([None, None])
    assert "circle" in spark_svg([0.0, 0.0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_profile_of_a_theme_shows_its_regions_bodies_and_groups(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    words = Words(lang)
    page = read(reader, f"/{lang}/themes/health")
    lines = {line[0]: line for table in page.tables for line in table}
    for table, key in (
        ("region_by_theme", "area"),
        ("theme_by_group", "group"),
    ):
        codes = whole.codelists[key]
        for row in whole.tables[table].filter(period=PERIOD, theme="health").iter_rows(named=True):
            if row[key] != "_T" and row["received"] is not None:
                line = lines[words.name(codes, row[key])]
                assert words.number(row["received"]) in line


def test_of_the_bodies_only_those_that_have_such_appeals_are_listed(
    reader: FlaskClient, whole: Release
) -> None:
    page = read(reader, "/en/themes/health")
    caption = Words("en")("theme_agencies")
    table = next(t for t, c in zip(page.tables, page.captions, strict=True) if caption in c)
    assert 0 < len(table) - 1 <= 15
    assert not any(line[1] == "0" for line in table)
    everything = (
        f"/en/table?down=agency&period={PERIOD}&show=received,received_share"
        "&table=agency_by_theme&theme=health"
    )
    assert everything in page.links
    assert whole.id


def test_a_group_of_themes_lists_its_own(reader: FlaskClient, whole: Release) -> None:
    codes = whole.codelists["theme"]
    page = read(reader, "/en/themes/social")
    members = {codes.name(code, "en") for code in codes.children("social")}
    assert {line[0] for line in page.tables[0][1:]} == members


def test_shares_of_channels_over_the_years_are_those_of_the_release(
    reader: FlaskClient, whole: Release
) -> None:
    words, codes = Words("ru"), whole.codelists["channel"]
    page = read(reader, "/ru/channels")
    place = page.captions.index(words("channels_by_year"))
    head, *lines = page.tables[place]
    assert len(lines) == len(codes.at("channel"))
    cells = whole.tables["agency_by_channel"].filter(agency="_T")
    for line in lines:
        code = next(c for c in codes.at("channel") if words.name(codes, c) == line[0])
        for period, shown in zip(head[1:], line[1:], strict=True):
            cell = cells.filter(period=period, channel=code)["received_share"].item()
            assert shown == words.percent(cell)


def test_every_region_stands_beside_every_group(reader: FlaskClient, whole: Release) -> None:
    page = read(reader, "/en/channels")
    caption = next(c for c in page.captions if c.startswith("Groups in each region"))
    head, *lines = page.tables[page.captions.index(caption)]
    assert len(lines) == len(whole.codelists["area"].at("region"))
    assert len(head) - 1 == len(whole.codelists["group"].at("group"))


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A source that knows neither themes nor channels, kinds or groups."""
    root: Path = tmp_path_factory.mktemp("poor")
    publish_whole(root, without={"themes", "channels", "kinds", "applicants"})
    return client_over(root)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("themes", "themes_not_collected"),
        ("themes/health", "themes_not_collected"),
        ("channels", "channels_not_collected"),
    ],
)
def test_what_the_source_does_not_know_is_said(
    poor: FlaskClient, lang: str, path: str, key: str
) -> None:
    assert Words(lang)(key) in read(poor, f"/{lang}/{path}").text
