"""What is counted and what is hidden agree with an oracle that counts one by one."""

import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.datasets import TABLES, Table
from data.errors import SourceError
from data.measures import MEASURES, Count, Expected, Reported, Sum, Wait
from etl.aggregate import aggregate
from etl.protect import protect
from etl.stages import Account, Cells, Protected
from tests.etl import beside, oracle, village
from tests.sample import KEY

THRESHOLD = 4
EMPTY = oracle.Cell()


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(count=st.integers(1, 400), seed=st.integers(0, 10_000))
def test_every_cell_is_what_one_by_one_counting_gives(count: int, seed: int) -> None:
    rows = village.appeals(count, seed, people=40)
    with tempfile.TemporaryDirectory() as directory:
        counted = aggregate(village.staged(Path(directory) / "staged", rows), THRESHOLD)

    assert set(counted.catalogue) == set(TABLES)
    rows = beside.told(rows, village.AS_OF)
    for name, table in counted.catalogue.items():
        agree_on_counts(counted, name, table, oracle.cells(table, rows))


@pytest.mark.parametrize("gone", [("women",), ("under_30", "over_60"), ("harassment",)])
@pytest.mark.parametrize("seed", [1, 2])
def test_those_left_without_a_trait_are_counted_by_person(
    gone: tuple[str, ...], seed: int, tmp_path: Path
) -> None:
    rows = village.appeals(300, seed, people=30)
    counted = aggregate(village.staged(tmp_path, rows), THRESHOLD)
    rows = beside.told(rows, village.AS_OF)
    without = [row for row in rows if not any(row[trait] for trait in gone)]
    code = "".join(f"~{trait}" for trait in gone)
    told = {
        (name, tuple("_T" if row[k] == code else row[k] for k in counted.catalogue[name].keys)): row
        for name, left in counted.left.items()
        for row in left.iter_rows(named=True)
        if code in row.values()
    }
    expected = {
        (name, key): cell
        for name in {name for name, _ in told}
        for key, cell in oracle.cells(counted.catalogue[name], without).items()
        if "group" not in counted.catalogue[name].keys or key[-1] == "_T"
    }

    assert len(told) > 10
    assert {at: row["person"] for at, row in told.items()} == {
        at: cell.distinct(THRESHOLD) for at, cell in expected.items()
    }
    for at, cell in expected.items():
        appeals = cell.persons.total() + cell.nameless
        assert is_of_few(told[at]["person"], told[at]["most"], appeals) == cell.is_of_few(THRESHOLD)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_value_shown_is_what_one_by_one_counting_gives(seed: int, tmp_path: Path) -> None:
    rows = village.appeals(1_000, seed, people=400)
    counted = aggregate(village.staged(tmp_path, rows), THRESHOLD)
    protected = protect(counted, THRESHOLD, KEY)

    rows = beside.told(rows, village.AS_OF)
    for name, table in counted.catalogue.items():
        agree_on_what_is_shown(protected, name, table, oracle.cells(table, rows))


def agree_on_counts(
    counted: Cells, name: str, table: Table, expected: dict[oracle.Key, oracle.Cell]
) -> None:
    keys = set()
    summed = [m for m in table.measures if isinstance(MEASURES[m], Count | Sum)]
    for row in counted.tables[name].iter_rows(named=True):
        key = tuple(row[column] for column in table.keys)
        keys.add(key)
        cell = expected.get(key, EMPTY)
        persons, most = row[f"persons__{table.base}"], row[f"most__{table.base}"]
        assert persons == cell.distinct(THRESHOLD), (name, key)
        assert is_of_few(persons, most, row[table.base]) == cell.is_of_few(THRESHOLD), (name, key)
        for measure in summed:
            assert row[measure] == cell.numbers[measure], (name, key, measure)
    assert {key for key in expected if has_ended(key[0])} <= keys
    assert all(has_ended(period) for period, *_ in keys)


def is_of_few(persons: int, most: int, appeals: int) -> bool:
    """What is counted in the vault of a cell, as the gate reads it."""
    return 0 < persons < THRESHOLD or 2 * most > appeals


def has_ended(period: str) -> bool:
    """True for the periods of the village that have ended on its last day, the last of April."""
    return period not in {"2019", "2019-Q2"}


def is_mature(period: str) -> bool:
    """True for the periods of the village that ended two months before its last day."""
    return period in {"2018", "2018-Q4", "2018-11", "2018-12", "2019-01", "2019-02"}


def agree_on_what_is_shown(
    protected: Protected, name: str, table: Table, expected: dict[oracle.Key, oracle.Cell]
) -> None:
    hidden = hidden_periods(protected, table)
    for row in protected.tables[name].iter_rows(named=True):
        cell = expected.get(tuple(row[column] for column in table.keys), EMPTY)
        inside = hidden[tuple(row[column] for column in table.dimensions)]
        holds_hidden = any(months(each) < months(row["period"]) for each in inside)
        for measure in table.measures:
            declared = MEASURES[measure]
            if isinstance(declared, Wait):
                agree_on_wait(row, cell, declared, holds_hidden=holds_hidden)
            elif not isinstance(declared, Expected | Reported):
                agree_on_number(row, cell, table, measure)


