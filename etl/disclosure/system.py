"""The system: every cell of every linked table, and every row that says what adds up to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from data.dimensions import TOTAL
from data.measures import MEASURES, Count
from etl.disclosure.grid import NONE, Grid, GridAxis, Numbers

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Additive rows: ``parents[r]`` equals the sum of ``children[starts[r]:starts[r + 1]]``."""

    parents: Numbers
    starts: Numbers
    children: Numbers

    def __len__(self) -> int:
        return len(self.parents)

    def of(self, row: int) -> Numbers:
        return self.children[self.starts[row] : self.starts[row + 1]]

    def only(self, some: Numbers) -> "Rows":
        """Some of the rows, by their places."""
        kept = np.zeros(len(self), dtype=bool)
        kept[some] = True
        sizes = np.diff(self.starts)
        return Rows(
            parents=self.parents[kept],
            starts=np.concatenate(([0], np.cumsum(sizes[kept]))),
            children=self.children[np.repeat(kept, sizes)],
        )

    def sums(self, values: Numbers) -> Numbers:
        """The sum of each row's children."""
        running = np.concatenate(([0], np.cumsum(values[self.children])))
        return running[self.starts[1:]] - running[self.starts[:-1]]


@dataclass(frozen=True)
class System:
    """Cells in the order of their numbers, and the rows that bind them.

    ``counts`` are exact (the gate runs in the vault); ``persons`` are distinct persons
    (``voices``), at least up to the threshold, ``NONE`` where they were not counted. ``displayed``
    cells stand in a table; the others are complements (women → not women) and meets, the cells
    where two tables join.
    """

    grid: Grid
    numbers: Numbers
    counts: Numbers
    persons: Numbers
    displayed: Mask
    rows: Rows

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def complements(self) -> Mask:
        """True for cells that are what is left when a part is taken from its container."""
        found = np.zeros(len(self), dtype=bool)
        for axis in self.grid.axes:
            made = np.array([code.startswith("~") for code in axis.codes])
            found |= made[axis.digits(self.numbers)]
        return found

    @cached_property
    def splits(self) -> tuple[Numbers, Numbers, Numbers]:
        """Each part, the cell that contains it, and what is left: three arrays of equal length.

        What is left of a trait is split once more where another trait excludes the first.
        """
        pieces = [_split(axis, self.numbers) for axis in self.grid.axes]
        part, whole, rest = (np.concatenate(column) for column in zip(*pieces, strict=True))
        return part, whole, rest

    @cached_property
    def guarded(self) -> Mask:
        """True for counts of persons; the others describe conduct and follow their base."""
        axis = self.grid.axis("measure")
        measures = [MEASURES[code.removeprefix("~")] for code in axis.codes]
        personal = np.array([isinstance(each, Count) and each.personal for each in measures])
        return personal[axis.digits(self.numbers)]

    @cached_property
    def guarded_rows(self) -> Numbers:
        """Rows in which every child counts persons."""
        whole = np.where(self.guarded, 0, 1).astype(np.int64)
        return np.flatnonzero(self.rows.sums(whole) == 0)

    @cached_property
    def parts(self) -> Mask:
        """True for cells that are one side of a yes/no split, or its other side."""
        found = self.complements.copy()
        for axis in self.grid.axes:
            found |= (axis.containers != NONE)[axis.digits(self.numbers)]
        return found

    @cached_property
    def breadth(self) -> Numbers:
        """How many dimensions a cell fixes to a code: 0 for a national total, 1 for an agency's."""
        dimensions = [axis for axis in self.grid.axes if axis.name not in {"measure", "period"}]
        breadth = np.zeros(len(self), dtype=np.int64)
        for axis in dimensions:
            breadth += axis.digits(self.numbers) != 0
        return breadth

    @cached_property
    def meets(self) -> Mask:
        """True for the cells that are shown nowhere but tie tables together."""
        return ~self.displayed & ~self.complements

    @cached_property
    def twins(self) -> Numbers:
        """The first of the cells that are known to be equal, for each cell.

        When all children but one are shown as zero, the one is its parent under another name.
        """
        alive = (self.counts > 0) | self.parts
        return first_of_equals(self.rows, alive)

    @cached_property
    def told(self) -> Mask:
        """True for counts of persons that a figure of conduct tells as well: they are hidden only
        with what contains both."""
        of_conduct = np.zeros(len(self), dtype=bool)
        of_conduct[self.twins[~self.guarded & self.displayed]] = True
        found: Mask = self.guarded & of_conduct[self.twins]
        return found

    @cached_property
    def rows_of_cell(self) -> tuple[list[int], ...]:
        """For each cell the rows that it stands in, as parent or child."""
        found: tuple[list[int], ...] = tuple([] for _ in range(len(self)))
        for row, parent in enumerate(self.rows.parents.tolist()):
            found[parent].append(row)
            for child in self.rows.of(row).tolist():
                found[child].append(row)
        return found

    def at(self, numbers: Numbers) -> Numbers:
        """The index of each numbered cell, ``NONE`` where the system has no such cell."""
        return locate(self.numbers, numbers)

    def broken_rows(self) -> Numbers:
        """Rows whose children do not add up to their parent; none in a sound system."""
        return np.flatnonzero(self.rows.sums(self.counts) != self.counts[self.rows.parents])


