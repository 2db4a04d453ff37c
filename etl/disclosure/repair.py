"""Repair: the cheapest further cells to hide so that a narrow cell gets room to move.

For a narrow cell a counterfactual is sought in which it differs by the width that is required and
everything still adds up. The shown cells that have to move for it are the ones to hide.
"""

import highspy
import numpy as np

from etl.disclosure.grid import NONE, Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.programme import quiet_solver
from etl.disclosure.system import System

UNKNOWN_COST = 0.001
MOVED = 1e-6
REACHES = (1, 2, 3, 4, 6)
"""How many rows away from the narrow cell the search may go; farther only when it must."""


def widen(pattern: Pattern, cell: int, width: int) -> list[int]:
    """Hides what the cell needs in order to move by ``width``; gives the cells that were hidden.

    Empty when no counterfactual exists at any reach: the caller must then refuse the release.
    """
    for reach in REACHES:
        around = _around(pattern, cell, reach)
        found = [
            plan
            for steps in _plans(pattern, cell, width)
            if (plan := _plan(pattern, cell, steps, around))
        ]
        if found:
            _, moved = min(found, key=lambda plan: plan[0])
            return _hidden(pattern, moved)
    return []


def _plans(pattern: Pattern, cell: int, width: int) -> list[tuple[int, ...]]:
    """Ways to give a cell its width: all upward, all downward, or down to its floor and up."""
    count, floor = int(pattern.system.counts[cell]), int(pattern.system.floors[cell])
    down = min(count - floor, width)
    up = max(width - down, width + 1 - count)
    return [(width,), (-width,), *([(up, -down)] if 0 < down < width else [])]


def _plan(
    pattern: Pattern, cell: int, steps: tuple[int, ...], around: Numbers
) -> tuple[float, list[int]] | None:
    """What a way costs, and the cells that move in it; ``None`` when a step of it is impossible."""
    answers = [_counterfactual(pattern, cell, step, around) for step in steps]
    if any(answer is None for answer in answers):
        return None
    given = [answer for answer in answers if answer is not None]
    return sum(cost for cost, _ in given), sorted({cell for _, moved in given for cell in moved})


def _hidden(pattern: Pattern, moved: list[int]) -> list[int]:
    known = [cell for cell in moved if not pattern.unknown[cell]]
    openers = np.unique(pattern.openers[known])
    fresh: list[int] = pattern.may_hide(openers[openers != NONE]).tolist()
    for cell in fresh:
        pattern.hide(cell)
    return fresh


def _around(pattern: Pattern, cell: int, reach: int) -> Numbers:
    """The cells that may move, up to ``reach`` rows away: alive, and unknown or free to hide."""
    system = pattern.system
    movable = pattern.movable
    found, edge, rows = {cell}, {cell}, set[int]()
    for _ in range(reach):
        fresh = {row for each in edge for row in system.rows_of_cell[each]} - rows
        rows |= fresh
        touched = {int(each) for row in fresh for each in system.rows.of(row)}
        touched |= {int(system.rows.parents[row]) for row in fresh}
        edge = {each for each in touched - found if movable[each]}
        found |= edge
    return np.array(sorted(found), dtype=np.int64)


def _counterfactual(
    pattern: Pattern, cell: int, step: int, around: Numbers
) -> tuple[float, list[int]] | None:
    """The cheapest way to move a cell by a step: its cost and the cells that move with it."""
    system, count = pattern.system, len(around)
    room = np.maximum(system.counts[around] - system.floors[around], 0).astype(np.float64)
    here = int(np.searchsorted(around, cell))
    if step < 0 and room[here] < -step:
        return None
    model = _moves(system, around, _costs(pattern, around), room)
    lower, upper = np.asarray(model.col_lower_).copy(), np.asarray(model.col_upper_).copy()
    up, down = here, count + here
    lower[up if step > 0 else down] = abs(step)
    upper[down if step > 0 else up] = 0
    model.col_lower_, model.col_upper_ = lower, upper
    solver = quiet_solver(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    answer = np.asarray(solver.getSolution().col_value)
    change = answer[:count] - answer[count:]
    moved = around[np.abs(change) > MOVED].tolist()
    return solver.getInfo().objective_function_value, moved


def _costs(pattern: Pattern, around: Numbers) -> np.ndarray:
    size = np.log2(np.maximum(pattern.system.counts[around], 2)) + 1 + pattern.ties[around] / 1000
    free = pattern.unknown[around] | pattern.system.meets[around]
    return np.where(free, UNKNOWN_COST, size * pattern.weights[around])


def _moves(system: System, around: Numbers, costs: np.ndarray, room: np.ndarray) -> highspy.HighsLp:
    """Each cell may rise (first half of the variables) or fall; every row's change is nil."""
    count = len(around)
    rows = sorted({row for cell in around.tolist() for row in system.rows_of_cell[cell]})
    starts, variables, signs = _links(system, around, rows)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 2 * count, len(rows)
    model.col_cost_ = np.concatenate([costs, costs])
    model.col_lower_ = np.zeros(2 * count)
    model.col_upper_ = np.concatenate([np.full(count, highspy.kHighsInf), room])
    model.row_lower_ = model.row_upper_ = np.zeros(len(rows))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = variables
    model.a_matrix_.value_ = signs
    return model


def _links(
    system: System, around: Numbers, rows: list[int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows over the rising and falling variables, in the compressed form that the solver reads."""
    count, sizes, variables, signs = len(around), [0], [], []
    place = np.full(len(system), NONE, dtype=np.int64)
    place[around] = np.arange(count)
    for row in rows:
        children = place[system.rows.of(row)]
        children = children[children != NONE]
        parent = place[system.rows.parents[row : row + 1]]
        parent = parent[parent != NONE]
        inside = np.concatenate([children, parent])
        sign = np.concatenate([np.ones(len(children)), -np.ones(len(parent))])
        variables += [inside, inside + count]
        signs += [sign, -sign]
        sizes.append(2 * len(inside))
    flat = np.concatenate(variables).astype(np.int32), np.concatenate(signs)
    return np.cumsum(sizes).astype(np.int32), *flat
