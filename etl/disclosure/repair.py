"""Repair: the cheapest further cells to hide so that narrow cells get room to move.

For a narrow cell a counterfactual is sought in which it differs by the width that is required and
everything still adds up. The shown cells that have to move for it are the ones to hide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from etl.disclosure.grid import NONE, Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.programme import programme_of
from etl.disclosure.solver import Columns, Solver, Values

REACHES: Final = (3, 99)
"""How many rows away from the narrow cells the search may go; farther only when it must."""
UNKNOWN_COST: Final = 0.001
FREE: Final = 0.5
"""Below this cost only cells move that are unknown already: nothing needs to be hidden."""
GAIN: Final = 1e5
"""What a unit of width is worth when many are widened: more than any cell hidden for it."""
MOVED: Final = 1e-6


@dataclass(frozen=True)
class Plan:
    """A way to widen a cell: what it costs readers, and the cells that move in it."""

    cost: float
    moved: Numbers


def widen(pattern: Pattern, narrow: Numbers, threshold: int) -> int:
    """Hides what each narrow cell needs, the cheapest way; gives how many cells were hidden."""
    for rows in (pattern.system.guarded_rows, None):
        for reach in REACHES:
            hidden = Counterfactuals(pattern, narrow, threshold, reach, rows).widen_each(narrow)
            if hidden:
                return hidden
    return 0


def widen_crowd(pattern: Pattern, crowd: Numbers, threshold: int) -> int:
    """The same in one counterfactual for all: faster, but it hides more."""
    return Counterfactuals(pattern, crowd, threshold, REACHES[-1]).widen_together(crowd)


class Counterfactuals:
    """What may move around narrow cells: whatever is unknown, or can be made so by hiding.

    Only cells within ``reach`` rows of a narrow one are looked at.
    """

    def __init__(
        self,
        pattern: Pattern,
        narrow: Numbers,
        threshold: int,
        reach: int,
        rows: Numbers | None = None,
    ) -> None:
        self._pattern, self._threshold = pattern, threshold
        self._floors = pattern.floors
        whole = programme_of(pattern, pattern.movable, rows)
        near = whole.around(np.isin(whole.cells, narrow), reach)
        problem = whole.given(pattern.system.counts[whole.cells], near)
        self._equations, self._cells = problem.equations, problem.cells
        counts = pattern.system.counts[problem.cells]
        self._rise = np.full(len(counts), np.inf)
        self._fall = (counts - problem.floors).clip(min=0).astype(np.float64)

    def widen_each(self, narrow: Numbers) -> int:
        """Hides what each cell needs, the cheapest way; gives how many cells were hidden."""
        solver, hidden = self._solver(), 0
        for cell in narrow.tolist():
            plan = self._cheapest(solver, cell)
            if plan and plan.cost > FREE:
                hidden += self._hide(plan.moved)
                solver.price(np.tile(self._costs(), 2))
        return hidden

    def widen_together(self, narrow: Numbers) -> int:
        """The same in one counterfactual for a crowd of cells: faster, but it hides more."""
        threshold, counts = self._threshold, self._pattern.system.counts
        up = np.maximum(threshold - 1, threshold - counts[narrow])
        moved, still = self._moved_together(narrow, up, 1)
        down = np.minimum(threshold - 1, (counts - self._floors)[still])
        also, _ = self._moved_together(still, down, -1)
        return self._hide(np.union1d(moved, also))

    def _cheapest(self, solver: Solver, cell: int) -> Plan | None:
        best: Plan | None = None
        for steps in self._ways(cell):
            plan = self._plan(solver, cell, steps)
            if plan and (best is None or plan.cost < best.cost):
                best = plan
            if best and best.cost < FREE:
                break
        return best

    def _ways(self, cell: int) -> Iterator[tuple[int, ...]]:
        """Ways to give a cell its width: all upward, all downward, or down to its floor and up."""
        system, width = self._pattern.system, self._threshold - 1
        count, floor = int(system.counts[cell]), int(self._floors[cell])
        yield (max(width, self._threshold - count),)
        down = min(count - floor, width)
        if down == width and count >= self._threshold:
            yield (-width,)
        elif down > 0:
            yield max(width - down, self._threshold - count), -down

    def _plan(self, solver: Solver, cell: int, steps: tuple[int, ...]) -> Plan | None:
        """What a way costs; ``None`` when a step of it is impossible."""
        cost, moved = 0.0, np.empty(0, dtype=np.int64)
        for step in steps:
            answer = self._stepped(solver, cell, step)
            if answer is None:
                return None
            rising, falling = np.split(answer, 2)
            cost += float(self._costs() @ (rising + falling))
            moved = np.union1d(moved, self._cells[np.abs(rising - falling) > MOVED])
        return Plan(cost, moved)

    def _stepped(self, solver: Solver, cell: int, step: int) -> Values | None:
        """What every cell rises, then what it falls, when one changes by a step."""
        count, here = len(self._cells), int(np.searchsorted(self._cells, cell))
        solver.hold(here, max(step, 0), max(step, 0))
        solver.hold(count + here, max(-step, 0), max(-step, 0))
        answer = solver.cheapest()
        solver.hold(here, 0, np.inf)
        solver.hold(count + here, 0, self._fall[here])
        return answer

    def _solver(self) -> Solver:
        every = np.arange(len(self._cells))
        nothing = np.zeros(len(self._equations), dtype=np.int64)
        solver = Solver(self._equations, nothing, [Columns(every), Columns(every, -1)])
        solver.limit(np.concatenate([self._rise, self._fall]))
        solver.price(np.tile(self._costs(), 2))
        return solver

    def _moved_together(
        self, narrow: Numbers, width: Numbers, sign: int
    ) -> tuple[Numbers, Numbers]:
        """The cells that move, and those of the narrow ones that did not get as far as asked."""
        if len(narrow) == 0:
            return narrow, narrow
        every, chosen = np.arange(len(self._cells)), np.searchsorted(self._cells, narrow)
        nothing = np.zeros(len(self._equations), dtype=np.int64)
        columns = [Columns(every), Columns(every, -1), Columns(chosen, sign)]
        solver = Solver(self._equations, nothing, columns)
        rise, fall = self._rise.copy(), self._fall.copy()
        (fall if sign > 0 else rise)[chosen] = 0
        solver.limit(np.concatenate([rise, fall, width]))
        solver.price(np.concatenate([np.tile(self._costs(), 2), np.full(len(chosen), -GAIN)]))
        answer = solver.cheapest()
        if answer is None:
            return narrow[:0], narrow
        rising, falling, gained = np.split(answer, [len(every), 2 * len(every)])
        change = rising - falling
        change[chosen] += sign * gained
        return self._cells[np.abs(change) > MOVED], narrow[gained < width - MOVED]

    def _hide(self, moved: Numbers) -> int:
        pattern = self._pattern
        openers = np.unique(pattern.openers[moved[~pattern.unknown[moved]]])
        fresh: list[int] = pattern.may_hide(openers[openers != NONE]).tolist()
        for cell in fresh:
            pattern.hide(cell)
        return len(fresh)

    def _costs(self) -> Values:
        pattern, cells = self._pattern, self._cells
        size = np.log2(np.maximum(pattern.system.counts[cells], 2)) + 1 + pattern.ties[cells] / 1000
        free = pattern.unknown[cells] | pattern.system.meets[cells]
        costs: Values = np.where(free, UNKNOWN_COST, size * pattern.weights[cells])
        return costs