def first_of_equals(rows: Rows, alive: Mask) -> Numbers:
    """For each cell the first of those that it equals, when all but the ``alive`` are zero."""
    twin = np.arange(len(alive), dtype=np.int64)
    living = alive[rows.children]
    running = np.concatenate(([0], np.cumsum(living)))
    sizes = running[rows.starts[1:]] - running[rows.starts[:-1]]
    for row in np.flatnonzero(sizes == 1).tolist():
        children = rows.of(row)
        only = children[living[rows.starts[row] : rows.starts[row + 1]]][0]
        twin[_root(twin, int(only))] = _root(twin, int(rows.parents[row]))
    return np.array([_root(twin, cell) for cell in range(len(alive))], dtype=np.int64)


def _root(twin: Numbers, cell: int) -> int:
    while twin[cell] != cell:
        cell = int(twin[cell])
    return cell


def locate(sorted_numbers: Numbers, wanted: Numbers) -> Numbers:
    """Positions of ``wanted`` in ``sorted_numbers``, ``NONE`` where absent."""
    place = np.minimum(np.searchsorted(sorted_numbers, wanted), len(sorted_numbers) - 1)
    return np.where(sorted_numbers[place] == wanted, place, NONE)


@dataclass(frozen=True)
class Block:
    """One measure of one table: its keys, and a count and persons (``voices``) for each row."""

    measure: str
    keys: pl.DataFrame
    counts: Numbers
    persons: Numbers


@dataclass(frozen=True)
class Left:
    """By number of complements their distinct persons and the appeals of whoever wrote most; one
    that is not listed has none."""

    numbers: Numbers
    persons: Numbers
    most: Numbers


def voices(counts: Numbers, persons: Numbers, most: Numbers) -> Numbers:
    """The distinct persons of cells; but one, where one of them wrote more than all others."""
    return np.where(2 * most > counts, np.minimum(persons, 1), persons)


def build(grid: Grid, blocks: Iterable[Block], left: Left | None = None) -> System:
    """The system of the blocks' cells; a cell that stands in several tables is one cell."""
    shown = _displayed(grid, list(blocks))
    numbers, counts, persons = _with_meets(grid, *_with_complements(grid, *shown))
    if left is not None:
        place = locate(numbers, left.numbers)
        there = place != NONE
        known = counts[place[there]], left.persons[there], left.most[there]
        persons[place[there]] = voices(*known)
    return System(
        grid=grid,
        numbers=numbers,
        counts=counts,
        persons=persons,
        displayed=locate(shown[0], numbers) != NONE,
        rows=_rows(grid, numbers),
    )


