"""The gate: hides what describes too few, closes the rows, attacks the result and repairs it.

What it gives has withstood the attack; when no repair is found, nothing is given.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from data.errors import OchiqError
from etl.disclosure.attack import attack
from etl.disclosure.closure import close
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.primary import changed_by_few, few, small_changes, too_few, traits
from etl.disclosure.repair import widen, widen_crowd
from etl.disclosure.system import NOTHING, Mask, System

CROWD: Final = 200
"""More lacking cells than this are widened together at once, before they are asked one by one."""


class DisclosureError(OchiqError):
    """A release would identify somebody, or cannot prove that it does not."""


class UnprotectedError(DisclosureError):
    """Cells that nothing can protect, by their ``numbers`` in a system."""

    def __init__(self, system: System, cells: Numbers) -> None:
        self.system, self.numbers = system, system.numbers[cells]
        super().__init__(
            "Gate",
            f"{len(cells)} hidden counts cannot be protected.",
            "Publish coarser tables, or a longer stretch of time.",
        )


@dataclass(frozen=True)
class Decision:
    """What the gate decided, after how many rounds, and which cells were small themselves."""

    pattern: Pattern
    primary: Mask
    rounds: int

    @property
    def system(self) -> System:
        return self.pattern.system


def decide(pattern: Pattern, threshold: int, also: Numbers = NOTHING) -> Decision:
    """The cells to hide; ``also`` names cells that are hidden for a reason of their own.

    Raises ``DisclosureError`` when a hidden cell can be narrowed and nothing more can be hidden.
    """
    primary = too_few(pattern.system, threshold)
    small = primary | small_changes(pattern.system, threshold)
    for cell in np.union1d(np.flatnonzero(small), also).tolist():
        pattern.hide(cell)
    rounds = 0
    while True:
        rounds += 1
        stuck = close(pattern, threshold)
        if pattern.system.grid.vintage and len(stuck):
            raise UnprotectedError(pattern.system, stuck)
        outcome = attack(pattern, _at_risk(pattern, threshold), threshold, pattern.system.counts)
        crowd = outcome.lacking_cells
        if len(crowd) > CROWD and widen_crowd(pattern, crowd, threshold):
            continue
        outcome.settle()
        if len(narrow := outcome.lacking_cells) == 0:
            return Decision(pattern, primary, rounds)
        if not widen(pattern, narrow, threshold):
            raise UnprotectedError(pattern.system, narrow)


def decided_before(pattern: Pattern, hidden: Numbers, threshold: int) -> Decision:
    """The decision of an earlier release about cells of which none is new."""
    for cell in hidden.tolist():
        pattern.hide(cell)
    return Decision(pattern, too_few(pattern.system, threshold), 0)


def _at_risk(pattern: Pattern, threshold: int) -> Mask:
    """Hidden counts of persons, and complements of too few that nobody shows; what has come since
    the release before where that is a few."""
    system = pattern.system
    part, _, rest = system.splits
    of_trait = np.zeros(len(system), dtype=bool)
    of_trait[rest] = traits(system)[part]
    none_or_few = (system.counts == 0) | few(system, threshold)
    small_rest = of_trait & pattern.unknown & none_or_few
    _, now, since = system.vintages
    few_came = changed_by_few(system, threshold)[now] & (system.counts[since] > 0)
    small_rest[since] = few_came & pattern.unknown[since]
    found: Mask = (pattern.hidden | small_rest) & system.guarded
    return found
