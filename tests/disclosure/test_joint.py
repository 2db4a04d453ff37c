"""Tables that nobody published are not given away by those that were."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from etl.stages import Cells
from tests.disclosure.attackers import MEASURE, PERIOD, Attacker
from tests.disclosure.joint import CROSSED, Joint
from tests.disclosure.programme import Cell, Interval
from tests.etl import village
from tests.etl.releasing import APPEALS, THRESHOLD, counted, made_of, written

YEAR = "2018"
SAMPLE = 25
CLOSE = 1e-6
COLUMNS = ("agency", "district", "theme")


@pytest.fixture(scope="module")
def small() -> dict[tuple[str, ...], int]:
    """A random few of the true cells of body, district and theme that are below the threshold."""
    counts = Counter(
        tuple(appeal[column] for column in COLUMNS)
        for appeal in village.appeals(APPEALS, seed=1)
        if appeal["registered"].year == int(YEAR)
    )
    found = {codes: n for codes, n in counts.items() if n < THRESHOLD and None not in codes}
    chosen = Random(1).sample(sorted(found), SAMPLE)  # noqa: S311 (repeatable, no secret)
    return {codes: found[codes] for codes in chosen}


def attacked(joint: Joint, small: Mapping[tuple[str, ...], int]) -> dict[Cell, Interval]:
    cells = [joint.cell(**dict(zip(CROSSED, codes, strict=True))) for codes in small]
    return joint.programme().intervals(cells)


def narrow(intervals: Mapping[Cell, Interval]) -> dict[Cell, Interval]:
    return {
        cell: (low, high)
        for cell, (low, high) in intervals.items()
        if high - low < THRESHOLD - 1 - CLOSE
    }


def test_no_small_cell_of_a_table_that_is_not_published_is_narrowed(
    attacker: Attacker, small: dict[tuple[str, ...], int]
) -> None:
    intervals = attacked(Joint(attacker, YEAR, attacker.told), small)

    assert not narrow(intervals)
    for true, (low, high) in zip(small.values(), intervals.values(), strict=True):
        assert low - CLOSE <= true <= high + CLOSE


def test_without_protection_the_same_attack_narrows_some(
    attacker: Attacker, true_counts: dict[Cell, int], small: dict[tuple[str, ...], int]
) -> None:
    bare = {cell: true_counts[cell] for cell in attacker.told}

    assert narrow(attacked(Joint(attacker, YEAR, bare), small))


def test_no_hidden_count_is_narrowed_by_the_table_behind_all_tables(attacker: Attacker) -> None:
    joint = Joint(attacker, YEAR, attacker.told)
    hidden = [cell for cell in attacker.hidden if joint.binds(cell)]

    assert len(hidden) > 20
    assert not narrow(joint.programme().intervals(hidden))


def narrowed_with_a_trait(attacker: Attacker, trait: str) -> dict[Cell, Interval]:
    joint = Joint(attacker, YEAR, attacker.told, [trait])
    hidden = [cell for cell in attacker.hidden if trait in cell]
    return narrow(joint.programme().intervals(cell for cell in hidden if joint.binds(cell)))


@pytest.mark.parametrize("trait", ["women", "collective"])
def test_no_hidden_trait_is_narrowed_by_the_table_behind_all_tables(
    attacker: Attacker, trait: str
) -> None:
    assert not narrowed_with_a_trait(attacker, trait)


def test_the_same_people_under_two_names_are_hidden_under_both(tmp_path: Path) -> None:
    """All whose theme is unknown are those whose district is unknown, as shown zeros tell."""
    cells: Cells = counted(tmp_path / "staged", APPEALS, seed=0)
    attacker = Attacker(written(made_of(cells), tmp_path))

    assert {cell[PERIOD] for cell in attacker.hidden} >= {YEAR}
    assert {cell[MEASURE] for cell in attacker.hidden} >= {"received"}
    assert not narrowed_with_a_trait(attacker, "collective")
