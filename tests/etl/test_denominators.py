"""Denominators: all pairs of published counts, no hidden one among them, and true bounds."""

import polars as pl
import pytest

from data.analyses import ANALYSES
from data.analyses.denominators import DENOMINATORS
from etl.analyses.denominators import denominators
from etl.stages import Derived
from etl.verify.analyses.denominators import denominators_findings
from etl.verify.opened import Opened
from tests.etl.releasing import derived


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"), appeals=3_000)


def at(frame: pl.DataFrame, event: str, whole: str, period: str = "2018") -> dict[str, int]:
    return frame.filter(period=period, event=event, whole=whole).row(0, named=True)


def opened(made: Derived, **tables: pl.DataFrame) -> Opened:
    return Opened(None, {**made.tables, **tables}, {}, {})  # type: ignore[arg-type]


def test_each_share_is_of_two_published_counts(made: Derived) -> None:
    frame = made.analyses["denominators"]
    nation = made.tables["national"].filter(period="2018").row(0, named=True)
    total = made.tables["outcomes"].filter(period="2018", outcome="_T").row(0, named=True)
    good = made.tables["outcomes"].filter(period="2018", outcome="positive").row(0, named=True)

    of_raters = at(frame, "satisfied", "rated")
    assert (of_raters["part"], of_raters["base"]) == (nation["rated_top"], nation["rated"])
    without = at(frame, "not_positive", "decided")
    assert (without["part"], without["base"]) == (
        total["decided"] - good["concluded"],
        total["decided"],
    )
    assert at(frame, "not_positive", "received")["share"] == round(
        100 * (nation["received"] - good["concluded"]) / nation["received"], 2
    )


def test_the_bounds_are_those_of_the_two_counts(made: Derived) -> None:
    frame = made.analyses["denominators"]
    satisfied, without = (at(frame, event, "received") for event in ("satisfied", "not_positive"))
    too_many = satisfied["part"] + without["part"] - without["base"]
    assert without["satisfied_least"] == max(0, too_many)
    assert without["satisfied_most"] == min(satisfied["part"], without["part"])
    assert satisfied["satisfied_least"] is None


def test_a_pair_of_which_a_count_is_hidden_has_no_row(made: Derived) -> None:
    hidden = made.tables["national"].with_columns(rated_top=pl.lit(None, pl.Int64))
    frame = denominators({**made.tables, "national": hidden}, made.edition)
    assert "satisfied" not in frame["event"]
    assert frame["satisfied_least"].is_null().all()
    assert "positive" in frame["event"]


def test_a_source_without_outcomes_has_the_shares_of_marks_alone(made: Derived) -> None:
    frame = denominators({"national": made.tables["national"]}, made.edition)
    assert {*frame["event"]} == {"satisfied", "not_satisfied", "open"}


def test_no_share_is_of_a_month(made: Derived) -> None:
    assert not made.analyses["denominators"]["period"].str.contains(r"-\d\d$").any()


RULES = DENOMINATORS.settings


def test_what_is_made_is_found_in_order(made: Derived) -> None:
    assert not list(denominators_findings(opened(made), made.analyses["denominators"], RULES))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (pl.col("part") + 1, "a count is not the published one"),
        (pl.col("share") + 0.01, "a share is not its part"),
        (pl.col("satisfied_least") + 1, "is not bounded as the counts bound it"),
        (pl.col("satisfied_most") - 1, "is not bounded as the counts bound it"),
        (pl.lit("received").alias("whole"), "are not the pairs"),
    ],
)
def test_a_wrong_row_is_found(made: Derived, change: pl.Expr, said: str) -> None:
    wrong = made.analyses["denominators"].with_columns(change)
    assert any(said in each for each in denominators_findings(opened(made), wrong, RULES))


def test_a_hidden_pair_and_a_missing_one_are_found(made: Derived) -> None:
    frame = made.analyses["denominators"]
    hidden = made.tables["national"].with_columns(rated=pl.lit(None, pl.Int64))
    told = list(denominators_findings(opened(made, national=hidden), frame, RULES))
    assert any("are not the pairs" in each for each in told)
    assert list(denominators_findings(opened(made), frame.head(-1), RULES))


def test_it_is_declared_with_its_rules() -> None:
    assert ANALYSES["denominators"].settings["decimals"] == 2
