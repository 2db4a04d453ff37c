"""A forecast is published where its test, published as well, shows that it helps; and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from data.analyses import ANALYSES
from data.codelists import Code, with_total
from etl.analyses import ANALYSTS
from etl.analyses.forecast import forecast
from etl.analyses.forecast_backtest import forecast_backtest
from etl.stages import Edition, Tables
from etl.verify.analyses import JUDGES
from tests.etl.act_series import MONTHS, edition, opened
from tests.etl.spoiling import Spoil, put

Course = Sequence[int | None]
NAMES = ("forecast_backtest", "forecast")


def growing(level: int = 500, monthly: float = 1.02, seed: int = 1) -> Course:
    """A trend and a season with what chance makes of it."""
    draw = np.random.default_rng(seed)
    steps = np.arange(34)
    season = 1 + 0.3 * np.sin(2 * np.pi * steps / 12)
    return [int(each) for each in draw.poisson(level * monthly**steps * season)]


def repeating(seed: int = 1) -> Course:
    """Every year to the appeal like the one before, with months that no wave describes."""
    year = np.random.default_rng(seed).integers(50, 950, 12).tolist()
    return [year[step % 12] for step in range(34)]


def given(as_of: date = date(2019, 11, 1)) -> Edition:
    regions = [Code(each, "region", "_T", (("en", each),)) for each in ("R1", "R2")]
    plain = edition(None, ["land", "roads"], as_of)
    lists = {**plain.codelists, "area": with_total("area", regions)}
    return replace(plain, codelists=lists)


def tables(
    whole: Course,
    themes: Mapping[str, Course] | None = None,
    regions: Mapping[str, Course] | None = None,
) -> Tables:
    def rows(dimension: str, courses: Mapping[str, Course]) -> list[dict[str, Any]]:
        return [
            {"period": month, dimension: code, "received": count}
            for code, course in courses.items()
            for month, count in zip(MONTHS, course, strict=False)
        ]

    made = {"national": pl.DataFrame(rows("nobody", {"_T": whole})).drop("nobody")}
    if regions:
        made["regions"] = pl.DataFrame(rows("area", regions))
    if themes:
        of_themes = pl.DataFrame(rows("theme", themes)).with_columns(area=pl.lit("_T"))
        elsewhere = of_themes.with_columns(area=pl.lit("R1"), received=pl.lit(1, pl.Int64))
        made["region_by_theme"] = pl.concat([of_themes, elsewhere])
    return made


def full() -> Tables:
    hidden = list(growing(seed=4))
    hidden[28] = None
    return tables(
        growing(5_000),
        {"land": growing(seed=2), "roads": repeating()},
        {"R1": growing(seed=3), "R2": hidden},
    )


def of(frame: pl.DataFrame, area: str = "_T", theme: str = "_T") -> list[dict[str, Any]]:
    return frame.filter(pl.col("area") == area, pl.col("theme") == theme).to_dicts()


def test_a_course_that_grows_is_forecast_for_the_next_three_months() -> None:
    rows = of(forecast(full(), given()))

    assert [row["period"] for row in rows] == ["2019-11", "2019-12", "2020-01"]
    assert {row["status"] for row in rows} == {"published"}
    assert rows[0]["mase"] < rows[0]["naive_mase"]
    true = (
        5_000 * 1.02 ** np.arange(34, 37) * (1 + 0.3 * np.sin(2 * np.pi * np.arange(34, 37) / 12))
    )
    for row, level in zip(rows, true, strict=True):
        assert row["lower_95"] < level < row["upper_95"]
        assert row["expected"] == pytest.approx(level, rel=0.1)


def test_where_last_years_month_does_as_well_nothing_is_forecast() -> None:
    rows = of(forecast(full(), given()), theme="roads")

    assert {row["status"] for row in rows} == {"not_better"}
    assert rows[0]["naive_error"] == 0 < rows[0]["error"]
    withheld = ("expected", "lower_80", "upper_80", "lower_95", "upper_95")
    assert {row[name] for row in rows for name in withheld} == {None}
    assert rows[0]["naive"] == repeating()[22]


def test_the_test_uses_nothing_that_was_not_known_at_its_origin() -> None:
    changed = list(growing(5_000))
    changed[30] = 99_999
    first, second = (
        forecast_backtest(tables(course), given()) for course in (growing(5_000), changed)
    )
    before = pl.col("origin") < MONTHS[30]

    assert first.filter(before)["expected"].equals(second.filter(before)["expected"])
    assert not first.filter(~before)["expected"].equals(second.filter(~before)["expected"])


def test_every_origin_from_two_years_on_is_tested_up_to_three_months_ahead() -> None:
    rows = of(forecast_backtest(full(), given()))

    pairs = [
        (MONTHS[at], MONTHS[at + step])
        for at in range(23, 33)
        for step in (1, 2, 3)
        if at + step < 34
    ]
    assert [(row["origin"], row["period"]) for row in rows] == pairs
    assert {row["horizon"] for row in rows} == {1, 2, 3}


def test_a_hidden_month_is_neither_tested_nor_taken_for_zero() -> None:
    rows = of(forecast_backtest(full(), given()), area="R2")

    assert MONTHS[28] not in {row["period"] for row in rows}
    assert of(forecast(full(), given()), area="R2")[0]["status"] == "published"


@pytest.mark.parametrize("months", [0, 1, 11, 12, 23, 27])
def test_too_few_months_are_no_ground_for_a_forecast(months: int) -> None:
    year, month = divmod(months, 12)
    as_of = date(2017 + year, month + 1, 1)
    shown = tables(growing()[:months] or [5])
    found = forecast(shown, given(as_of))

    assert set(found["status"]) <= {"too_few"}
    assert found.height == (3 if months else 0)
    assert findings(shown, given(as_of)) == []


def test_a_course_without_appeals_has_no_forecast() -> None:
    shown = tables(growing(), {"land": [0] * 34, "roads": growing(seed=2)})
    rows = of(forecast(shown, given()), theme="land")

    assert {row["status"] for row in rows} == {"too_few"}


def findings(
    shown: Tables, of_edition: Edition, name: str = "", spoil: Spoil = lambda frame: frame
) -> list[str]:
    made = {each: ANALYSTS[each](shown, of_edition) for each in NAMES}
    if name:
        made[name] = spoil(made[name])
    release = replace(opened(of_edition, shown), analyses=made)
    return [
        finding
        for each in NAMES
        for finding in JUDGES[each](release, made[each], ANALYSES[each].settings)
    ]


def test_what_was_made_by_the_rules_has_no_findings() -> None:
    assert findings(full(), given()) == []


WHOLE = (pl.col("area") == "_T") & (pl.col("theme") == "_T")
ROADS = pl.col("theme") == "roads"
NEXT = WHOLE & (pl.col("period") == "2019-12")
LATE = WHOLE & (pl.col("origin") == MONTHS[30])


@pytest.mark.parametrize(
    ("name", "spoil", "told"),
    [
        ("forecast", lambda frame: frame.filter(~WHOLE), "its courses are not the country"),
        ("forecast", put("period", "2020-05", NEXT), "its months are not those that follow"),
        ("forecast", put("naive", 1, NEXT), "the count of the year before is not"),
        ("forecast", put("status", "published", ROADS), "does not follow from the test"),
        ("forecast", put("status", "not_better", WHOLE), "does not follow from the test"),
        ("forecast", put("expected", 5, ROADS), "a forecast is shown that is not to be"),
        ("forecast", put("expected", None, NEXT), "a forecast is shown that is not to be"),
        ("forecast", put("expected", 5, NEXT), "does not follow from the published months"),
        ("forecast", put("upper_80", 1, NEXT), "limits are not one within the other"),
        ("forecast", put("error", 1.0, WHOLE), "results of the test are not those"),
        ("forecast", put("mase", 0.1, WHOLE), "results of the test are not those"),
        ("forecast", put("held_95", 99.9, WHOLE), "results of the test are not those"),
        ("forecast", put("tested", 99, WHOLE), "results of the test are not those"),
        ("forecast_backtest", put("actual", 1, LATE), "a count is not the published one"),
        ("forecast_backtest", put("naive", 1, LATE), "a count is not the published one"),
        ("forecast_backtest", put("horizon", 2, LATE), "not as far ahead as is told"),
        ("forecast_backtest", put("lower_80", 10**7, LATE), "limits are not one within"),
        ("forecast_backtest", lambda frame: frame.filter(~LATE), "could be tested is left out"),
        ("forecast_backtest", put("expected", 1, LATE), "results of the test are not those"),
    ],
)
def test_what_was_spoilt_is_found(name: str, spoil: Spoil, told: str) -> None:
    assert any(told in finding for finding in findings(full(), given(), name, spoil))
