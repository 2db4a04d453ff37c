"""Whoever holds a restatement beside the release before it learns of no few: neither of those that
either hides, nor of those that have come in between."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from etl import ruling
from etl.aggregate import aggregate
from etl.disclosure.change import Restated
from etl.disclosure.gate import Decision, decide
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.primary import too_few
from tests.disclosure.attackers import PERSONS, Attacker
from tests.disclosure.programme import Cell, Interval
from tests.disclosure.vintages import BEFORE, NOW, Pair
from tests.etl.releasing import THRESHOLD
from tests.succession import FIRST_DAY, Office, Source, of_village

CLOSE: Final = 1e-6
AS_OF: Final = date(2018, 3, 31)
APPEALS: Final = 3_000


@dataclass(frozen=True)
class Both:
    """Two releases of a source to which appeals came and from which others went, and the truth."""

    pair: Pair
    before: Mapping[Cell, int]
    now: Mapping[Cell, int]

    @property
    def changed_by_few(self) -> list[Cell]:
        """The counts of persons that both releases have and that differ by one to nine."""
        both = [cell for cell in self.pair.common if cell in self.before and cell in self.now]
        return [
            cell
            for cell in both
            if cell[0] in PERSONS and 0 < abs(self.now[cell] - self.before[cell]) < THRESHOLD
        ]


def restated(root: Path, came: int, gone: int, seed: int) -> Both:
    source = of_village(APPEALS, 90, share=0)
    order = np.random.default_rng(seed).permutation(source.appeals.height)
    offices = [
        Office(root, without(source, order[left_out]), FIRST_DAY)
        for left_out in (slice(came), slice(came, came + gone))
    ]
    ids = offices[0].publishes(AS_OF), offices[1].publishes(AS_OF, restate=True)
    pair = Pair(*(Attacker(root / "releases" / each) for each in ids))
    return Both(pair, *(true_counts(office, pair.dimensions) for office in offices))


def without(source: Source, places: Numbers) -> Source:
    kept = np.setdiff1d(np.arange(source.appeals.height), places)
    return replace(source, appeals=source.appeals[kept])


def true_counts(office: Office, dimensions: list[str]) -> dict[Cell, int]:
    cells, found = aggregate(office.staged(AS_OF), THRESHOLD), {}
    for name, table in cells.catalogue.items():
        for row in cells.tables[name].iter_rows(named=True):
            codes = (row["period"], *(row.get(each, "_T") for each in dimensions))
            found.update({(m, *codes): row[m] for m in table.measures if m in row})
    return found


def narrow(intervals: Mapping[Cell, Interval]) -> list[Cell]:
    """Cells that are left fewer values than the threshold."""
    return [cell for cell, (low, high) in intervals.items() if high - low < THRESHOLD - 1 - CLOSE]


@pytest.fixture(
    scope="module",
    params=[(60, 0, 1), (300, 0, 4), (200, 20, 6)],
    ids=lambda each: f"{each[0]} came",
)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    return restated(tmp_path_factory.mktemp("restated"), *request.param)


def test_no_hidden_count_of_either_is_narrowed_by_both(both: Both) -> None:
    intervals = both.pair.intervals(both.pair.hidden)

    assert len(intervals) > 100
    assert not narrow(intervals)
    assert all(high >= THRESHOLD - CLOSE for _, high in intervals.values())


def test_what_the_attacker_concludes_is_true(both: Both) -> None:
    truth = {(BEFORE, *c): n for c, n in both.before.items()}
    truth |= {(NOW, *c): n for c, n in both.now.items()}
    for cell, (low, high) in both.pair.intervals(both.pair.hidden).items():
        assert low - CLOSE <= truth[cell] <= high + CLOSE


def test_no_change_of_a_few_is_shown_or_narrowed(both: Both) -> None:
    few = both.changed_by_few

    assert len(few) > 50
    assert not {*few} & both.pair.changes().keys()
    assert not narrow(both.pair.spans(few))


def test_knowing_which_counts_that_look_unmoved_are_narrows_no_change_of_a_few(
    both: Both,
) -> None:
    """Most that look so are not, and whoever supposes it of all is led astray."""
    looks = dict(both.pair.unmoved())
    right = [rule for cell, rule in looks.items() if both.now[cell] == both.before[cell]]

    assert len(right) < len(looks) / 2
    assert not narrow(both.pair.spans(both.changed_by_few, right))


def by_itself(pattern: Restated, threshold: int, also: Numbers) -> Decision:
    """A restatement that hides what changed by a few, and is safe where nobody holds another."""
    small = too_few(pattern.change, threshold) & pattern.before.published
    hidden = np.flatnonzero(small | pattern.before.hidden)
    plain = Pattern(pattern.system, pattern.weights, pattern.ties)
    return decide(plain, threshold, np.union1d(also, hidden))


def test_without_protection_the_same_attack_narrows_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruling, "decide_restated", by_itself)
    bare = restated(tmp_path, 60, 0, 1)

    assert narrow(bare.pair.intervals(bare.pair.hidden))
    assert narrow(bare.pair.spans(bare.changed_by_few))
