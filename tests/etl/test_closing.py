"""Appeals by the month of their answer: of the country alone, and told where it can be told."""

from pathlib import Path

import polars as pl
import pytest

from etl.aggregate import aggregate
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


def test_a_source_without_outcomes_tells_what_its_country_answered_and_the_stock(
    tmp_path: Path,
) -> None:
    staged = village.staged(tmp_path, village.appeals(300, seed=1), not_collected=OUTCOME)
    cells = aggregate(staged, THRESHOLD)
    nothing = flows_not_told(
        cells, lambda keys, _: pl.Series([False] * keys.height), lambda _: set()
    )

    assert {"closing", "stock"} <= {*cells.catalogue}
    assert "outcomes_closing" not in cells.catalogue
    assert nothing == []


def test_outcomes_by_the_date_of_the_answer_end_where_an_outcome_is_hidden(tmp_path: Path) -> None:
    """By either date; what was told of earlier months stays, and so does the total."""
    cells = aggregate(village.staged(tmp_path, village.appeals(400, seed=4)), THRESHOLD)
    quarter = cells.tables["outcomes"].filter(pl.col("period").str.contains("Q"))["period"].min()

    def hides(keys: pl.DataFrame, measure: str) -> pl.Series:
        marked: pl.Series = (keys["period"] == quarter) & (measure == "concluded")
        return marked

    untold = flows_not_told(cells, hides, lambda _: {"2018-01"})
    assert {each.table for each in untold} == {CLOSING}
    assert "2018-01" not in {period for each in untold for period in each.periods}
