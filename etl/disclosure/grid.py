"""Numbering cells: one integer for every combination of measure, period and codes.

A cell's number is a mixed-radix figure with one digit an axis, so that moving to a coarser code
is a subtraction and finding a cell is a binary search. The same cell of two tables has one number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from data.codelists import Codelist
from data.dimensions import DIMENSIONS, TOTAL, FlagDimension
from data.measures import MEASURES, Count
from data.periods import coarser
from etl.complements import exclusive, without

Numbers = npt.NDArray[np.int64]
NONE = -1


@dataclass(frozen=True)
class GridAxis:
    """One digit of a cell's number.

    ``parents`` gives the code that a code adds up to, ``containers`` the code that it is a part of
    together with its ``complements``; ``NONE`` where there is no such code. ``neither`` has a row
    for two codes that exclude each other: the second, what is left without the first, and what is
    left without both. ``weight`` is the digit's place value.
    """

    name: str
    codes: tuple[str, ...]
    parents: Numbers
    containers: Numbers
    complements: Numbers
    neither: Numbers
    weight: int

    @cached_property
    def position(self) -> Mapping[str, int]:
        return {code: index for index, code in enumerate(self.codes)}

    @cached_property
    def listed(self) -> pl.Enum:
        """The codes as a type of columns, whose physical values are the digits."""
        return pl.Enum(self.codes)

    def digits(self, numbers: Numbers) -> Numbers:
        return numbers // self.weight % len(self.codes)

    def moved(self, numbers: Numbers, targets: Numbers) -> Numbers:
        """The numbers with this digit replaced by ``targets[digit]``, or ``NONE``."""
        digits = self.digits(numbers)
        wanted = targets[digits]
        return np.where(wanted == NONE, NONE, numbers + (wanted - digits) * self.weight)


@dataclass(frozen=True)
class Grid:
    """All axes: measure, period and every dimension."""

    axes: tuple[GridAxis, ...]

    def number(self, frame: pl.DataFrame, measure: str) -> Numbers:
        """The numbers of a table's rows for a measure; dimensions without a column are at total."""
        total = np.zeros(frame.height, dtype=np.int64)
        for axis in self.axes:
            total += axis.weight * self._digits(axis, frame, measure)
        return total

    def codes(self, number: int) -> dict[str, str]:
        """The codes of a cell by axis."""
        return {
            axis.name: axis.codes[number // axis.weight % len(axis.codes)] for axis in self.axes
        }

    def axis(self, name: str) -> GridAxis:
        return next(axis for axis in self.axes if axis.name == name)

    def axis_or_none(self, name: str) -> GridAxis | None:
        """The axis of a dimension, if the release has it."""
        return next((axis for axis in self.axes if axis.name == name), None)

    @staticmethod
    def _digits(axis: GridAxis, frame: pl.DataFrame, measure: str) -> Numbers:
        if axis.name == "measure":
            return np.full(frame.height, axis.position[measure], dtype=np.int64)
        if axis.name not in frame.columns:
            return np.full(frame.height, axis.position[TOTAL], dtype=np.int64)
        return frame[axis.name].cast(axis.listed).to_physical().cast(pl.Int64).to_numpy()


def grid(
    periods: Iterable[str], measures: Iterable[str], codelists: Mapping[str, Codelist]
) -> Grid:
    """The grid of a release's periods, protected measures and code lists."""
    shapes = [_measures(measures), _periods(periods), *map(_dimension, codelists.values())]
    weights = np.cumprod([1, *(len(codes) for _, codes, *_ in shapes)]).tolist()[:-1]
    return Grid(
        tuple(GridAxis(*shape, weight) for shape, weight in zip(shapes, weights, strict=True))
    )


Shape = tuple[str, tuple[str, ...], Numbers, Numbers, Numbers, Numbers]


def _shape(
    name: str,
    codes: Iterable[str],
    parents: Mapping[str, str] | None = None,
    containers: Mapping[str, str] | None = None,
    pairs: Sequence[tuple[str, str]] = (),
) -> Shape:
    """An axis from words; a contained code gets a complement (``etl/complements.py``)."""
    inside = containers or {}
    listed = (
        *codes,
        *(without(code) for code in inside),
        *(without(*pair) for pair in pairs),
    )
    neither = [(second, without(first), without(first, second)) for first, second in pairs]
    return (
        name,
        listed,
        _positions(listed, parents or {}),
        _positions(listed, inside),
        _positions(listed, {code: without(code) for code in inside}),
        np.array([[listed.index(code) for code in codes] for codes in neither], dtype=np.int64),
    )


def _positions(codes: tuple[str, ...], of: Mapping[str, str]) -> Numbers:
    position = {code: index for index, code in enumerate(codes)}
    return np.array([position.get(of.get(code, ""), NONE) for code in codes], dtype=np.int64)


def _measures(names: Iterable[str]) -> Shape:
    listed = tuple(names)
    within = {
        name: measure.within
        for name in listed
        if isinstance(measure := MEASURES[name], Count) and measure.within in listed
    }
    return _shape("measure", listed, containers={k: v for k, v in within.items() if v})


def _periods(codes: Iterable[str]) -> Shape:
    listed = tuple(sorted(codes))
    return _shape("period", listed, {code: up for code in listed if (up := coarser(code))})


def _dimension(codelist: Codelist) -> Shape:
    codes = tuple(code.code for code in codelist.codes)
    parents = {code.code: code.parent for code in codelist.codes if code.code != TOTAL}
    declared = DIMENSIONS[codelist.dimension]
    if isinstance(declared, FlagDimension):
        return _shape(
            codelist.dimension, codes, containers=parents, pairs=exclusive(declared, codes)
        )
    return _shape(codelist.dimension, codes, parents)
