"""Appeals by the month of their answer: one count with the outcomes, told where it can be told."""

from pathlib import Path

import polars as pl
import pytest

from etl.aggregate import aggregate
from etl.thin import thinned
from tests.etl import village
from tests.etl.releasing import THRESHOLD, closed, counted, derived

BY_MONTH, BY_OUTCOME = "agencies_closing", "outcomes_closing"


def test_answers_by_agency_and_by_outcome_are_one_count(tmp_path: Path) -> None:
    tables = counted(tmp_path).tables
    totals = [
        tables[name].filter(pl.col(axis) == "_T").select("period", "considered")
        for name, axis in ((BY_MONTH, "agency"), (BY_OUTCOME, "outcome"))
    ]

    assert totals[0].height > 0
    assert totals[0].equals(totals[1])


@pytest.mark.parametrize(
    ("appeals", "grains"), [(90, ("year",)), (12_000, ("year", "quarter", "month"))]
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
