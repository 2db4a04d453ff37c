"""Appeals by the month of their answer: one count with the outcomes, told where it can be told."""

from pathlib import Path

import polars as pl
import pytest

from etl.aggregate import aggregate
from etl.protect import protect
from etl.thin import thinned
from tests.etl import village
from tests.etl.releasing import THRESHOLD, closed, counted, derived
from tests.sample import KEY

BY_MONTH, BY_OUTCOME = "agencies_closing", "agency_by_outcome"
KEYS = ["period", "agency"]


def side_by_side(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Each agency and year in both tables."""
    by_outcome = tables[BY_OUTCOME].filter(pl.col("outcome") == "_T")
    both = by_outcome.join(tables[BY_MONTH], on=KEYS, suffix="_by_month")
    assert both.height == by_outcome.height > 0
    return both


def test_answers_by_month_and_by_outcome_are_one_count(tmp_path: Path) -> None:
    both = side_by_side(dict(counted(tmp_path).tables))

    assert (both["considered"] == both["considered_by_month"]).all()


def test_what_is_hidden_by_outcome_is_hidden_by_month(tmp_path: Path) -> None:
    rows = village.appeals(3_000, seed=3)
    of_nine = [
        row | ({"person": number % 9} if row["agency"] == "AG5" else {})
        for number, row in enumerate(rows)
    ]
    cells = aggregate(village.staged(tmp_path, of_nine), THRESHOLD)

    both = side_by_side(dict(protect(cells, THRESHOLD, KEY).tables))

    assert both.filter(pl.col("agency") == "AG5")["considered_status"].to_list() == ["Q"]
    assert (both["considered_status"] == both["considered_status_by_month"]).all()


@pytest.mark.parametrize(
    ("appeals", "grains"), [(150, ("year",)), (12_000, ("year", "quarter", "month"))]
)
def test_months_are_told_where_most_of_them_hold_enough(
    tmp_path: Path, appeals: int, grains: tuple[str, ...]
) -> None:
    cells = thinned(counted(tmp_path, appeals=appeals), THRESHOLD)

    assert cells.catalogue[BY_MONTH].grains == grains


def test_a_share_by_outcome_is_given_where_there_are_outcomes_alone(tmp_path: Path) -> None:
    tables = derived(tmp_path).tables

    assert "outcome_share" in tables[BY_OUTCOME].columns
    assert "outcome_share" not in tables[BY_MONTH].columns


def test_of_a_closed_source_no_table_goes_by_the_date_of_the_answer(tmp_path: Path) -> None:
    """All its years together would be known from those of registration, and the last by taking."""
    rows = village.appeals(300, seed=1)
    catalogue = aggregate(closed(village.staged(tmp_path, rows)), THRESHOLD).catalogue

    assert {table.dated_by for table in catalogue.values()} == {"registered"}
