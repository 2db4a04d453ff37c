"""The only person behind a hidden count, who knows that it is one, learns of no other person."""

from collections.abc import Iterator

import pytest

from tests.disclosure.attackers import MEASURE, Attacker
from tests.disclosure.programme import Cell, Interval, Programme
from tests.disclosure.reconstruction import Block, blocks
from tests.etl.releasing import THRESHOLD

CLOSE = 1e-6


@pytest.fixture(scope="module")
def learned(attacker: Attacker, true_counts: dict[Cell, int]) -> dict[tuple[Cell, Cell], Interval]:
    """For each insider's cell and each other cell of its block: what the one tells of the other."""
    hidden = set(attacker.hidden)
    return {
        pair: interval
        for block in blocks(attacker)
        for pair, interval in of_block(block, hidden, true_counts)
        if not may_hold_the_same_person(attacker, *pair)
    }


def of_block(
    block: Block, hidden: set[Cell], true_counts: dict[Cell, int]
) -> Iterator[tuple[tuple[Cell, Cell], Interval]]:
    inside = sorted(hidden & block.floors.keys())
    programme = Programme(block.floors, block.told)
    for relation in block.relations:
        programme.add(relation)
    for own in (cell for cell in inside if true_counts[cell] == 1):
        programme.hold(own, 1, 1)
        for other in inside:
            if other != own:
                yield (own, other), programme.interval([(1, other)])
        programme.hold(own, block.floors[own])


def may_hold_the_same_person(attacker: Attacker, one: Cell, other: Cell) -> bool:
    """True when along every axis one cell's code lies in the other's, or is it."""
    return all(
        pair[0] in attacker.lying_in(place, pair[1]) or pair[1] in attacker.lying_in(place, pair[0])
        for place, pair in enumerate(zip(one, other, strict=True))
        if place > MEASURE
    )


def test_there_are_insiders(learned: dict[tuple[Cell, Cell], Interval]) -> None:
    assert len({own for own, _ in learned}) >= 3
    assert len(learned) > 100


def test_no_insider_finds_out_a_small_count_of_others(
    learned: dict[tuple[Cell, Cell], Interval], true_counts: dict[Cell, int]
) -> None:
    """What an insider can work out at most is a count that would be shown were it alone."""
    exact = {pair for pair, (low, high) in learned.items() if high - low < 1 - CLOSE}

    assert not {pair for pair in exact if true_counts[pair[1]] < THRESHOLD}


def test_no_insider_narrows_a_small_count_of_others(
    learned: dict[tuple[Cell, Cell], Interval], true_counts: dict[Cell, int]
) -> None:
    """Whoever takes oneself out of a sum has one value less to guess among."""
    least = THRESHOLD - 1 - 1 - CLOSE
    narrow = {pair for pair, (low, high) in learned.items() if high - low < least}

    assert not {pair for pair in narrow if true_counts[pair[1]] < THRESHOLD}


def test_what_an_insider_learns_is_true(
    learned: dict[tuple[Cell, Cell], Interval], true_counts: dict[Cell, int]
) -> None:
    for (_, other), (low, high) in learned.items():
        assert low - CLOSE <= true_counts[other] <= high + CLOSE
