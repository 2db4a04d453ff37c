"""What an outsider can compute: the unknown cells as variables, the rows as equations.

The linear programme is built from what is published alone: shown counts, the rows, and a floor for
each unknown cell. The solver only proposes; every answer is checked in whole numbers before use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np

from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.solver import Columns, Equations, Solver, Values
from etl.disclosure.system import Mask, Rows


@dataclass(frozen=True)
class Goal:
    """What an answer is to be cheap at: so much a unit, near the floor and beyond.

    The first ``near`` units of a variable cost ``cost_near`` each, all others ``cost_far``, which
    is never less. So a solver lifts many variables a little rather than one of them a lot.
    """

    near: Numbers
    cost_near: Values
    cost_far: Values

    @classmethod
    def even(cls, costs: Values) -> "Goal":
        """Every unit of a variable costs the same."""
        return cls(np.zeros(len(costs), dtype=np.int64), costs, costs)


@dataclass(frozen=True)
class Programme:
    """The unknown cells (indices into the system), their floors, the equations that bind them."""

    cells: Numbers
    floors: Numbers
    equations: Equations

    @cached_property
    def components(self) -> Numbers:
        """A label for each variable; variables of different labels share no equation."""
        return _labels(len(self.cells), self.equations)

    def given(self, values: Numbers, free: Mask) -> "Programme":
        """The programme of the free variables when all others keep their values."""
        return _restricted(self, values, free)

    def around(self, some: Mask, reach: int) -> Mask:
        """The variables within ``reach`` equations of the given ones."""
        equations, found = self.equations, some.copy()
        for _ in range(reach):
            touched = np.zeros(len(equations), dtype=bool)
            touched[equations.owners[found[equations.variables]]] = True
            found[equations.variables[touched[equations.owners]]] = True
        return found

    def solve(self, goal: Goal) -> Values | None:
        """The cheapest answer, fractions allowed; ``None`` when there is none."""
        count = len(self.cells)
        costs = np.concatenate([goal.cost_near, goal.cost_far])
        room = np.concatenate([goal.near, np.full(count, highspy.kHighsInf)])
        self._solver.price(costs)
        self._solver.limit(room.astype(np.float64))
        found = self._solver.cheapest()
        return None if found is None else self.floors + found[:count] + found[count:]

    def solve_whole(self, costs: Values) -> Numbers | None:
        """The cheapest answer in whole numbers; ``None`` when there is none."""
        self._whole_solver.price(costs)
        found = self._whole_solver.cheapest()
        return None if found is None else self.floors + np.rint(found).astype(np.int64)

    def accepts(self, values: Numbers) -> bool:
        """True when whole-number values meet every equation and floor."""
        fits = not self.equations.residuals(values).any()
        return fits and bool((values >= self.floors).all())

    def parts(self) -> Iterator[tuple[Numbers, "Programme"]]:
        """Each component: the positions of its variables in this programme, and its own."""
        if len(self.cells) == 0:
            return
        equations = self.equations
        labels = self.components
        order = np.argsort(labels, kind="stable")
        _, first = np.unique(labels[order], return_index=True)
        owner = labels[equations.variables[equations.starts[:-1]]]
        rows = np.argsort(owner, kind="stable")
        row_ends = np.searchsorted(owner[rows], labels[order][first], side="right")
        row_starts = np.searchsorted(owner[rows], labels[order][first], side="left")
        for inside, low, high in zip(
            np.split(order, first[1:]), row_starts.tolist(), row_ends.tolist(), strict=True
        ):
            yield inside, _component(self, inside, rows[low:high])

    @cached_property
    def _solver(self) -> Solver:
        every = np.arange(len(self.cells))
        return Solver(self.equations, self._left_of(), [Columns(every), Columns(every)])

    @cached_property
    def _whole_solver(self) -> Solver:
        every = Columns(np.arange(len(self.cells)))
        return Solver(self.equations, self._left_of(), [every], whole=True)

    def _left_of(self) -> Numbers:
        """What each equation asks of its variables beyond their floors."""
        return -self.equations.residuals(self.floors)


def programme(pattern: Pattern) -> Programme:
    """The programme of everything that a pattern leaves uncertain."""
    return programme_of(pattern, pattern.everything_uncertain())


def programme_of(pattern: Pattern, free: Mask, rows: Numbers | None = None) -> Programme:
    """The programme in which the cells of a mask may move and all others keep their counts.

    With ``rows`` only those bind, which gives more room than there is.
    """
    system = pattern.system
    cells = np.flatnonzero(free)
    binding = system.rows if rows is None else system.rows.only(rows)
    return Programme(cells, pattern.floors[cells], _equations(binding, system.counts, free))


def _equations(rows: Rows, counts: Numbers, uncertain: Mask) -> Equations:
    """One equation for each row with an uncertain cell; what is known moves to the right."""
    sizes = np.diff(rows.starts)
    row_of_link = np.repeat(np.arange(len(rows)), sizes)
    cells = np.concatenate([rows.children, rows.parents])
    owners = np.concatenate([row_of_link, np.arange(len(rows))])
    signs = np.concatenate([np.ones(len(rows.children)), -np.ones(len(rows))]).astype(np.int64)
    free = uncertain[cells]
    known = np.zeros(len(rows), dtype=np.int64)
    np.add.at(known, owners[~free], signs[~free] * counts[cells[~free]])
    order = np.argsort(owners[free], kind="stable")
    used, lengths = np.unique(owners[free], return_counts=True)
    position = np.cumsum(uncertain) - 1
    return Equations(
        starts=np.concatenate(([0], np.cumsum(lengths))),
        variables=position[cells[free][order]],
        signs=signs[free][order],
        right=-known[used],
    )


def _restricted(whole: Programme, values: Numbers, free: Mask) -> Programme:
    equations = whole.equations
    links, owners = free[equations.variables], equations.owners
    settled = np.zeros(len(equations), dtype=np.int64)
    fixed = equations.variables[~links]
    np.add.at(settled, owners[~links], equations.signs[~links] * values[fixed])
    kept, lengths = np.unique(owners[links], return_counts=True)
    position = np.cumsum(free) - 1
    return Programme(
        whole.cells[free],
        whole.floors[free],
        Equations(
            np.concatenate(([0], np.cumsum(lengths))),
            position[equations.variables[links]],
            equations.signs[links],
            (equations.right - settled)[kept],
        ),
    )


def _component(whole: Programme, inside: Numbers, rows: Numbers) -> Programme:
    equations = whole.equations
    links = [np.arange(equations.starts[row], equations.starts[row + 1]) for row in rows]
    flat = np.concatenate([np.empty(0, dtype=np.int64), *links]).astype(np.int64)
    return Programme(
        whole.cells[inside],
        whole.floors[inside],
        Equations(
            np.concatenate(([0], np.cumsum([len(each) for each in links]))).astype(np.int64),
            np.searchsorted(inside, equations.variables[flat]),
            equations.signs[flat],
            equations.right[rows],
        ),
    )


def _labels(count: int, equations: Equations) -> Numbers:
    """Connected components by repeated minimum labels along equations."""
    labels = np.arange(count, dtype=np.int64)
    while True:
        least = np.full(len(equations), count, dtype=np.int64)
        np.minimum.at(least, equations.owners, labels[equations.variables])
        lower = labels.copy()
        np.minimum.at(lower, equations.variables, least[equations.owners])
        if (lower == labels).all():
            return labels
        labels = lower[lower]
