"""What is brought before the gate, and which sheets may be left out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.aggregate import aggregate
from etl.disclosure.gate import DisclosureError
from etl.guard import guard
from etl.sheets import Sheet, removable
from etl.thin import thinned
from tests.etl import village
from tests.etl.releasing import THRESHOLD, counted
from tests.sample import KEY

NEW_MONTH = Sheet("agencies", "month", ("2019-03",))
NEW_QUARTER = Sheet("agencies", "quarter", ("2019-Q1",))
OLD_MONTHS = Sheet("agencies", "month", ("2019-01", "2019-02"), is_bound=True)
OTHER = Sheet("regions", "month", ("2019-01", "2019-02", "2019-03"))


def test_what_was_published_is_never_left_out() -> None:
    assert removable([OLD_MONTHS]) == []


def test_a_quarter_goes_before_a_month_that_it_would_tell() -> None:
    assert removable([OLD_MONTHS, NEW_MONTH, NEW_QUARTER, OTHER]) == [NEW_QUARTER, OTHER]
    assert removable([OLD_MONTHS, NEW_MONTH, OTHER]) == [NEW_MONTH, OTHER]


def test_a_table_that_is_new_may_lose_any_length_of_period() -> None:
    assert removable([NEW_MONTH, NEW_QUARTER]) == [NEW_MONTH, NEW_QUARTER]


def test_a_length_of_period_that_was_published_is_kept_though_it_is_thin(tmp_path: Path) -> None:
    cells = counted(tmp_path, appeals=100)
    before = {"agencies": cells.catalogue["agencies"]}

    assert "month" not in thinned(cells, THRESHOLD).catalogue["agencies"].grains
    assert "month" in thinned(cells, THRESHOLD, before).catalogue["agencies"].grains


def test_the_gate_takes_in_answers_that_are_not_published_yet(tmp_path: Path) -> None:
    staged = village.staged(tmp_path, village.appeals(3_000, seed=1))
    just_ended = replace(staged, edition=replace(staged.edition, as_of=date(2019, 3, 31)))

    guarded = guard(aggregate(just_ended, THRESHOLD), THRESHOLD, KEY)

    march = pl.DataFrame({"period": ["2019-03"]})
    known = [
        decision.system.numbers[decision.system.displayed].tolist()
        for decision in guarded.decisions
    ]
    number = guarded.decisions[0].system.grid.number(march, "answered")[0]
    assert any(number in numbers for numbers in known)


def test_tables_that_contradict_one_another_are_not_published(tmp_path: Path) -> None:
    cells = counted(tmp_path)
    regions = cells.tables["regions"]
    wrong = regions.with_columns(
        received=pl.col("received") + pl.when(pl.col("area") == "d1").then(1).otherwise(0)
    )

    with pytest.raises(DisclosureError, match="do not add up"):
        guard(replace(cells, tables={**cells.tables, "regions": wrong}), 10, KEY)
