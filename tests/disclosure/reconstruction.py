"""Reconstruction: every whole table that agrees with what is published, one after the other.

Cells that share relations form a block. A block is solved exactly: its cells' extremes in whole
numbers, and a walk through all its tables, each cell tried at every value that others leave it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.disclosure.attackers import Attacker
from tests.disclosure.programme import Cell, Interval, Programme, Relation

Limits = dict[Cell, tuple[int, int]]
MOST = 10_000_000


@dataclass(frozen=True)
class Block:
    """Unknown cells that share relations, with the least that each can be."""

    floors: Mapping[Cell, int]
    relations: tuple[Relation, ...]
    told: Mapping[Cell, int | None]

    def extremes(self, cells: list[Cell]) -> dict[Cell, Interval]:
        """The least and the most of cells in whole numbers."""
        programme = Programme(self.floors, self.told)
        for relation in self.relations:
            programme.add(relation)
        programme.in_whole_numbers()
        return programme.intervals(cells)

    def tables(self) -> Iterator[dict[Cell, int]]:
        """All whole tables that agree with what is told."""
        by_cell: dict[Cell, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            for _, cell in relation.terms:
                if cell in self.floors:
                    by_cell[cell].append(relation)
        limits = {cell: (floor, MOST) for cell, floor in self.floors.items()}
        yield from self._walk(self._tightened(limits, list(self.relations), by_cell), by_cell)

    def _walk(
        self, limits: Limits | None, by_cell: Mapping[Cell, list[Relation]]
    ) -> Iterator[dict[Cell, int]]:
        if limits is None:
            return
        open_cells = [cell for cell, (low, high) in limits.items() if low < high]
        if not open_cells:
            yield {cell: low for cell, (low, _) in limits.items()}
            return
        chosen = min(open_cells, key=lambda cell: limits[cell][1] - limits[cell][0])
        low, high = limits[chosen]
        for value in range(low, high + 1):
            tried = {**limits, chosen: (value, value)}
            yield from self._walk(self._tightened(tried, by_cell[chosen], by_cell), by_cell)

    def _tightened(
        self, limits: Limits, touched: list[Relation], by_cell: Mapping[Cell, list[Relation]]
    ) -> Limits | None:
        """The limits that the relations leave, or None where they leave nothing."""
        waiting = list(touched)
        while waiting:
            relation = waiting.pop()
            for cell, low, high in self._implied(relation, limits):
                if low > high:
                    return None
                if (low, high) != limits[cell]:
                    limits[cell] = low, high
                    waiting += by_cell[cell]
        return limits

    def _implied(self, relation: Relation, limits: Limits) -> Iterator[tuple[Cell, int, int]]:
        """What a relation leaves each of its unknown cells, the others being where they may."""
        spans = [self._span(factor, cell, limits) for factor, cell in relation.terms]
        least, most = (sum(span[end] for span in spans) for end in (0, 1))
        for (factor, cell), (low_term, high_term) in zip(relation.terms, spans, strict=True):
            if cell in self.floors:
                low, high = limits[cell]
                room_above = relation.most - (least - low_term)
                room_below = relation.least - (most - high_term)
                ends = (room_below, room_above) if factor > 0 else (-room_above, -room_below)
                yield cell, int(max(low, ends[0])), int(min(high, ends[1]))

    def _span(self, factor: int, cell: Cell, limits: Limits) -> tuple[int, int]:
        known = self.told.get(cell)
        low, high = limits[cell] if cell in self.floors else (known or 0, known or 0)
        return (factor * low, factor * high) if factor > 0 else (factor * high, factor * low)


def blocks(attacker: Attacker) -> list[Block]:
    """The blocks of a release, the smallest first."""
    floors = attacker.floors()
    root: dict[Cell, Cell] = {cell: cell for cell in floors}
    bound = [
        (relation, [cell for _, cell in relation.terms if cell in floors])
        for relation in attacker.relations()
    ]
    for _, cells in bound:
        for cell in cells[1:]:
            root[_root_of(root, cell)] = _root_of(root, cells[0])
    members: dict[Cell, dict[Cell, int]] = defaultdict(dict)
    relations: dict[Cell, list[Relation]] = defaultdict(list)
    for cell, floor in floors.items():
        members[_root_of(root, cell)][cell] = floor
    for relation, cells in bound:
        if cells:
            relations[_root_of(root, cells[0])].append(relation)
    found = [Block(inside, tuple(relations[at]), attacker.told) for at, inside in members.items()]
    return sorted(found, key=lambda block: len(block.floors))


def _root_of(root: dict[Cell, Cell], cell: Cell) -> Cell:
    while root[cell] != cell:
        cell = root[cell]
    return cell
