"""A forecast is shown with its ranges and its test, and where there is none it is said why."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.periods import PATTERNS
from data.releases import Release, load
from layouts.words import Words
from tests.site.pages.analysed import publish_analysed
from tests.site.pages.reading_html import page
from tests.site.pages.whole import publish_whole
from tests.site.small_release import client_over


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forecast")


@pytest.fixture(scope="module")
def release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The country and two themes grow month by month; another theme repeats its year."""
    plain = tmp_path_factory.mktemp("plain")
    tables = load(plain / publish_whole(plain)).tables
    months = sorted({code for code in tables["national"]["period"] if _is_month(code)})
    draw = np.random.default_rng(1)
    growing = draw.poisson(3_000 * 1.02 ** np.arange(len(months)))
    year = draw.integers(50, 950, 12)
    repeating = [int(year[at % 12]) for at in range(len(months))]
    national = _with(tables["national"], months, growing.tolist(), pl.lit(value=True))
    themes = _with(tables["region_by_theme"], months, growing.tolist(), _theme("energy"))
    themes = _with(themes, months, growing.tolist(), _theme("health"))
    themes = _with(themes, months, repeating, _theme("land"))
    return publish_analysed(
        root,
        ("forecast", "forecast_backtest"),
        {"national": national, "region_by_theme": themes},
    )


def _is_month(code: str) -> bool:
    return len(code) == 7 and "Q" not in code


def _theme(code: str) -> pl.Expr:
    return (pl.col("theme") == code) & (pl.col("area") == "_T")


def _with(
    frame: pl.DataFrame, months: list[str], counts: list[int], where: pl.Expr
) -> pl.DataFrame:
    told = dict(zip(months, counts, strict=True))
    is_month = where & pl.col("period").str.contains(PATTERNS["month"])
    counted = pl.col("period").replace_strict(told, default=None, return_dtype=pl.Int64)
    return frame.with_columns(
        received=pl.when(is_month).then(counted).otherwise("received"),
        received_status=pl.when(is_month).then(pl.lit("A")).otherwise("received_status"),
    )


@pytest.fixture(scope="module")
def reader(root: Path, release: Release) -> FlaskClient:
    assert release.id
    return client_over(root)


def rows(release: Release, area: str = "_T", theme: str = "_T") -> list[dict[str, Any]]:
    own = (pl.col("area") == area) & (pl.col("theme") == theme)
    return release.analyses["forecast"].filter(own).sort("period").to_dicts()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("path", "theme"), [("trends", "_T"), ("themes/energy", "energy")])
def test_the_months_to_come_are_shown_with_both_ranges_and_the_test(
    reader: FlaskClient, release: Release, lang: str, path: str, theme: str
) -> None:
    words, read = Words(lang), page(reader, path, lang)
    expected = rows(release, theme=theme)
    shown = {line[0]: line for table in read.tables for line in table if len(line) == 5}

    assert {row["status"] for row in expected} == {"published"}
    for row in expected:
        line = shown[words.period(row["period"])]
        assert line[2:] == [
            words.number(row["expected"]),
            f"{words.number(row['lower_80'])} – {words.number(row['upper_80'])}",
            f"{words.number(row['lower_95'])} – {words.number(row['upper_95'])}",
        ]
    for told in ("error", "naive_error", "tested"):
        assert words.number(expected[0][told]) in read.text
    assert words("forecast_caution") in read.text
    assert f"/{lang}/method#forecast" in read.links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_last_years_month_does_as_well_no_number_is_shown_and_it_is_said_why(
    reader: FlaskClient, release: Release, lang: str
) -> None:
    words, read = Words(lang), page(reader, "themes/land", lang)
    row = rows(release, theme="land")[0]
    name = words.name(release.codelists["theme"], "land")
    told = {"error": words.number(row["error"]), "naive": words.number(row["naive_error"])}

    assert row["status"] == "not_better"
    reason = words("forecast_not_better", name=name, tested=row["tested"], **told)
    assert " ".join(reason.split()) in " ".join(read.text.split())
    assert words("forecast_expected") not in {cell for table in read.tables for cell in table[0]}


def test_several_lines_have_one_table_of_their_forecasts(
    reader: FlaskClient, release: Release
) -> None:
    read = page(reader, "trends?by=theme&a=energy&b=land&c=health")
    known = [t for t in ("energy", "land", "health") if rows(release, theme=t)[0]["expected"]]
    lines = read.tables[read.captions.index(Words("en")("forecast_caption"))][1:]

    assert len(known) >= 2
    assert len(lines) == 3 * len(known)


def test_what_is_not_forecast_is_not_spoken_of(reader: FlaskClient) -> None:
    heading = Words("en")("forecast_heading")
    for path in ("trends?by=agency", "trends?indicator=on_time_rate", "agencies/AG001"):
        assert heading not in page(reader, path).headings
    assert heading in page(reader, "trends").text


def test_the_fan_tells_its_numbers_in_words(reader: FlaskClient, release: Release) -> None:
    text = reader.get("/en/trends").text

    assert text.count("figure-band-inner") >= 2
    for row in rows(release):
        assert f"{row['expected']:,} appeals expected, in 80 of 100 cases" in text
