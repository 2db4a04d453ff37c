"""The attack: what an outsider with every published number can conclude about each hidden cell.

Each answer of the programme is a whole counterfactual table that agrees with all that is
published. Two such tables in which a cell differs enough protect it; one table serves many cells.
"""

from dataclasses import dataclass, field

import numpy as np

from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.programme import Costs, Programme, programme
from etl.disclosure.system import Mask

SHARED_ROUNDS = 40
SEED = 2017
FRACTION = 1e-6
REACHES = (1, 2, 4, 8)
"""How many equations around a fractional value are solved again in whole numbers."""


@dataclass
class Witnesses:
    """Counterfactual tables found so far, and the range that they give each variable.

    A row of ``tables`` holds a value for each variable; where an answer did not fit, the values of
    that component repeat those of an earlier table.
    """

    problem: Programme
    tables: list[Numbers] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.problem.cells)
        self.lowest = np.full(count, np.iinfo(np.int64).max)
        self.highest = np.full(count, -1, dtype=np.int64)

    def add(self, values: Numbers, where: Mask) -> None:
        """Takes in an answer for the variables in ``where``."""
        if self.tables:
            values = np.where(where, values, self.tables[-1])
        elif not where.all():
            return
        self.tables.append(values)
        self.lowest = np.minimum(self.lowest, values)
        self.highest = np.maximum(self.highest, values)

    def protect(self, threshold: int) -> Mask:
        """True where two tables differ by ``threshold`` − 1 and one reaches the threshold."""
        seen = self.highest >= 0
        wide = np.where(seen, self.highest - self.lowest, 0) >= threshold - 1
        return wide & (self.highest >= threshold)


@dataclass(frozen=True)
class Attack:
    """The outcome: the tables, and the variables that an outsider narrows below the threshold."""

    problem: Programme
    witnesses: Witnesses
    narrow: Numbers

    @property
    def narrow_cells(self) -> Numbers:
        return self.problem.cells[self.narrow]


def attack(pattern: Pattern, guarded: Mask, threshold: int) -> Attack:
    """Tries to narrow each of the guarded cells that an outsider does not know."""
    problem = programme(pattern)
    guarded = guarded[problem.cells]
    witnesses = Witnesses(problem)
    _from_shared_answers(witnesses, guarded, threshold)
    narrow = _one_by_one(witnesses, guarded, threshold)
    return Attack(problem, witnesses, narrow)


def _from_shared_answers(witnesses: Witnesses, guarded: Mask, threshold: int) -> None:
    """Random directions over the cells that still lack a witness; most are settled here."""
    chance = np.random.default_rng(SEED)
    for turn in range(SHARED_ROUNDS):
        lacking = guarded & ~witnesses.protect(threshold)
        if not lacking.any():
            return
        chosen = lacking & (chance.random(len(lacking)) < 0.5)
        weights = chance.uniform(0.5, 1.5, len(lacking)) * (-1 if turn % 2 == 0 else 1)
        _ask(witnesses, np.where(chosen, weights, 0.0))


def _one_by_one(witnesses: Witnesses, guarded: Mask, threshold: int) -> Numbers:
    """The highest and the lowest value of each cell that is left, one of each component at once."""
    asked_high = np.zeros(len(guarded), dtype=bool)
    narrow = np.zeros(len(guarded), dtype=bool)
    while True:
        left = np.flatnonzero(guarded & ~witnesses.protect(threshold) & ~narrow)
        if len(left) == 0:
            return np.flatnonzero(narrow)
        _, first = np.unique(witnesses.problem.components[left], return_index=True)
        asked = left[first]
        costs = np.zeros(len(guarded))
        costs[asked] = np.where(asked_high[asked], 1.0, -1.0)
        _ask(witnesses, costs)
        narrow[asked[asked_high[asked]]] = True
        narrow &= ~witnesses.protect(threshold)
        asked_high[asked] = True


def _ask(witnesses: Witnesses, costs: Costs) -> None:
    problem = witnesses.problem
    answer = problem.solve(costs)
    if answer is None:
        return
    values = _made_whole(problem, costs, answer)
    witnesses.add(values, problem.fitting(values))


def _made_whole(problem: Programme, costs: Costs, answer: Costs) -> Numbers:
    """The answer in whole numbers: where it is fractional, asked again close by.

    Corners of these programmes are whole but for a few cells; those, and as much around them as it
    takes, are solved in whole numbers while all others stay.
    """
    values = np.rint(answer).astype(np.int64)
    for reach in REACHES:
        broken = ~problem.fitting(values)
        if not broken.any():
            break
        fractional = broken & (np.abs(answer - np.rint(answer)) > FRACTION)
        free = broken & problem.around(fractional, reach)
        part = problem.given(values, free)
        whole = part.solve(costs[free], whole=True)
        if whole is not None:
            values[free] = np.rint(whole).astype(np.int64)
    return values
