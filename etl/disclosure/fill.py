"""The additive fill and the public bounds of hidden cells, both from what is published alone."""

import numpy as np

from etl.disclosure.attack import Attack, Component
from etl.disclosure.grid import Numbers
from etl.disclosure.programme import Programme
from etl.disclosure.solver import Columns, Solver

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
    signs, variables = equations.signs, equations.variables
    least = np.where(signs > 0, low[variables], -high[variables])
    most = np.where(signs > 0, high[variables], -low[variables])
    right, owners = equations.right[equations.owners], equations.owners
    upper = right - (equations.sums(least)[owners] - least)
    lower = right - (equations.sums(most)[owners] - most)
    new_low, new_high = low.copy(), high.copy()
    np.maximum.at(new_low, variables, np.where(signs > 0, lower, -upper))
    np.minimum.at(new_high, variables, np.where(signs > 0, upper, -lower))
    return new_low, new_high


def fill(outcome: Attack) -> Numbers:
    """One whole table, as near as it gets to the middle of all counterfactual tables.

    It adds up everywhere and is an estimate: it says no more than what is published already.
    """
    values = np.zeros(len(outcome.problem.cells), dtype=np.int64)
    for component in outcome.components:
        values[component.inside] = _middle(component)
    return values


def _middle(component: Component) -> Numbers:
    tables = np.array(component.tables, dtype=np.int64)
    nearest = _nearest(component.problem, np.rint(tables.mean(axis=0)).astype(np.int64))
    return nearest if component.problem.accepts(nearest) else tables[-1]


def _nearest(problem: Programme, target: Numbers) -> Numbers:
    """Minimises the sum of distances to the target subject to the equations and floors."""
    every = np.arange(len(problem.cells))
    change = -problem.equations.residuals(target)
    solver = Solver(problem.equations, change, [Columns(every), Columns(every, -1)])
    room = np.concatenate([np.full(len(every), np.inf), target - problem.floors])
    solver.price(np.ones(2 * len(every)))
    solver.limit(room)
    answer = solver.cheapest()
    if answer is None:
        return target
    rising, falling = np.split(np.rint(answer).astype(np.int64), 2)
    return target + rising - falling
