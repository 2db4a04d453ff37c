"""Whoever has read what is hidden and what is not, and who people are, learns no more from it."""

from pathlib import Path

from etl.verify import verify
from tests.disclosure import knowledge, villages
from tests.disclosure.attackers import Attacker
from tests.disclosure.programme import Cell, Interval
from tests.etl.releasing import THRESHOLD, derived, written

CLOSE = 1e-6
FEW_APPEALS = 500


def too_low(intervals: dict[Cell, Interval]) -> list[Cell]:
    """Hidden counts that are known to be below the threshold."""
    return [cell for cell, (_, high) in intervals.items() if high < THRESHOLD - CLOSE]


def test_what_the_rule_tells_is_true(attacker: Attacker, true_counts: dict[Cell, int]) -> None:
    floors = knowledge.floors_of_the_rule(attacker)

    assert all(true_counts[cell] >= floor for cell, floor in floors.items())


def test_what_the_words_tell_is_true(attacker: Attacker, true_counts: dict[Cell, int]) -> None:
    relations = [*knowledge.everything(attacker), *knowledge.of_marks(attacker)]
    for relation in relations:
        if all(cell in true_counts for _, cell in relation.terms):
            total = sum(factor * true_counts[cell] for factor, cell in relation.terms)
            assert relation.least <= total <= relation.most, relation


def test_a_hidden_count_that_cannot_be_zero_may_still_reach_the_threshold(tmp_path: Path) -> None:
    made = derived(tmp_path / "staged", FEW_APPEALS, seed=2)
    attacker = Attacker(written(made, tmp_path))
    floors = knowledge.floors_of_the_rule(attacker)

    assert floors
    assert not too_low(attacker.intervals())
    assert not too_low(attacker.programme(floors=floors).intervals(attacker.hidden))


def test_those_between_young_and_old_are_not_left_as_a_few(tmp_path: Path) -> None:
    attacker = Attacker(villages.released(villages.with_few_between(4), tmp_path))
    left = {
        relation.terms: -sum(factor * (attacker.told[cell] or 0) for factor, cell in relation.terms)
        for relation in knowledge.of_exclusive_traits(attacker)
        if "over_60" in relation.terms[1][1]
        if all(attacker.told[cell] is not None for _, cell in relation.terms)
    }

    assert left
    assert not [terms for terms, rest in left.items() if 0 < rest < THRESHOLD]


def test_the_gate_and_the_checker_read_the_rule_of_zeros_alike(tmp_path: Path) -> None:
    """Where those not under 30 are fewer than 50, but everybody is not."""
    release = villages.released(villages.with_few_old(young=60, old=4), tmp_path)

    assert verify(release) == []
