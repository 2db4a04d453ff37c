"""The gate: hides what describes too few, closes the rows, attacks the result and repairs it.

What it gives has withstood the attack; when no repair is found, nothing is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.errors import OchiqError
from etl.disclosure.attack import Attack, attack
from etl.disclosure.closure import close
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.primary import too_few, traits
from etl.disclosure.repair import widen
from etl.disclosure.system import Mask, System

ROUNDS: Final = 12
"""Most rounds of attack and repair; each hides something new, and few are ever needed."""


class DisclosureError(OchiqError):
    """A release would identify somebody, or cannot prove that it does not."""


class UnprotectedError(DisclosureError):
    """Cells that nothing can protect; ``years`` are those that they lie in."""

    def __init__(self, system: System, cells: Numbers) -> None:
        period = system.grid.axis("period")
        digits = period.digits(system.numbers[cells]).tolist()
        self.years = tuple(sorted({period.codes[digit][:4] for digit in digits}))
        super().__init__(
            "Gate",
            f"{len(cells)} hidden counts of {', '.join(self.years)} cannot be protected.",
            "Publish coarser tables, or leave these years out.",
        )


@dataclass(frozen=True)
class Decision:
    """What the gate decided: the pattern, which cells were small themselves, the last attack."""

    pattern: Pattern
    primary: Mask
    attack: Attack
    rounds: int

    @property
    def system(self) -> System:
        return self.pattern.system


def decide(pattern: Pattern, threshold: int, also: Iterable[int] = ()) -> Decision:
    """The cells to hide; ``also`` names cells that are hidden for a reason of their own.

    Raises ``DisclosureError`` when a hidden cell can be narrowed and nothing more can be hidden.
    """
    primary = too_few(pattern.system, threshold)
    primary[list(also)] = True
    for cell in np.flatnonzero(primary).tolist():
        pattern.hide(cell)
    for turn in range(1, ROUNDS + 1):
        close(pattern, threshold)
        outcome = attack(pattern, _at_risk(pattern, threshold), threshold)
        if len(outcome.narrow_cells) == 0:
            return Decision(pattern, primary, outcome, turn)
        _repair(pattern, outcome, threshold)
    raise UnprotectedError(pattern.system, outcome.narrow_cells)


def _at_risk(pattern: Pattern, threshold: int) -> Mask:
    """Hidden counts of persons, and complements below the threshold that nobody shows."""
    system = pattern.system
    part, _, rest = system.splits
    of_trait = np.zeros(len(system), dtype=bool)
    of_trait[rest] = traits(system)[part]
    small_rest = of_trait & pattern.unknown & (system.counts < threshold)
    return (pattern.hidden | small_rest) & system.guarded


def _apart(pattern: Pattern, outcome: Attack) -> list[int]:
    """Narrow cells no two of which share a row: what helps one may have helped its neighbour."""
    taken, chosen = set[int](), []
    for cell in outcome.narrow_cells.tolist():
        rows = pattern.system.rows_of_cell[cell]
        if taken.isdisjoint(rows):
            chosen.append(cell)
        taken.update(rows)
    return chosen


def _repair(pattern: Pattern, outcome: Attack, threshold: int) -> None:
    hidden = [widen(pattern, cell, threshold - 1) for cell in _apart(pattern, outcome)]
    if not any(hidden):
        raise UnprotectedError(pattern.system, outcome.narrow_cells)
