"""The first rule: no count below ``threshold`` is shown, nor left to be worked out in a row.

Every count and its complement is guarded. What decides is separate from what is then written:
``hidden_cells`` says which cells are hidden, ``etl/protect.py`` puts it into the tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from data.datasets import Table
from etl.catalogue import counts_of
from etl.closure import Closure, bonds
from etl.disclosure.grid import NONE, Grid, grid
from etl.disclosure.pattern import keyed_ties
from etl.disclosure.system import Block, Mask, Rows, System, build
from etl.stages import Cells

NATIONAL, ONE_WAY_YEAR, ONE_WAY = 1e9, 1e4, 64.0
ZERO = 1e12
"""How dear a cell is to readers: the total of everything, one body's or place's year, its month,
and a zero, which is hidden only where nothing else is left. Any other cell costs 1."""
MEET_COST = 0.1


@dataclass(frozen=True)
class Hidden:
    """The system of all cells, and which of them are hidden, for whichever reason."""

    system: System
    mask: Mask

    def of_table(self, frame: pl.DataFrame, measure: str) -> pl.Series:
        """True for the rows of a table in which a measure is hidden."""
        return pl.Series(self.mask[self.system.at(self.system.grid.number(frame, measure))])


def hidden_cells(cells: Cells, threshold: int, key: bytes) -> Hidden:
    """Decides what is hidden; ``key`` settles ties, so that nobody can retrace the choice."""
    measures = _measures(cells)
    system = build(_grid(cells, measures), _blocks(cells))
    system = replace(system, rows=_with_longer_rows(system))
    closure = Closure(system, bonds(system, measures), _prices(system, key), threshold)
    closure.hide(np.flatnonzero(_too_few(system, threshold)).tolist())
    closure.close()
    return Hidden(system, closure.unknown & system.displayed)


def _with_longer_rows(system: System) -> Rows:
    """Adds the rows that skip a level: where a group and two themes of it are hidden, the total
    less all shown themes still tells what the hidden ones share."""
    found = [system.rows]
    for axis in system.grid.axes:
        up = np.where(axis.parents == NONE, NONE, axis.parents[axis.parents])
        parent = system.at(axis.moved(system.numbers, up))
        child = np.flatnonzero(parent != NONE)
        if len(child):
            order = np.argsort(parent[child], kind="stable")
            parents, sizes = np.unique(parent[child], return_counts=True)
            starts = np.concatenate(([0], np.cumsum(sizes)))
            found.append(Rows(parents, starts, child[order]))
    return _joined(found)


def _joined(pieces: list[Rows]) -> Rows:
    sizes = [np.diff(piece.starts) for piece in pieces]
    return Rows(
        parents=np.concatenate([piece.parents for piece in pieces]),
        starts=np.concatenate(([0], np.cumsum(np.concatenate(sizes)))),
        children=np.concatenate([piece.children for piece in pieces]),
    )


def _measures(cells: Cells) -> Mapping[str, str]:
    """Each count that is published, and the base of the table that it stands in."""
    return {
        name: table.base
        for table in cells.catalogue.values()
        for name in counts_of(table, cells.edition)
    }


def _grid(cells: Cells, measures: Mapping[str, str]) -> Grid:
    periods = {code for frame in cells.tables.values() for code in frame["period"].unique()}
    return grid(periods, measures, cells.edition.codelists)


def _blocks(cells: Cells) -> list[Block]:
    """Each count that the edition can fill; distinct persons are known for a table's base."""
    return [
        _block(table, cells.tables[name], measure)
        for name, table in cells.catalogue.items()
        for measure in counts_of(table, cells.edition)
    ]


def _block(table: Table, frame: pl.DataFrame, measure: str) -> Block:
    counts = frame[measure].cast(pl.Int64).to_numpy()
    persons = frame["persons"].cast(pl.Int64).to_numpy() if measure == table.base else counts
    return Block(measure, frame.select(table.keys), counts, persons)


def _too_few(system: System, threshold: int) -> Mask:
    """Cells of too few appeals or persons, and cells that leave too few of their whole.

    A zero leaves its whole, which is then too small itself; it tells nothing more, and is shown.
    """
    few = (system.counts > 0) & (system.counts < threshold)
    few |= (system.persons > 0) & (system.persons < threshold)
    found = few.copy()
    for axis in system.grid.axes:
        rest = system.at(axis.moved(system.numbers, axis.complements))
        found |= (rest != NONE) & few[rest] & (system.counts > 0)
    return found & system.displayed


def _prices(system: System, key: bytes) -> npt.NDArray[np.float64]:
    sizes = np.log2(np.maximum(2, system.counts)) * _dearness(system)
    sizes[system.meets] = MEET_COST
    return sizes + keyed_ties(system, key) / 1000


def _dearness(system: System) -> npt.NDArray[np.float64]:
    period = system.grid.axis("period")
    is_year = np.array([len(code) == len("2019") for code in period.codes])
    yearly = is_year[period.digits(system.numbers)]
    dear = np.ones(len(system))
    dear[system.breadth == 1] = ONE_WAY
    dear[(system.breadth == 1) & yearly] = ONE_WAY_YEAR
    dear[system.breadth == 0] = NATIONAL
    dear[system.counts == 0] = ZERO
    return dear
