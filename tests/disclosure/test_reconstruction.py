"""Whoever tries all whole tables that agree with a release finds many, in whole numbers too."""

from itertools import islice

import pytest

from tests.disclosure.attackers import Attacker
from tests.disclosure.programme import Cell
from tests.disclosure.reconstruction import Block, blocks
from tests.etl.releasing import THRESHOLD

SMALL_BLOCK = 12
MOST_TABLES = 5_000
CLOSE = 1e-6


@pytest.fixture(scope="module")
def hidden(attacker: Attacker) -> set[Cell]:
    return set(attacker.hidden)


@pytest.fixture(scope="module")
def with_hidden(attacker: Attacker, hidden: set[Cell]) -> list[Block]:
    return [block for block in blocks(attacker) if hidden & block.floors.keys()]


def test_every_hidden_count_is_in_one_block(with_hidden: list[Block], hidden: set[Cell]) -> None:
    inside = [cell for block in with_hidden for cell in block.floors if cell in hidden]

    assert len(inside) == len(hidden)
    assert set(inside) == hidden


def test_no_hidden_count_is_narrowed_in_whole_numbers(
    with_hidden: list[Block], hidden: set[Cell]
) -> None:
    for block in with_hidden:
        for cell, (low, high) in block.extremes(sorted(hidden & block.floors.keys())).items():
            assert high - low >= THRESHOLD - 1 - CLOSE, cell
            assert high >= THRESHOLD - CLOSE, cell


def test_every_hidden_count_of_a_small_block_takes_as_many_values_as_the_threshold(
    with_hidden: list[Block], hidden: set[Cell]
) -> None:
    small = [block for block in with_hidden if len(block.floors) <= SMALL_BLOCK]

    assert small
    for block in small:
        tables = list(islice(block.tables(), MOST_TABLES))
        for cell in hidden & block.floors.keys():
            values = {table[cell] for table in tables}
            wide = max(values) - min(values) >= THRESHOLD - 1
            assert wide if len(tables) == MOST_TABLES else len(values) >= THRESHOLD, cell


def test_the_truth_is_among_the_tables(
    with_hidden: list[Block], true_counts: dict[Cell, int]
) -> None:
    """The walk leaves no table out: the smallest block is walked to its end."""
    block = with_hidden[0]
    tables = list(block.tables())

    assert len(tables) < MOST_TABLES
    assert {cell: true_counts[cell] for cell in block.floors} in tables


def test_one_count_less_hidden_would_be_found(
    with_hidden: list[Block], true_counts: dict[Cell, int]
) -> None:
    block = with_hidden[0]
    shown = next(iter(block.floors))
    told = {**block.told, shown: true_counts[shown]}
    floors = {cell: floor for cell, floor in block.floors.items() if cell != shown}

    tables = list(Block(floors, block.relations, told).tables())

    assert len(tables) < THRESHOLD
