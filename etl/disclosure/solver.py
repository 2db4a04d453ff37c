"""The solver: additive equations as a linear programme whose variables are made of columns.

A variable may be the sum of several columns (units near its floor and units beyond, or what it
rises and what it falls), so that a programme can price them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import highspy
import numpy as np
import numpy.typing as npt

from etl.disclosure.grid import Numbers

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Equations:
    """``sum(sign × variable) = right`` for each equation, in compressed rows."""

    starts: Numbers
    variables: Numbers
    signs: Numbers
    right: Numbers

    def __len__(self) -> int:
        return len(self.right)

    @cached_property
    def owners(self) -> Numbers:
        """The equation of each link between a variable and an equation."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @cached_property
    def by_variable(self) -> tuple[Numbers, Numbers]:
        """The links in the order of their variables, and where each variable's links begin."""
        order = np.argsort(self.variables, kind="stable")
        count = int(self.variables.max(initial=-1)) + 2
        return order, np.searchsorted(self.variables[order], np.arange(count))

    def residuals(self, values: Numbers) -> Numbers:
        """How far whole-number values miss each equation; all 0 for a true answer."""
        return self.sums(self.signs * values[self.variables]) - self.right

    def sums(self, of_links: Numbers) -> Numbers:
        """The sum of a figure of each link over the links of each equation."""
        running = np.concatenate(([0], np.cumsum(of_links)))
        return running[self.starts[1:]] - running[self.starts[:-1]]


@dataclass(frozen=True)
class Columns:
    """One column for each of some variables, counted with a sign, from 0 upwards."""

    variables: Numbers
    sign: int = 1


_IMPOSSIBLE: Final = {
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
}


class _Silent(highspy.Highs):
    """HiGHS without its banner, which it prints when it enables its callbacks."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802
        self.setOptionValue("output_flag", False)  # noqa: FBT003
        highspy.Highs.enableCallbacks(self)


class Solver:
    """Solves for columns of least cost whose variables meet the equations' right-hand sides."""

    def __init__(
        self,
        equations: Equations,
        right: Numbers,
        columns: Sequence[Columns],
        *,
        whole: bool = False,
    ) -> None:
        model = highspy.HighsLp()
        model.num_row_ = len(equations)
        model.num_col_ = sum(len(each.variables) for each in columns)
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.zeros(model.num_col_)
        model.col_upper_ = np.full(model.num_col_, highspy.kHighsInf)
        model.row_lower_ = model.row_upper_ = right.astype(np.float64)
        _link(model, equations, columns)
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        self._solver = _Silent()
        # The same answer on every run.
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("random_seed", 0)
        self._solver.passModel(model)

    def price(self, costs: Values) -> None:
        """What a unit of each column costs."""
        self._solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def limit(self, upper: Values) -> None:
        """How far each column may go."""
        count = len(upper)
        every = np.arange(count, dtype=np.int32)
        self._solver.changeColsBounds(count, every, np.zeros(count), upper)

    def hold(self, column: int, lower: float, upper: float) -> None:
        """Between what one column has to lie."""
        self._solver.changeColBounds(column, lower, upper)

    def cheapest(self) -> Values | None:
        """The columns of the cheapest answer; ``None`` when there is none."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in _IMPOSSIBLE:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            # Never taken for "no answer": a solver that does not run proves nothing.
            raise RuntimeError(f"the solver stopped with {status.name}")
        return np.asarray(self._solver.getSolution().col_value)


def _link(model: highspy.HighsLp, equations: Equations, columns: Sequence[Columns]) -> None:
    """The matrix, column after column: each repeats its variable's links, times its sign."""
    order, starts = equations.by_variable
    variables = np.concatenate([each.variables for each in columns])
    signs = np.repeat([each.sign for each in columns], [len(each.variables) for each in columns])
    # A variable of no equation has no links; the last start closes the last variable with any.
    first = starts[np.minimum(variables, len(starts) - 1)]
    sizes = starts[np.minimum(variables + 1, len(starts) - 1)] - first
    ends = np.cumsum(sizes)
    links = order[np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + sizes, sizes)]
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate(([0], ends)).astype(np.int32)
    model.a_matrix_.index_ = equations.owners[links].astype(np.int32)
    model.a_matrix_.value_ = (equations.signs[links] * np.repeat(signs, sizes)).astype(np.float64)
