"""Whoever has every file of a release cannot work out a hidden count, nor come near it."""

import csv
from pathlib import Path

import pytest

from tests.disclosure.attackers import PERSONS, Attacker
from tests.disclosure.programme import Cell, Interval
from tests.etl.releasing import THRESHOLD

CLOSE = 1e-6


@pytest.fixture(scope="module")
def intervals(attacker: Attacker) -> dict[Cell, Interval]:
    return attacker.intervals()


def test_there_is_something_to_attack(attacker: Attacker) -> None:
    assert len(attacker.hidden) > 50
    assert {cell[0] for cell in attacker.hidden} >= {"received", "concluded"}


def test_no_hidden_count_is_recovered_exactly(intervals: dict[Cell, Interval]) -> None:
    assert not [cell for cell, (low, high) in intervals.items() if high - low < 1]


def test_no_hidden_count_is_narrowed_below_the_threshold(intervals: dict[Cell, Interval]) -> None:
    assert not [c for c, (low, high) in intervals.items() if high - low < THRESHOLD - 1 - CLOSE]


def test_every_hidden_count_could_be_as_large_as_a_shown_one(
    intervals: dict[Cell, Interval],
) -> None:
    assert not [cell for cell, (_, high) in intervals.items() if high < THRESHOLD - CLOSE]


def test_the_attack_is_sound(intervals: dict[Cell, Interval], true_counts: dict[Cell, int]) -> None:
    for cell, (low, high) in intervals.items():
        assert low - CLOSE <= true_counts[cell] <= high + CLOSE


def test_every_shown_count_is_the_true_one(
    attacker: Attacker, true_counts: dict[Cell, int]
) -> None:
    for cell, value in attacker.told.items():
        assert value in {None, true_counts[cell]}


def test_no_count_of_one_to_nine_persons_is_shown_or_left_by_a_trait(attacker: Attacker) -> None:
    shown = [value for cell, value in attacker.told.items() if cell[0] in PERSONS]
    left = [value for _, value in attacker.others()]

    assert not [value for value in [*shown, *left] if value and value < THRESHOLD]


def test_no_total_less_its_shown_parts_leaves_one_to_nine(attacker: Attacker) -> None:
    assert not [(cell, left) for cell, left in attacker.leftovers() if 0 < left < THRESHOLD]


def test_the_published_bounds_hold_the_truth_and_the_attack(
    release: Path,
    attacker: Attacker,
    intervals: dict[Cell, Interval],
    true_counts: dict[Cell, int],
) -> None:
    with (release / "hidden.csv").open(newline="") as file:
        rows = {
            tuple(row[key] for key in ("measure", "period", *attacker.dimensions)): row
            for row in csv.DictReader(file)
        }

    assert set(rows) == set(attacker.hidden)
    for cell, row in rows.items():
        assert int(row["lower"]) <= true_counts[cell] <= int(row["upper"])
        assert int(row["lower"]) <= int(row["estimate"]) <= int(row["upper"])
        assert int(row["lower"]) <= intervals[cell][0] + CLOSE
        assert int(row["upper"]) >= intervals[cell][1] - CLOSE
