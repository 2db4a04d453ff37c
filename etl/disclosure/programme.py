"""What an outsider can compute: the unknown cells as variables, the rows as equations.

The linear programme is built from what is published alone: shown counts, the rows, and a floor for
each unknown cell. The solver only proposes; every answer is checked in whole numbers before use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
import numpy.typing as npt

from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.system import Mask, Rows

Costs = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Equations:
    """``sum(sign × variable) = right`` for each equation, in compressed rows."""

    starts: Numbers
    variables: Numbers
    signs: Numbers
    right: Numbers

    def residuals(self, values: Numbers) -> Numbers:
        """How far whole-number values miss each equation; all 0 for a true answer."""
        running = np.concatenate(([0], np.cumsum(self.signs * values[self.variables])))
        return running[self.starts[1:]] - running[self.starts[:-1]] - self.right


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
        owners = np.repeat(np.arange(len(equations.right)), np.diff(equations.starts))
        for _ in range(reach):
            touched = np.zeros(len(equations.right), dtype=bool)
            touched[owners[found[equations.variables]]] = True
            found[equations.variables[touched[owners]]] = True
        return found

    def solve(self, costs: Costs, *, whole: bool = False) -> Costs | None:
        """The cheapest answer, in whole numbers when asked for; ``None`` when there is none."""
        solver = self._integer_solver if whole else self._solver
        count = len(self.cells)
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.asarray(solver.getSolution().col_value)

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
    def _solver(self) -> highspy.Highs:
        return _highs(self, whole=False)

    @cached_property
    def _integer_solver(self) -> highspy.Highs:
        return _highs(self, whole=True)


def programme(pattern: Pattern) -> Programme:
    """The programme of everything that a pattern leaves uncertain."""
    system = pattern.system
    uncertain = pattern.everything_uncertain()
    cells = np.flatnonzero(uncertain)
    equations = _equations(system.rows, system.counts, uncertain)
    return Programme(cells, system.floors[cells], equations)


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
    owners = np.repeat(np.arange(len(equations.right)), np.diff(equations.starts))
    links = free[equations.variables]
    settled = np.zeros(len(equations.right), dtype=np.int64)
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
    owners = np.repeat(np.arange(len(equations.right)), np.diff(equations.starts))
    while True:
        least = np.full(len(equations.right), count, dtype=np.int64)
        np.minimum.at(least, owners, labels[equations.variables])
        lower = labels.copy()
        np.minimum.at(lower, equations.variables, least[owners])
        if (lower == labels).all():
            return labels
        labels = lower[lower]


def _highs(problem: Programme, *, whole: bool) -> highspy.Highs:
    model = highspy.HighsLp()
    count, equations = len(problem.cells), problem.equations
    model.num_col_, model.num_row_ = count, len(equations.right)
    model.col_cost_ = np.zeros(count)
    model.col_lower_ = problem.floors.astype(np.float64)
    model.col_upper_ = np.full(count, highspy.kHighsInf)
    model.row_lower_ = model.row_upper_ = equations.right.astype(np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = equations.starts.astype(np.int32)
    model.a_matrix_.index_ = equations.variables.astype(np.int32)
    model.a_matrix_.value_ = equations.signs.astype(np.float64)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
    return quiet_solver(model)


def quiet_solver(model: highspy.HighsLp) -> highspy.Highs:
    """A solver that prints nothing and answers the same on every run."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.passModel(model)
    return solver