Columns = tuple[Numbers, Numbers, Numbers]


def _displayed(grid: Grid, blocks: list[Block]) -> Columns:
    numbers = np.concatenate([grid.number(block.keys, block.measure) for block in blocks])
    counts = np.concatenate([block.counts for block in blocks])
    return _distinct(numbers, counts, np.concatenate([block.persons for block in blocks]))


def _distinct(numbers: Numbers, counts: Numbers, persons: Numbers) -> Columns:
    _, first = np.unique(numbers, return_index=True)
    return numbers[first], counts[first].astype(np.int64), persons[first]


def _with_complements(grid: Grid, numbers: Numbers, counts: Numbers, persons: Numbers) -> Columns:
    made_numbers, made_counts = [numbers], [counts]
    for axis in grid.axes:
        whole = locate(numbers, axis.moved(numbers, axis.containers))
        part = np.flatnonzero(whole != NONE)
        made_numbers.append(axis.moved(numbers[part], axis.complements))
        made_counts.append(counts[whole[part]] - counts[part])
    return _with_neither(grid, *_appended(made_numbers, made_counts, persons))


def _with_neither(grid: Grid, numbers: Numbers, counts: Numbers, persons: Numbers) -> Columns:
    """Adds those with neither of two traits that exclude each other."""
    made_numbers, made_counts = [numbers], [counts]
    for axis in grid.axes:
        for codes in axis.neither:
            part, whole, left = _moves(axis, numbers, codes)
            part, whole = locate(numbers, part), locate(numbers, whole)
            both = (part != NONE) & (whole != NONE)
            made_numbers.append(left[both])
            made_counts.append(counts[whole[both]] - counts[part[both]])
    return _appended(made_numbers, made_counts, persons)


