"""No difference of two published counts, one inside the other, is a small count of persons."""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.disclosure.attackers import MEASURE, PERIOD, PERSONS, Attacker
from tests.disclosure.programme import Cell
from tests.etl.releasing import THRESHOLD

Difference = tuple[Cell, Cell, int]


def differences(attacker: Attacker) -> Iterator[Difference]:
    """Each shown count of persons with each shown count that contains it, near or far above."""
    shown = {c: n for c, n in attacker.told.items() if n is not None and c[MEASURE] in PERSONS}
    for cell, count in shown.items():
        axes = [attacker.lying_in(place, code) for place, code in enumerate(cell[PERIOD:], PERIOD)]
        for codes in product(*axes):
            whole = (cell[MEASURE], *codes)
            if whole != cell and whole in shown:
                yield cell, whole, shown[whole] - count


@pytest.fixture(scope="module")
def found(attacker: Attacker) -> list[Difference]:
    return list(differences(attacker))


def small(found: list[Difference]) -> list[Difference]:
    return [each for each in found if 0 < each[2] < THRESHOLD]


def test_there_are_differences_along_every_axis(
    found: list[Difference], attacker: Attacker
) -> None:
    axes = {
        place
        for part, whole, _ in found
        for place, (one, other) in enumerate(zip(part, whole, strict=True))
        if one != other
    }

    assert len(axes) == len(attacker.dimensions) + 1
    assert len(found) > 1_000


def test_a_part_is_never_more_than_what_contains_it(found: list[Difference]) -> None:
    assert not [each for each in found if each[2] < 0]


def test_no_difference_leaves_one_to_nine_persons(found: list[Difference]) -> None:
    assert not small(found)


def test_without_protection_some_would(attacker: Attacker, true_counts: dict[Cell, int]) -> None:
    hidden = dict(attacker.told)
    attacker.told.update({cell: true_counts[cell] for cell in attacker.hidden})
    try:
        assert small(list(differences(attacker)))
    finally:
        attacker.told.update(hidden)
