"""The gate: hides what describes too few, closes the rows, attacks the result and repairs it.

What it gives has withstood the attack; when no repair is found, nothing is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from data.errors import OchiqError
from etl.disclosure.attack import attack
from etl.disclosure.closure import close
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.primary import few, too_few, traits
from etl.disclosure.repair import widen, widen_crowd
from etl.disclosure.system import Mask, System

NOTHING: Final = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Patience:
    """From how many lacking cells on they are widened together at once, before they are asked one
    by one; and from how many on they are given up when that widens none, or when rows alone show
    that some have no room."""

    together: int
    at_most: float = inf

    @property
    def is_endless(self) -> bool:
        return self.at_most == inf


ORDINARY: Final = Patience(together=200)


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
    hide_all(pattern, np.union1d(np.flatnonzero(primary), also))
    rounds = withstand(pattern, threshold, lambda: _at_risk(pattern, threshold))
    return Decision(pattern, primary, rounds)


def hide_all(pattern: Pattern, cells: Numbers) -> None:
    for cell in cells.tolist():
        pattern.hide(cell)


def withstand(
    pattern: Pattern,
    threshold: int,
    at_risk: Callable[[], Mask],
    patience: Patience = ORDINARY,
) -> int:
    """Hides further cells until none that is at risk can be narrowed; gives the rounds it took.

    Raises ``UnprotectedError`` when one can, and nothing more can be hidden.
    """
    rounds = 0
    while True:
        rounds += 1
        stuck, risk = close(pattern, threshold), at_risk()
        if risk[stuck].any() and not patience.is_endless:
            raise UnprotectedError(pattern.system, stuck[risk[stuck]])
        outcome = attack(pattern, risk, threshold, pattern.system.counts)
        crowd = outcome.lacking_cells
        if len(crowd) > patience.together and widen_crowd(pattern, crowd, threshold):
            continue
        if len(crowd) > patience.at_most:
            raise UnprotectedError(pattern.system, crowd)
        outcome.settle()
        if len(narrow := outcome.lacking_cells) == 0:
            return rounds
        if not widen(pattern, narrow, threshold):
            raise UnprotectedError(pattern.system, narrow)


def decided_before(system: System, hidden: Numbers, threshold: int) -> Decision:
    """The decision of an earlier release about cells of which none is new."""
    mask = np.zeros(len(system), dtype=bool)
    mask[hidden] = True
    return Decision(Pattern.published(system, mask), too_few(system, threshold), 0)


def _at_risk(pattern: Pattern, threshold: int) -> Mask:
    """Hidden counts of persons, and complements of too few that nobody shows."""
    system = pattern.system
    part, _, rest = system.splits
    of_trait = np.zeros(len(system), dtype=bool)
    of_trait[rest] = traits(system)[part]
    none_or_few = (system.counts == 0) | few(system, threshold)
    small_rest = of_trait & pattern.unknown & none_or_few
    found: Mask = (pattern.hidden | small_rest) & system.guarded
    return found
