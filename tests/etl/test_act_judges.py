"""What is said of acts is judged from the tables and the register: whatever is spoilt is found."""

import polars as pl
import pytest

from data.analyses import ANALYSES
from etl.analyses import ANALYSTS
from etl.stages import Edition, Tables
from etl.verify.analyses import JUDGES
from tests.etl.act_series import MONTHS, edition, opened, tables
from tests.etl.spoiling import Spoil, put

ACTS = [
    ("a1", "2018-06-15", "land"),
    ("a2", "2018-07-15", "land"),
    ("a3", "2017-02-01", "land"),
    ("a4", "2018-03-05", "roads"),
]


def shown() -> Tables:
    land: list[int | None] = [500 + 37 * (step % 12) + 5 * step for step in range(34)]
    roads: list[int | None] = [90 + step % 5 for step in range(34)]
    land[4] = None
    years = [
        {"period": year, "theme": theme, "proposals": proposals, "taken_up": 1, "acts": acts}
        for year, theme, proposals, acts in (
            ("2017", "land", 44, 1),
            ("2018", "land", 50, 2),
            ("2017", "roads", 31, 0),
            ("2018", "roads", 12, 1),
            ("2017", "water", 30, 0),
            ("2018", "water", 29, 0),
            ("2017", "schools", None, 0),
            ("2018", "schools", 300, 0),
        )
    ]
    months = tables({"_T": [9_000 + 11 * step for step in range(34)], "land": land, "roads": roads})
    return {**months, "acts_by_theme": pl.DataFrame(years)}


def given() -> Edition:
    return edition(ACTS, ["land", "roads", "schools", "water"])


def findings(name: str, spoil: Spoil = lambda frame: frame) -> list[str]:
    frame = spoil(ANALYSTS[name](shown(), given()))
    return list(JUDGES[name](opened(given(), shown()), frame, ANALYSES[name].settings))


@pytest.mark.parametrize("name", ["act_effects", "act_courses", "acts_gap"])
def test_what_was_made_by_the_rules_has_no_findings(name: str) -> None:
    assert ANALYSTS[name](shown(), given()).height
    assert findings(name) == []


def test_a_gap_is_a_theme_of_thirty_proposals_without_an_act_since() -> None:
    frame = ANALYSTS["acts_gap"](shown(), given())

    assert dict(frame.select(pl.col("theme") + " " + pl.col("period"), "status").iter_rows()) == {
        "land 2017": "acted",
        "land 2018": "acted",
        "roads 2017": "acted",
        "roads 2018": "acted",
        "water 2017": "gap",
        "water 2018": "few",
        "schools 2017": "not_published",
        "schools 2018": "gap",
    }


IS_A1 = pl.col("act") == "a1"
IS_A3 = pl.col("act") == "a3"
AFTER = pl.col("period") == MONTHS[-1]


@pytest.mark.parametrize(
    ("name", "spoil", "told"),
    [
        ("act_effects", lambda frame: frame.head(-1), "not the acts of the register"),
        ("act_effects", put("theme", "roads", IS_A1), "not the acts of the register"),
        ("act_effects", put("others_nearby", 0, IS_A1), "nearby are miscounted"),
        ("act_effects", put("months_before", 18, IS_A1), "not those of the table"),
        ("act_effects", put("mean_after", 1.0, IS_A1), "not those of the table"),
        ("act_effects", put("mean_before", None, IS_A1), "not those of the table"),
        ("act_effects", put("status", "estimated", IS_A3), "from too few months or appeals"),
        ("act_effects", put("slope_change_upper", -99.0, IS_A1), "not within its limits"),
        ("act_effects", put("beside_others", 1.0, IS_A3), "without an estimate has"),
        ("act_effects", put("level_change", None, IS_A1), "an estimate is missing"),
        ("act_courses", put("received", 5, AFTER), "not the published ones"),
        ("act_courses", lambda frame: frame.filter(~AFTER), "not the published ones"),
        ("act_courses", put("expected", None, AFTER), "lacks its own"),
        ("act_courses", put("expected_lower", 10.0**6, AFTER), "not within its limits"),
        ("act_courses", put("fitted", 900.0, AFTER), "does not balance"),
        ("acts_gap", put("proposals", 99, pl.col("theme") == "land"), "not the themes and years"),
        ("acts_gap", put("acts_later", 1, pl.col("theme") == "land"), "later acts are miscounted"),
        ("acts_gap", put("status", "gap", pl.col("theme") == "land"), "called a gap that is none"),
    ],
)
def test_what_was_spoilt_is_found(name: str, spoil: Spoil, told: str) -> None:
    assert any(told in finding for finding in findings(name, spoil))
