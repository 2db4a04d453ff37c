"""An act's page says what the release says of it, with limits and caution, and claims no cause."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release, load
from layouts.components.change import course_of, signed
from layouts.words import MINUS, Words
from tests.site import small_release as small
from tests.site.pages.analysed import publish_analysed
from tests.site.pages.reading_html import Read, page
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over, site_over

NAMES = ("act_effects", "act_courses", "acts_gap")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("acts")


@pytest.fixture(scope="module")
def release(root: Path) -> Release:
    return publish_analysed(root, NAMES)


@pytest.fixture(scope="module")
def reader(root: Path, release: Release) -> FlaskClient:
    assert release.id
    return client_over(root)


def effects(release: Release, status: str) -> list[dict[str, Any]]:
    found = release.analyses["act_effects"].filter(pl.col("status") == status)
    return found.unique("adopted", keep="first", maintain_order=True).to_dicts()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_estimate_is_told_with_its_limits_and_the_caution(
    reader: FlaskClient, release: Release, lang: str
) -> None:
    words = Words(lang)
    estimated = effects(release, "estimated")

    assert estimated
    for effect in estimated:
        text = page(reader, f"acts/{effect['act']}", lang).text
        assert words("act_caution") in text
        for name, places in (("level_change", 1), ("slope_change", 2), ("beside_others", 1)):
            for end in ("lower", "upper"):
                assert signed(words, effect[f"{name}_{end}"], places) in text


def test_who_has_too_few_months_is_told_so_and_shown_no_change(
    reader: FlaskClient, release: Release
) -> None:
    for effect in effects(release, "too_few"):
        text = page(reader, f"acts/{effect['act']}").text
        assert f"{effect['months_before']} published months before the act" in text
        assert "95% interval" not in text


def test_the_table_shows_the_published_months_and_what_was_expected(
    reader: FlaskClient, release: Release
) -> None:
    words = Words("en")
    effect = effects(release, "estimated")[0]
    shown = {line[0]: line[1:] for line in page(reader, f"acts/{effect['act']}").tables[0][1:]}
    course = release.analyses["act_courses"].filter(
        pl.col("theme") == effect["theme"], pl.col("adopted") == effect["adopted"]
    )

    assert len(shown) == course.height
    for row in course.to_dicts():
        received, expected, _ = shown[words.period(row["period"])]
        assert received == words.number(row["received"])
        assert expected == ("" if row["expected"] is None else words.number(row["expected"]))


def test_the_drawing_marks_the_act_and_tells_its_numbers(
    reader: FlaskClient, release: Release
) -> None:
    effect = effects(release, "estimated")[0]
    text = reader.get(f"/en/acts/{effect['act']}").text

    assert text.count('class="figure-marked"') == 1
    assert text.count('class="figure-band"') >= 1
    assert f"A month on average: {effect['mean_before']:,.0f}" not in text
    assert f"{effect['mean_before']:,.0f} before the act" in text


def test_an_act_leads_to_its_text_and_an_act_without_one_says_so(
    reader: FlaskClient, release: Release
) -> None:
    assert release.acts is not None
    with_text, without = (
        release.acts.filter(pl.col("lex_id").is_not_null() == is_there).row(0, named=True)
        for is_there in (True, False)
    )

    links = page(reader, f"acts/{with_text['act']}").links
    assert f"https://lex.uz/docs/{with_text['lex_id']}" in links
    assert "no text on lex.uz" in page(reader, f"acts/{without['act']}").text


def test_other_acts_of_the_theme_near_in_time_are_named(
    reader: FlaskClient, release: Release
) -> None:
    effect = effects(release, "estimated")[0]
    assert release.acts is not None
    own = release.acts.filter(pl.col("theme") == effect["theme"])
    links = page(reader, f"acts/{effect['act']}").links
    named = [act for act in own["act"] if f"/en/acts/{act}" in links]

    assert effect["others_nearby"] > 0
    assert len(named) == min(10, effect["others_nearby"])
    assert effect["act"] not in named


def test_an_unknown_act_is_no_page_and_the_register_leads_to_all_it_lists(
    reader: FlaskClient,
) -> None:
    assert reader.get("/en/acts/H99999").status_code == 404
    links = [each for each in page(reader, "acts").links if each.startswith("/en/acts/H")]
    assert len(links) == 50
    assert all(reader.get(each).status_code == 200 for each in links[:5])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_themes_without_an_act_are_listed_by_their_proposals(
    reader: FlaskClient, release: Release, lang: str
) -> None:
    words, codes = Words(lang), release.codelists["theme"]
    gaps = release.analyses["acts_gap"].filter(
        pl.col("period") == "2018", pl.col("status") == "gap"
    )
    read = page(reader, "acts?period=2018", lang)
    caption = words("gap_caption", period=words.period("2018"), many=30)
    if gaps.is_empty():
        assert words("gap_none", period=words.period("2018"), many=30) in read.text
        return
    lines = read.tables[read.captions.index(caption)][1:]
    expected = [words.number(n) for n in gaps.sort("proposals", descending=True)["proposals"]]
    assert [line[1] for line in lines] == expected
    assert {line[0] for line in lines} == {words.name(codes, code) for code in gaps["theme"]}


def test_where_no_months_are_published_the_act_is_shown_without_a_course(tmp_path: Path) -> None:
    made = load(tmp_path / publish_whole(tmp_path))
    files = {name: (tmp_path / made.id / name).read_bytes() for name in made.manifest.files}
    told = made.manifest.tables["region_by_theme"]
    years = made.tables["region_by_theme"].filter(pl.col("period").str.len_chars() == 4)
    files["region_by_theme.parquet"] = small.parquet(years)
    yearly = replace(told, table=replace(told.table, grains=("year",)))
    described = replace(
        made.manifest,
        tables={**made.manifest.tables, "region_by_theme": yearly},
        files={name: small.record(name, content) for name, content in files.items()},
    )
    small.write(tmp_path, described, files, 2)
    client = site_over(tmp_path).server.test_client()

    read = Read(client.get("/en/acts/H00003").text)
    assert Words("en")("act_no_analysis") in read.text
    assert not read.tables


def test_a_change_is_called_one_only_where_both_limits_lie_on_its_side() -> None:
    def course(lower: float, upper: float) -> str:
        return course_of({"x": 0.0, "x_lower": lower, "x_upper": upper}, "x")

    assert course(-9, -1) == "fell"
    assert course(1, 9) == "rose"
    assert {course(-1, 9), course(-9, 1), course(0, 9), course(-9, 0)} == {"none"}
    assert [signed(Words("en"), each) for each in (3.24, -3.24, 0.04)] == [
        "+3.2%",
        f"{MINUS}3.2%",
        "0.0%",
    ]