def hidden_periods(protected: Protected, table: Table) -> dict[tuple[str, ...], set[str]]:
    """By codes the periods of which what came is hidden, in whatever table of the dimensions."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, other in protected.catalogue.items():
        if {*other.dimensions} == {*table.dimensions} and "received" in other.measures:
            for row in protected.tables[name].filter(received_status="Q").to_dicts():
                found[tuple(row[column] for column in table.dimensions)].add(row["period"])
    return found


def months(period: str) -> frozenset[str]:
    if "Q" in period:
        last = 3 * int(period[-1])
        return frozenset(f"{period[:4]}-{month:02}" for month in range(last - 2, last + 1))
    if "-" in period:
        return frozenset({period})
    return frozenset(f"{period}-{month:02}" for month in range(1, 13))


def agree_on_number(row: dict[str, Any], cell: oracle.Cell, table: Table, measure: str) -> None:
    status = row[f"{measure}_status"]
    if measure in oracle.OF_QUARTERS and "-Q" not in row["period"] and "-" in row["period"]:
        assert status == "M"
    elif measure in oracle.GROWING and not is_mature(row["period"]):
        assert status == "O"
    elif oracle.must_be_hidden(table, cell, measure, THRESHOLD):
        assert status == ("Q" if measure in oracle.OF_PERSONS else "N"), (table.name, row, measure)
    assert (row[measure] is None) == (status in {"Q", "N", "O", "M"})
    assert row[measure] in {None, cell.numbers[measure]}
    assert status in {"A", "Q", "N", "O", "M"}


def agree_on_wait(
    row: dict[str, Any], cell: oracle.Cell, wait: Wait, *, holds_hidden: bool
) -> None:
    _share, minimum = oracle.QUANTILES.get(wait.estimate, (None, oracle.FEWEST_FOR_SHARE))
    value, status = row[wait.name], row[f"{wait.name}_status"]
    if not is_mature(row["period"]):
        assert status == "O"
    elif row["received"] is None or cell.numbers["received"] < minimum or holds_hidden:
        assert status == "N"
    elif not wait.limit:
        assert value == expected_wait(cell, wait), (row["period"], wait.name)
        assert status == ("R" if value is None else "A")
    elif value is not None and row[wait.estimate] is not None:
        is_lower = wait.limit == "_lower"
        assert value <= row[wait.estimate] if is_lower else value >= row[wait.estimate]
    assert (value is None) == (status in {"N", "O", "R"})


def expected_wait(cell: oracle.Cell, wait: Wait) -> int | None:
    if wait.day:
        return oracle.answered_by(cell, wait.day)
    return oracle.quantile(cell, oracle.QUANTILES[wait.estimate][0])


def test_the_order_of_appeals_and_of_files_changes_nothing(tmp_path: Path) -> None:
    rows = village.appeals(300, seed=5)
    forward = aggregate(village.staged(tmp_path / "forward", rows), THRESHOLD)
    backward = aggregate(village.staged(tmp_path / "backward", rows[::-1]), THRESHOLD)

    for name, frame in forward.tables.items():
        assert frame.equals(backward.tables[name])


def test_cells_that_do_not_hold_every_accepted_appeal_stop_the_run(tmp_path: Path) -> None:
    staged = village.staged(tmp_path, village.appeals(60, seed=2))
    told = replace(staged.edition, ledger=Account(61, 61, 0, {}))

    with pytest.raises(SourceError, match="61 appeals are to be counted"):
        aggregate(replace(staged, edition=told), THRESHOLD)


def test_codes_of_a_level_add_up_to_the_total_though_records_have_gaps(tmp_path: Path) -> None:
    counted = aggregate(village.staged(tmp_path, village.appeals(300, seed=7)), THRESHOLD)

    districts = counted.tables["regions"].filter(pl.col("period") == "2018")
    areas = counted.edition.codelists["area"]
    total = districts.filter(pl.col("area") == "_T")["received"].item()
    for level in ("region", "district"):
        of_level = districts.filter(pl.col("area").is_in(areas.at(level)))
        assert of_level["received"].sum() == total > 0
    assert any(code.endswith("_U") for code in areas.at("district"))


def test_every_combination_is_there_with_zeros(tmp_path: Path) -> None:
    counted = aggregate(village.staged(tmp_path, village.appeals(60, seed=2)), THRESHOLD)

    frame, codes = counted.tables["agency_by_kind"], counted.edition.codelists
    agencies, kinds = (1 + len(codes[name].at(name)) for name in ("agency", "kind"))
    assert frame.height == agencies * kinds, "one year has ended"
    assert (frame["received"] == 0).any()
    assert frame.null_count().sum_horizontal().item() == 0
