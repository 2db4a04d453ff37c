"""The attack: what an outsider with every published number can conclude about each hidden cell.

Each answer of the programme is a whole counterfactual table that agrees with all that is
published. Two such tables in which a cell differs enough protect it; one table serves many cells.
Cells that share no equation, near or far, are attacked apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.programme import Goal, Programme, programme
from etl.disclosure.solver import Values
from etl.disclosure.system import Mask

SHARED_ROUNDS: Final = 60
BARREN_ROUNDS: Final = 4
"""So many shared answers in a row that settle no further cell end the asking for them."""
SEED: Final = 2017
FRACTION: Final = 1e-6
REACHES: Final = (1, 2, 4, 8)
"""How many equations around a fractional value are solved again in whole numbers."""


@dataclass
class Component:
    """Cells that share equations, near or far: the tables found so far and the ranges they give.

    ``inside`` are the positions of its variables in the whole programme; ``guarded`` says which of
    them may not be narrowed.
    """

    inside: Numbers
    problem: Programme
    guarded: Mask
    threshold: int
    tables: list[Numbers] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.inside)
        self.lowest = np.full(count, np.iinfo(np.int64).max)
        self.highest = np.full(count, np.iinfo(np.int64).min)

    @property
    def lacking(self) -> Mask:
        """The guarded variables that no two tables protect yet: they must differ by the threshold
        less one, and one of them reach it."""
        if not self.tables:
            return self.guarded
        wide: Mask = self.highest - self.lowest >= self.threshold - 1
        enough: Mask = wide & (self.highest >= self.threshold)
        return self.guarded & ~enough

    def take(self, values: Numbers | None) -> None:
        """Takes in a table, if it is a true answer."""
        if values is not None and self.problem.accepts(values):
            self.tables.append(values)
            self.lowest = np.minimum(self.lowest, values)
            self.highest = np.maximum(self.highest, values)

    def ask_together(self) -> None:
        """Asks for tables that raise or lower many lacking variables at once, while it helps."""
        chance, barren = np.random.default_rng(SEED), 0
        for turn in range(SHARED_ROUNDS):
            before = int(self.lacking.sum())
            if self.tables and (before == 0 or barren == BARREN_ROUNDS):
                return
            share = 1.0 if turn in {0, 1} else 0.5
            chosen = self.lacking & (chance.random(len(self.inside)) < share)
            wanted = np.where(chosen, chance.uniform(0.5, 1.5, len(self.inside)), 0.0)
            self._ask(self._raised(wanted) if turn % 2 == 0 else self._lowered(wanted))
            barren = 0 if int(self.lacking.sum()) < before else barren + 1

    def ask_one_by_one(self) -> None:
        """Asks for the highest and lowest value of each variable that is lacking still."""
        for variable in np.flatnonzero(self.lacking).tolist():
            if self.lacking[variable] and self._may_be_wide(variable):
                for sign in (1.0, -1.0):
                    self.take(self.problem.solve_whole(self._towards(variable, sign)))

    def _ask(self, goal: Goal) -> Values | None:
        answer = self.problem.solve(goal)
        if answer is not None:
            self.take(_made_whole(self.problem, goal, answer))
        return answer

    def _raised(self, wanted: Values) -> Goal:
        """Each wanted variable as far up as protects it, no farther: room for its neighbours."""
        floors = self.problem.floors
        lowest = self.lowest if self.tables else floors
        enough = np.maximum(self.threshold, lowest + self.threshold - 1)
        near = np.where(wanted > 0, np.maximum(enough - floors, 0), 0)
        return Goal(near, -wanted, np.zeros(len(wanted)))

    def _lowered(self, wanted: Values) -> Goal:
        """Each wanted variable as far down as protects it: units beyond that are dear."""
        highest = self.highest if self.tables else self.problem.floors
        enough = highest - (self.threshold - 1) - self.problem.floors
        near = np.where(wanted > 0, np.maximum(enough, 0), 0)
        return Goal(near, np.zeros(len(wanted)), wanted)

    def _may_be_wide(self, variable: int) -> bool:
        """True when fractions leave the variable enough, but the tables so far do not.

        Whole numbers reach no farther than fractions; where those reach, whole ones are asked.
        """
        low, high = (self._extreme(variable, sign) for sign in (1.0, -1.0))
        far = high - low >= self.threshold - 1 - FRACTION and high >= self.threshold - FRACTION
        return far and bool(self.lacking[variable])

    def _extreme(self, variable: int, sign: float) -> float:
        """The lowest (``sign`` 1) or highest (−1) value of a variable; takes in its table."""
        answer = self._ask(Goal.even(self._towards(variable, sign)))
        return float("nan") if answer is None else float(answer[variable])

    def _towards(self, variable: int, sign: float) -> Values:
        costs = np.zeros(len(self.inside))
        costs[variable] = sign
        return costs


@dataclass(frozen=True)
class Attack:
    """The attack on every component of a programme."""

    problem: Programme
    components: tuple[Component, ...]

    @property
    def lacking_cells(self) -> Numbers:
        """The guarded cells that are not shown to be protected; narrow once all were settled."""
        found = [self.problem.cells[each.inside[each.lacking]] for each in self.components]
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *found]))

    def settle(self) -> None:
        """Asks about each cell that is left: what lacks protection then can be narrowed."""
        for component in self.components:
            component.ask_one_by_one()


def attack(pattern: Pattern, guarded: Mask, threshold: int, known: Numbers | None = None) -> Attack:
    """Tries to narrow the guarded cells together; what is left, ``settle`` asks one by one.

    ``known`` is a table that agrees with all that is published, if the asker has one.
    """
    problem = programme(pattern)
    return Attack(problem, tuple(_components(problem, guarded[problem.cells], threshold, known)))


def _components(
    problem: Programme, guarded: Mask, threshold: int, known: Numbers | None
) -> Iterator[Component]:
    for inside, part in problem.parts():
        component = Component(inside, part, guarded[inside], threshold)
        if known is not None:
            component.take(known[part.cells])
        component.ask_together()
        yield component


def _made_whole(problem: Programme, goal: Goal, answer: Values) -> Numbers:
    """The answer in whole numbers: where it is fractional, asked again close by.

    Corners of these programmes are whole but for a few cells; those, and as much around them as it
    takes, are solved in whole numbers while all others stay.
    """
    values: Numbers = np.rint(answer).astype(np.int64)
    fractional = np.abs(answer - values) > FRACTION
    costs = np.where(goal.cost_near != 0, goal.cost_near, goal.cost_far)
    for reach in REACHES:
        if problem.accepts(values) or not fractional.any():
            break
        free = problem.around(fractional, reach)
        whole = problem.given(values, free).solve_whole(costs[free])
        if whole is not None:
            values[free] = whole
    return values
