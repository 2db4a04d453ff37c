"""Appeals by the month of their answer: of the country alone, and told where it can be told."""

from pathlib import Path

import polars as pl
import pytest

from etl.aggregate import aggregate
from etl.sheets import Sheet
from etl.thin import flows_not_told, thinned
from tests.etl import village
from tests.etl.releasing import THRESHOLD, closed, counted, derived

CLOSING = "outcomes_closing"
OUTCOME = frozenset({"outcome", "outcome_class"})


@pytest.mark.parametrize(
    ("appeals", "grains"), [(40, ("year",)), (12_000, ("year", "quarter", "month"))]
)
def test_months_are_told_where_most_of_them_hold_enough(
    tmp_path: Path, appeals: int, grains: tuple[str, ...]
) -> None:
    cells = thinned(counted(tmp_path, appeals=appeals), THRESHOLD)

    assert cells.catalogue[CLOSING].grains == grains


def test_a_share_by_outcome_is_given_where_there_are_outcomes_alone(tmp_path: Path) -> None:
    tables = derived(tmp_path).tables

    assert [name for name, frame in tables.items() if "outcome_share" in frame.columns] == [CLOSING]


def test_of_a_closed_source_no_table_goes_by_the_date_of_the_answer(tmp_path: Path) -> None:
    """All its years together would be known from those of registration, and the last by taking."""
    rows = village.appeals(300, seed=1)
    catalogue = aggregate(closed(village.staged(tmp_path, rows)), THRESHOLD).catalogue

    assert {table.dated_by for table in catalogue.values()} == {"registered"}


def test_where_nothing_goes_by_the_date_of_the_answer_no_stock_is_told(tmp_path: Path) -> None:
    """From one month's end to the next the stock would tell what was answered."""
    staged = village.staged(tmp_path, village.appeals(300, seed=1), not_collected=OUTCOME)
    cells = aggregate(staged, THRESHOLD)

    (untold,) = flows_not_told(cells, lambda keys, _: pl.Series([False] * keys.height))

    assert "answered" not in {table.dated_by for table in cells.catalogue.values()}
    assert untold == Sheet("stock", "month", tuple(cells.tables["stock"]["period"].sort()))
