"""Row closure: in every row that adds up, hidden cells must shield one another.

A hidden cell that stands alone beside a shown total is found by subtraction, and hidden cells that
share fewer than the threshold are found nearly so. Each such row hides its cheapest further cell,
until no row is left; what that opens in other tables is closed in the same way.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.disclosure.grid import NONE, Numbers
from etl.disclosure.system import Mask, System

OPENED_ROW_COST = 2.0


@dataclass(frozen=True)
class Bonds:
    """What has to be hidden along with a cell, as one array a kind of bond.

    ``parts[starts[c]:starts[c + 1]]`` are hidden with cell ``c``, ``rest[c]`` is the complement
    that becomes unknown with it, ``part[c]`` the displayed cell that a complement belongs to.
    """

    starts: Numbers
    parts: Numbers
    rest: Numbers
    part: Numbers


class Closure:
    """The state of the closure: which cells an outsider does not know, and how that leaves rows."""

    def __init__(
        self, system: System, bonds: Bonds, prices: npt.NDArray[np.float64], threshold: int
    ) -> None:
        self.unknown: Mask = np.zeros(len(system), dtype=bool)
        self._system, self._bonds, self._threshold = system, bonds, threshold
        self._prices = prices
        self._as_child = _grouped(system.rows.children, _row_of_link(system), len(system))
        self._as_parent = _grouped(
            system.rows.parents, np.arange(len(system.rows), dtype=np.int64), len(system)
        )
        self._count = np.zeros(len(system.rows), dtype=np.int64)
        self._sum = np.zeros(len(system.rows), dtype=np.int64)
        self._untouched = np.diff(self._as_child[0])
        self._waiting: deque[int] = deque()
        self._queued = np.zeros(len(system.rows), dtype=bool)

    def hide(self, cells: Iterable[int]) -> None:
        """Hides cells and all that is bound to them."""
        todo = deque(cells)
        while todo:
            cell = todo.popleft()
            if self.unknown[cell]:
                continue
            self.unknown[cell] = True
            self._note(cell)
            todo.extend(_of(self._bonds.starts, self._bonds.parts, cell))
            if self._bonds.rest[cell] != NONE:
                todo.append(int(self._bonds.rest[cell]))

    def close(self) -> None:
        """Hides further cells until every row is safe."""
        while self._waiting:
            row = self._waiting.popleft()
            self._queued[row] = False
            while not self._is_safe(row):
                self.hide([self._cheapest(row)])

    def _note(self, cell: int) -> None:
        for row in _of(*self._as_child, cell):
            self._count[row] += 1
            self._sum[row] += self._system.counts[cell]
            if self._count[row] == 1:
                self._untouched[self._system.rows.of(row)] -= 1
            self._queue(row)
        for row in _of(*self._as_parent, cell):
            self._queue(row)

    def _queue(self, row: int) -> None:
        if not self._queued[row]:
            self._queued[row] = True
            self._waiting.append(row)

    def _is_safe(self, row: int) -> bool:
        parent = self._system.rows.parents[row]
        if self._system.counts[parent] == 0:
            return True
        if self.unknown[parent]:
            return bool(self._count[row] > 0)
        if self._count[row] == 0:
            return True
        return bool(self._count[row] > 1 and self._sum[row] >= self._threshold)

    def _cheapest(self, row: int) -> int:
        """The cell that costs readers least; the whole itself where no other part is left."""
        cells = self._system.rows.of(row)
        parent = self._system.rows.parents[row : row + 1]
        if self._system.meets[parent[0]]:
            cells = np.append(cells, parent)
        cells = cells[~self.unknown[cells] & (self._system.counts[cells] > 0)]
        cells = cells if len(cells) else parent
        # A complement is hidden by hiding its part.
        targets = np.where(self._bonds.part[cells] == NONE, cells, self._bonds.part[cells])
        opened = self._untouched[cells] + (targets != cells) * self._untouched[targets]
        price = self._prices[targets] * (1 + OPENED_ROW_COST * opened)
        return int(targets[int(np.argmin(price))])


def _of(starts: Numbers, members: Numbers, cell: int) -> list[int]:
    found: list[int] = members[starts[cell] : starts[cell + 1]].tolist()
    return found


def _row_of_link(system: System) -> Numbers:
    sizes = np.diff(system.rows.starts)
    return np.repeat(np.arange(len(system.rows), dtype=np.int64), sizes)


def _grouped(cells: Numbers, rows: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """The rows of each cell: ``rows[starts[cell]:starts[cell + 1]]``."""
    order = np.argsort(cells, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(cells, minlength=count))))
    return starts, rows[order]


def bonds(system: System, base_of: Mapping[str, str]) -> Bonds:
    """The bonds of a system; ``base_of`` names the base of each measure.

    With a base everything in its row is hidden; with a total, the traits that it is split into;
    with any whole, what is left when a part is taken from it becomes unknown.
    """
    pairs = [_follow_base(system, base_of), _follow_total(system), *_rests_of_wholes(system)]
    whole = np.concatenate([above for above, _ in pairs])
    part = np.concatenate([below for _, below in pairs])
    starts, parts = _grouped(whole, part, len(system))
    rest = np.full(len(system), NONE, dtype=np.int64)
    for axis in system.grid.axes:
        there = system.at(axis.moved(system.numbers, axis.complements))
        rest = np.where(rest == NONE, there, rest)
    owner = np.full(len(system), NONE, dtype=np.int64)
    owner[rest[rest != NONE]] = np.flatnonzero(rest != NONE)
    return Bonds(starts, parts, rest, owner)


def _follow_base(system: System, base_of: Mapping[str, str]) -> tuple[Numbers, Numbers]:
    axis = system.grid.axis("measure")
    names = [code.removeprefix("~") for code in axis.codes]
    bases = np.array([axis.position[base_of[name]] for name in names], dtype=np.int64)
    own = np.arange(len(names))
    return _linked(system, axis.moved(system.numbers, np.where(bases == own, NONE, bases)))


def _follow_total(system: System) -> tuple[Numbers, Numbers]:
    above = np.full(len(system), NONE, dtype=np.int64)
    for axis in system.grid.axes:
        if axis.name != "measure":
            up = axis.moved(system.numbers, axis.containers)
            above = np.where(above == NONE, up, above)
    return _linked(system, above)


def _rests_of_wholes(system: System) -> list[tuple[Numbers, Numbers]]:
    links = []
    for axis in system.grid.axes:
        whole = system.at(axis.moved(system.numbers, axis.containers))
        rest = system.at(axis.moved(system.numbers, axis.complements))
        both = (whole != NONE) & (rest != NONE)
        links.append((whole[both], rest[both]))
    return links


def _linked(system: System, above: Numbers) -> tuple[Numbers, Numbers]:
    whole = system.at(above)
    below = np.flatnonzero(whole != NONE)
    return whole[below], below
