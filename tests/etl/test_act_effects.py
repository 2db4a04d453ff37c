"""What is said of an act is what the published months of its theme say, and no more."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from data.analyses.act_effects import FEWEST_AFTER, FEWEST_BEFORE
from etl.analyses.act_courses import act_courses
from etl.analyses.act_effects import act_effects
from tests.etl.act_series import MONTHS, Acts, edition, tables

DAYS = [(date(int(m[:4]) + int(m[5:]) // 12, int(m[5:]) % 12 + 1, 1)) for m in MONTHS]
LENGTHS = [
    (after - date(int(m[:4]), int(m[5:]), 1)).days for m, after in zip(MONTHS, DAYS, strict=True)
]


def course(at: str = "2018-06", step: float = 1.0, level: float = 3_000) -> list[int]:
    """The same each day, times ``step`` after a month."""
    return [
        round(level * days / 30 * (step if month > at else 1))
        for month, days in zip(MONTHS, LENGTHS, strict=True)
    ]


def effects(acts: Acts, **counts: Any) -> dict[str, dict[str, Any]]:
    themes = [name for name in counts if name != "_T"]
    total = [sum(filter(None, month)) for month in zip(*counts.values(), strict=True)]
    found = act_effects(tables({"_T": total} | counts), edition(acts, themes))
    return {row["act"]: row for row in found.to_dicts()}


LAND = [("a1", "2018-06-15", "land")]


def test_a_fall_by_a_fifth_is_told_with_its_limits_and_the_means_of_either_side() -> None:
    row = effects(LAND, land=course(step=0.8), roads=course(level=9_000))["a1"]

    assert (row["status"], row["months_before"], row["months_after"]) == ("estimated", 17, 16)
    assert row["level_change"] == pytest.approx(-20, abs=0.3)
    assert row["level_change_lower"] < row["level_change"] < row["level_change_upper"] < 0
    assert row["slope_change_lower"] < 0 < row["slope_change_upper"]
    before = [n for m, n in zip(MONTHS, course(step=0.8), strict=True) if m < "2018-06"]
    assert row["mean_before"] == pytest.approx(np.mean(before), abs=0.051)
    assert row["season"] == "adjusted"


def test_what_befell_all_themes_alike_is_no_change_beside_the_others() -> None:
    falling = course(step=0.7, level=20_000)
    row = effects(LAND, land=course(step=0.7), roads=falling)["a1"]

    assert row["level_change_upper"] < -20
    assert row["beside_others_lower"] < 0 < row["beside_others_upper"]


def test_the_month_of_the_act_is_on_neither_side() -> None:
    other = course()
    other[MONTHS.index("2018-06")] *= 10
    changed = effects(LAND, land=other, roads=course(level=9_000))["a1"]
    plain = effects(LAND, land=course(), roads=course(level=9_000))["a1"]

    assert changed["level_change"] == pytest.approx(plain["level_change"], abs=0.1)
    assert changed["mean_after"] == plain["mean_after"]


@pytest.mark.parametrize(
    ("day", "before", "after", "status"),
    [
        ("2018-01-31", FEWEST_BEFORE, 21, "estimated"),
        ("2017-12-31", FEWEST_BEFORE - 1, 22, "too_few"),
        ("2019-04-01", 27, FEWEST_AFTER, "estimated"),
        ("2019-05-01", 28, FEWEST_AFTER - 1, "too_few"),
        ("2012-05-01", 0, 0, "too_few"),
    ],
)
def test_an_act_needs_a_year_before_it_and_half_a_year_after(
    day: str, before: int, after: int, status: str
) -> None:
    row = effects([("a1", day, "land")], land=course(), roads=course())["a1"]

    assert (row["months_before"], row["months_after"], row["status"]) == (before, after, status)
    assert (row["level_change"] is None) == (status == "too_few")


def test_hidden_months_are_left_out_and_counted_neither_as_zero_nor_at_all() -> None:
    hidden: list[int | None] = list(course(step=0.8))
    for month in ("2017-03", "2018-01", "2019-01"):
        hidden[MONTHS.index(month)] = None
    row = effects(LAND, land=hidden, roads=course(level=9_000))["a1"]

    assert (row["months_before"], row["months_after"]) == (15, 15)
    assert row["level_change"] == pytest.approx(-20, abs=0.3)


def test_hardly_any_appeals_are_too_few_however_many_the_months() -> None:
    row = effects(LAND, land=[1] * 34, roads=course())["a1"]

    assert row["status"] == "too_few"
    assert row["mean_before"] == 1


def test_a_theme_that_nobody_wrote_about_before_has_no_estimate_and_spoils_no_other() -> None:
    silent = [0] * 11 + [40] + [0] * 6 + [50] * 16
    acts = [*LAND, ("a2", "2018-06-20", "roads")]
    rows = effects(acts, land=silent, roads=course(step=1.2))

    assert rows["a2"]["level_change"] == pytest.approx(20, abs=0.5)
    assert rows["a1"]["status"] in {"estimated", "too_few"}


def test_other_acts_of_the_theme_within_three_months_are_told_of() -> None:
    days = {"a1": "2018-06-15", "a2": "2018-09-30", "a3": "2018-10-01", "a4": "2018-03-01"}
    acts = [(act, day, "land") for act, day in days.items()] + [("a5", "2018-06-15", "roads")]
    rows = effects(acts, land=course(), roads=course())

    assert {act: row["others_nearby"] for act, row in rows.items()} == {
        "a1": 2,
        "a2": 2,
        "a3": 1,
        "a4": 1,
        "a5": 0,
    }


def test_a_register_without_acts_gives_no_rows() -> None:
    assert effects([], land=course()) == {}


def test_a_source_of_few_months_says_so_of_every_act() -> None:
    months = MONTHS[:5]
    found = act_effects(
        tables({"_T": [900] * 5, "land": [100] * 5}, months),
        edition([("a1", "2017-03-10", "land")], ["land"], as_of=date(2017, 5, 31)),
    )

    assert found.select("months_before", "months_after", "status").row(0) == (2, 2, "too_few")


def test_the_courses_show_what_the_trend_before_would_have_led_to() -> None:
    counts = {"_T": course(level=12_000), "land": course(step=0.8)}
    found = act_courses(tables(counts), edition(LAND, ["land"]))
    after = found.filter(pl.col("period") > "2018-06")

    assert found["period"].to_list() == list(MONTHS)
    assert found["received"].to_list() == course(step=0.8)
    assert found.filter(pl.col("fitted").is_null())["period"].to_list() == ["2018-06"]
    assert after.height == found["expected"].drop_nulls().len() == 16
    undisturbed = [n for m, n in zip(MONTHS, course(), strict=True) if m > "2018-06"]
    np.testing.assert_allclose(after["expected"], undisturbed, rtol=0.01)
    assert (after["received"] < after["expected_lower"]).all()


def test_the_courses_of_an_act_tell_its_change_of_level() -> None:
    counts = {"_T": course(level=12_000), "land": course(step=1.3)}
    given = edition(LAND, ["land"])
    first = (
        act_courses(tables(counts), given).filter(pl.col("period") == "2018-07").row(0, named=True)
    )
    change = act_effects(tables(counts), given)["level_change"][0]

    assert 100 * (first["fitted"] / first["expected"] - 1) == pytest.approx(change, abs=0.06)