def _moves(axis: GridAxis, numbers: Numbers, codes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The numbers that have the first of three codes, and the same with the two others."""
    part = numbers[axis.digits(numbers) == codes[0]]
    return (
        part,
        part + (codes[1] - codes[0]) * axis.weight,
        part + (codes[2] - codes[0]) * axis.weight,
    )


def _with_meets(grid: Grid, numbers: Numbers, counts: Numbers, persons: Numbers) -> Columns:
    """Adds the cells, shown nowhere, that two tables refine in different directions.

    A table of districts by sector and one of agencies by region both add up to regions by sector:
    whoever has both tables has that equation too.
    """
    coarsened = [_coarsened(axis, numbers, counts) for axis in grid.axes if axis.name != "period"]
    found = np.concatenate([unique for unique, _ in coarsened])
    meeting, times = np.unique(found, return_counts=True)
    meeting = meeting[(times > 1) & (locate(numbers, meeting) == NONE)]
    values = np.zeros(len(meeting), dtype=np.int64)
    for unique, sums in reversed(coarsened):
        place = locate(unique, meeting) if len(unique) else np.full(len(meeting), NONE)
        values = np.where(place == NONE, values, sums[place] if len(unique) else values)
    return _appended([numbers, meeting], [counts, values], persons)


def _coarsened(axis: GridAxis, numbers: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Each cell one level up the axis (but not at its total), with the sum of what it holds."""
    upward = np.where(axis.parents == 0, NONE, axis.parents)
    above = axis.moved(numbers, upward)
    inside = above != NONE
    unique, position = np.unique(above[inside], return_inverse=True)
    sums = np.zeros(len(unique), dtype=np.int64)
    np.add.at(sums, position, counts[inside])
    return unique, sums


def _appended(numbers: list[Numbers], counts: list[Numbers], persons: Numbers) -> Columns:
    """All cells in the order of their numbers; those that no table shows have no person count."""
    every = np.concatenate(numbers)
    unknown = np.full(len(every) - len(persons), NONE, dtype=np.int64)
    order = np.argsort(every, kind="stable")
    return every[order], np.concatenate(counts)[order], np.concatenate([persons, unknown])[order]


def _rows(grid: Grid, numbers: Numbers) -> Rows:
    links = [_additive(axis, numbers) for axis in grid.axes]
    links += [_splits(axis, numbers) for axis in grid.axes]
    links += [_named_twice(grid, measure, numbers) for measure in grid.axis("measure").codes]
    pieces = [_grouped(*link) for link in links]
    sizes = np.concatenate([size for _, size, _ in pieces])
    return Rows(
        parents=np.concatenate([parents for parents, _, _ in pieces]),
        starts=np.concatenate(([0], np.cumsum(sizes))),
        children=np.concatenate([children for _, _, children in pieces]),
    )


Links = tuple[Numbers, Numbers, Numbers]


def _additive(axis: GridAxis, numbers: Numbers) -> Links:
    """Each cell under the nearest coarser cell along an axis that the system has."""
    parent = np.full(len(numbers), NONE, dtype=np.int64)
    above = numbers
    while (above != NONE).any():
        above = np.where(above == NONE, NONE, axis.moved(above, axis.parents))
        parent = np.where(parent == NONE, locate(numbers, above), parent)
    child = np.flatnonzero(parent != NONE)
    return parent[child], parent[child], child


def _split(axis: GridAxis, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    whole = locate(numbers, axis.moved(numbers, axis.containers))
    rest = locate(numbers, axis.moved(numbers, axis.complements))
    part = np.flatnonzero((whole != NONE) & (rest != NONE))
    found = [(part, whole[part], rest[part])]
    for codes in axis.neither:
        places = [locate(numbers, each) for each in _moves(axis, numbers, codes)]
        there = np.logical_and.reduce([place != NONE for place in places])
        found.append((places[0][there], places[1][there], places[2][there]))
    parts, wholes, rests = (np.concatenate(column) for column in zip(*found, strict=True))
    return parts, wholes, rests


def _splits(axis: GridAxis, numbers: Numbers) -> Links:
    """Container = part + complement: one row for each part."""
    part, whole, rest = _split(axis, numbers)
    return np.repeat(rest, 2), np.repeat(whole, 2), np.stack([part, rest], axis=1).ravel()


def _named_twice(grid: Grid, measure: str, numbers: Numbers) -> Links:
    """A count whose total along a dimension is another at one code of it: each is all that the
    other is made of."""
    own = np.empty(0, dtype=np.int64)
    count = MEASURES.get(measure)
    if not isinstance(count, Count) or count.at is None:
        return own, own, own
    measures, (dimension, code) = grid.axis("measure"), count.at
    along = grid.axis_or_none(dimension)
    is_own = measures.digits(numbers) == measures.position[measure]
    if along is not None:
        is_own &= along.digits(numbers) == along.position[TOTAL]
    own = np.flatnonzero(is_own)
    other = numbers[own]
    for axis, wanted in ((measures, count.within), (along, code)):
        other = _at(axis, other, wanted)
    place = locate(numbers, other)
    own, place = own[place != NONE], place[place != NONE]
    return own, place, own


def _at(axis: GridAxis | None, numbers: Numbers, code: str | None) -> Numbers:
    """The numbers with one digit at a code; ``NONE`` where there is no such axis or code."""
    position = axis.position.get(code or "", NONE) if axis else NONE
    if axis is None or position == NONE:
        return np.full(len(numbers), NONE, dtype=np.int64)
    moved = numbers + (position - axis.digits(numbers)) * axis.weight
    return np.where(numbers == NONE, NONE, moved)


def _grouped(row: Numbers, parent: Numbers, child: Numbers) -> Links:
    """Links gathered by row: the parent and size of each row, and all children row after row."""
    order = np.argsort(row, kind="stable")
    _, first, sizes = np.unique(row[order], return_index=True, return_counts=True)
    return parent[order][first], sizes, child[order]
