"""The attack: what an outsider with every published number can conclude about each hidden cell.

Each answer of the programme is a whole counterfactual table that agrees with all that is
published. Two such tables in which a cell differs enough protect it; one table serves many cells.
Cells that share no equation, near or far, are attacked apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.programme import Costs, Programme, programme
from etl.disclosure.system import Mask

SHARED_ROUNDS = 16
SEED = 2017
FRACTION = 1e-6
REACHES = (1, 2, 4, 8)
"""How many equations around a fractional value are solved again in whole numbers."""


@dataclass
class Witnesses:
    """Counterfactual tables of one component, and the range that they give each variable."""

    problem: Programme
    tables: list[Numbers] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.problem.cells)
        self.lowest = np.full(count, np.iinfo(np.int64).max)
        self.highest = np.full(count, -1, dtype=np.int64)

    def ask(self, costs: Costs, *, exactly: bool = False) -> Costs | None:
        """Takes in a table that is cheap at these costs, or exactly the cheapest in whole ones."""
        answer = self.problem.solve(costs, whole=exactly)
        if answer is None:
            return None
        values = _made_whole(self.problem, costs, answer)
        if self.problem.accepts(values):
            self.tables.append(values)
            self.lowest = np.minimum(self.lowest, values)
            self.highest = np.maximum(self.highest, values)
        return answer

    def protect(self, threshold: int) -> Mask:
        """True where two tables differ by ``threshold`` − 1 and one reaches the threshold."""
        if not self.tables:
            return np.zeros(len(self.lowest), dtype=bool)
        wide: Mask = self.highest - self.lowest >= threshold - 1
        return wide & (self.highest >= threshold)


@dataclass(frozen=True)
class Component:
    """One component: its variables' positions in the whole programme, its tables, what it lost."""

    inside: Numbers
    witnesses: Witnesses
    narrow: Numbers


@dataclass(frozen=True)
class Attack:
    """The outcome of the attack on every component."""

    problem: Programme
    components: tuple[Component, ...]

    @property
    def narrow_cells(self) -> Numbers:
        """The guarded cells that an outsider narrows below the threshold."""
        found = [self.problem.cells[each.inside[each.narrow]] for each in self.components]
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *found]))


def attack(pattern: Pattern, guarded: Mask, threshold: int) -> Attack:
    """Tries to narrow each of the guarded cells that an outsider does not know."""
    problem = programme(pattern)
    return Attack(problem, tuple(_attacked(problem, guarded[problem.cells], threshold)))


def _attacked(problem: Programme, guarded: Mask, threshold: int) -> Iterator[Component]:
    for inside, part in problem.parts():
        witnesses = Witnesses(part)
        _from_shared_answers(witnesses, guarded[inside], threshold)
        narrow = _one_by_one(witnesses, guarded[inside], threshold)
        yield Component(inside, witnesses, narrow)


def _from_shared_answers(witnesses: Witnesses, guarded: Mask, threshold: int) -> None:
    """Random directions over the cells that still lack a witness; most are settled here.

    Asked once even where nothing is guarded: every component needs a table.
    """
    chance = np.random.default_rng(SEED)
    for turn in range(SHARED_ROUNDS):
        lacking = guarded & ~witnesses.protect(threshold)
        if witnesses.tables and not lacking.any():
            return
        chosen = lacking & (chance.random(len(lacking)) < 0.5)
        weights = chance.uniform(0.5, 1.5, len(lacking)) * (-1 if turn % 2 == 0 else 1)
        witnesses.ask(np.where(chosen, weights, 0.0))


def _one_by_one(witnesses: Witnesses, guarded: Mask, threshold: int) -> Numbers:
    """Asks for the highest and lowest value of each cell that is left; gives the narrow ones."""
    narrow = []
    for variable in np.flatnonzero(guarded & ~witnesses.protect(threshold)).tolist():
        if not witnesses.protect(threshold)[variable]:
            low, high = (_extreme(witnesses, variable, sign) for sign in (1.0, -1.0))
            # Whole numbers reach no farther than fractions; where those reach, they are asked too.
            if high - low >= threshold - 1 - FRACTION and high >= threshold - FRACTION:
                _extreme(witnesses, variable, 1.0, exactly=True)
                _extreme(witnesses, variable, -1.0, exactly=True)
            if not witnesses.protect(threshold)[variable]:
                narrow.append(variable)
    return np.array(narrow, dtype=np.int64)


def _extreme(witnesses: Witnesses, variable: int, sign: float, *, exactly: bool = False) -> float:
    """The lowest (``sign`` 1) or highest (−1) value of a variable; asks for a table with it."""
    costs = np.zeros(len(witnesses.problem.cells))
    costs[variable] = sign
    answer = witnesses.ask(costs, exactly=exactly)
    return float("nan") if answer is None else float(answer[variable])


def _made_whole(problem: Programme, costs: Costs, answer: Costs) -> Numbers:
    """The answer in whole numbers: where it is fractional, asked again close by.

    Corners of these programmes are whole but for a few cells; those, and as much around them as it
    takes, are solved in whole numbers while all others stay.
    """
    values: Numbers = np.rint(answer).astype(np.int64)
    fractional = np.abs(answer - values) > FRACTION
    for reach in REACHES:
        if problem.accepts(values) or not fractional.any():
            break
        free = problem.around(fractional, reach)
        whole = problem.given(values, free).solve(costs[free], whole=True)
        if whole is not None:
            values[free] = np.rint(whole).astype(np.int64)
    return values
