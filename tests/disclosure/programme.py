"""A linear programme over cells: what is told of some of them bounds what is not told of others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

Cell = tuple[str, ...]
Interval = tuple[float, float]
UNLIMITED = highspy.kHighsInf


@dataclass(frozen=True)
class Relation:
    """``least`` ≤ the sum of the cells, each times its sign or factor, ≤ ``most``."""

    terms: tuple[tuple[int, Cell], ...]
    least: float = 0.0
    most: float = 0.0


def equal(whole: Cell, parts: Iterable[Cell]) -> Relation:
    return Relation((*((1, part) for part in parts), (-1, whole)))


def at_most(part: Cell, whole: Cell) -> Relation:
    return Relation(((1, part), (-1, whole)), least=-UNLIMITED)


class Programme:
    """Unknown cells as variables with the least that each can be, and relations between cells."""

    def __init__(self, floors: Mapping[Cell, int], told: Mapping[Cell, int | None]) -> None:
        self._place: dict[Cell, int] = {}
        self._told = told
        self._solver = highspy.Highs()
        self._solver.silent()
        self._solver.setOptionValue("threads", 1)  # one number for all solvers of a process
        for cell, floor in floors.items():
            self._place[cell] = len(self._place)
            self._solver.addVar(floor, UNLIMITED)

    def add(self, relation: Relation) -> None:
        """Takes a relation in; one among known cells alone has to be true."""
        known, free = 0, dict[int, int]()
        for factor, cell in relation.terms:
            if cell in self._place:
                place = self._place[cell]
                free[place] = free.get(place, 0) + factor
            else:
                known += factor * (self._told[cell] or 0)
        if not free:
            assert relation.least <= known <= relation.most, relation
            return
        places = np.array(list(free), dtype=np.int32)
        factors = np.array(list(free.values()), dtype=np.float64)
        self._solver.addRow(
            relation.least - known, relation.most - known, len(free), places, factors
        )

    def in_whole_numbers(self) -> None:
        every = np.arange(len(self._place), dtype=np.int32)
        kinds = np.full(len(every), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._solver.changeColsIntegrality(len(every), every, kinds)

    def hold(self, cell: Cell, least: float, most: float = UNLIMITED) -> None:
        """Keeps a variable between two values."""
        self._solver.changeColBounds(self._place[cell], least, most)

    def intervals(self, cells: Iterable[Cell]) -> dict[Cell, Interval]:
        return {cell: self.interval([(1, cell)]) for cell in cells}

    def interval(self, terms: Iterable[tuple[int, Cell]]) -> Interval:
        """The least and the most that a sum of cells can be."""
        known, free = 0, list[tuple[int, int]]()
        for factor, cell in terms:
            if cell in self._place:
                free.append((self._place[cell], factor))
            else:
                known += factor * (self._told[cell] or 0)
        low, high = (self._end(free, direction) for direction in (1.0, -1.0))
        return known + low, known + high

    def _end(self, terms: list[tuple[int, int]], direction: float) -> float:
        for place, factor in terms:
            self._solver.changeColCost(place, direction * factor)
        self._solver.run()
        status = self._solver.getModelStatus()
        for place, _ in terms:
            self._solver.changeColCost(place, 0.0)
        if status == highspy.HighsModelStatus.kUnbounded:
            return -direction * UNLIMITED
        assert status == highspy.HighsModelStatus.kOptimal, (terms, status)
        values = self._solver.getSolution().col_value
        return sum(factor * float(values[place]) for place, factor in terms)
