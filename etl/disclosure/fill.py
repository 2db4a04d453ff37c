"""The additive fill and the public bounds of hidden cells, both from what is published alone."""

import highspy
import numpy as np

from etl.disclosure.attack import Attack, Witnesses
from etl.disclosure.grid import Numbers
from etl.disclosure.programme import Programme, quiet_solver

SWEEPS = 50


def bounds(problem: Programme) -> tuple[Numbers, Numbers]:
    """The interval of each unknown cell that follows from the rows by plain arithmetic.

    Always holds the true value; an attacker's best interval lies within it.
    """
    low = problem.floors.astype(np.int64).copy()
    high = np.full(len(low), np.iinfo(np.int32).max, dtype=np.int64)
    for _ in range(SWEEPS):
        tighter = _tightened(problem, low, high)
        if all((new == old).all() for new, old in zip(tighter, (low, high), strict=True)):
            break
        low, high = tighter
    return low, high


def _tightened(problem: Programme, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """One sweep: in each equation a variable lies between what the others leave for it."""
    equations = problem.equations
    sizes = np.diff(equations.starts)
    signs, variables = equations.signs, equations.variables
    least = np.where(signs > 0, low[variables], -high[variables])
    most = np.where(signs > 0, high[variables], -low[variables])
    right = np.repeat(equations.right, sizes)
    upper = right - (np.repeat(_sums(equations.starts, least), sizes) - least)
    lower = right - (np.repeat(_sums(equations.starts, most), sizes) - most)
    new_low, new_high = low.copy(), high.copy()
    np.maximum.at(new_low, variables, np.where(signs > 0, lower, -upper))
    np.minimum.at(new_high, variables, np.where(signs > 0, upper, -lower))
    return new_low, new_high


def _sums(starts: Numbers, values: Numbers) -> Numbers:
    running = np.concatenate(([0], np.cumsum(values)))
    return running[starts[1:]] - running[starts[:-1]]


def fill(outcome: Attack) -> Numbers:
    """One whole table, as near as it gets to the middle of all counterfactual tables.

    It adds up everywhere and is an estimate: it says no more than what is published already.
    """
    values = np.zeros(len(outcome.problem.cells), dtype=np.int64)
    for component in outcome.components:
        values[component.inside] = _middle(component.witnesses)
    return values


def _middle(witnesses: Witnesses) -> Numbers:
    tables = np.array(witnesses.tables, dtype=np.int64)
    middle = np.rint(tables.mean(axis=0)).astype(np.int64)
    nearest = _nearest(witnesses.problem, middle)
    return nearest if witnesses.problem.accepts(nearest) else tables[-1]


def _nearest(problem: Programme, target: Numbers) -> Numbers:
    """Minimises the sum of distances to the target subject to the equations and floors."""
    count, equations = len(problem.cells), problem.equations
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 2 * count, len(equations.right)
    model.col_cost_ = np.ones(2 * count)
    model.col_lower_ = np.zeros(2 * count)
    room = (target - problem.floors).astype(np.float64)
    model.col_upper_ = np.concatenate([np.full(count, highspy.kHighsInf), room])
    change = -equations.residuals(target)
    model.row_lower_ = model.row_upper_ = change.astype(np.float64)
    sizes = np.diff(equations.starts)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = (2 * equations.starts).astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = _doubled(problem, sizes, count)
    solver = quiet_solver(model)
    solver.run()
    answer: Numbers = np.rint(np.asarray(solver.getSolution().col_value)).astype(np.int64)
    nearest: Numbers = target + answer[:count] - answer[count:]
    return nearest


def _doubled(problem: Programme, sizes: Numbers, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Each row twice over: rising variables with their signs, falling ones with the opposite."""
    equations = problem.equations
    owners = np.repeat(np.arange(len(sizes)), sizes)
    order = np.argsort(np.concatenate([owners, owners]), kind="stable")
    index = np.concatenate([equations.variables, equations.variables + count])[order]
    value = np.concatenate([equations.signs, -equations.signs])[order]
    return index.astype(np.int32), value.astype(np.float64)
