"""Guard: brings the cells of a run before the gate and gives back what must not be shown.

The gate sees every count of every table at once, and what contains it, so that neither a sum nor
a difference of published numbers gives a hidden one away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Count
from etl.catalogue import counts_of
from etl.disclosure.gate import Decision, UnprotectedError, decide
from etl.disclosure.grid import NONE, Grid, grid
from etl.disclosure.pattern import Pattern, keyed_ties, reader_weights
from etl.disclosure.system import Block, System, build
from etl.maturity import is_due
from etl.stages import Cells, Edition


@dataclass(frozen=True)
class Guarded:
    """What the gate decided, asked for by table and measure; the cells of the years it kept."""

    decision: Decision
    cells: Cells
    left_out: tuple[str, ...]

    def hides(self, keys: pl.DataFrame, measure: str) -> pl.Series:
        """True for the rows of a table in which a count is hidden; ``keys`` has the key columns."""
        system = self.decision.system
        return pl.Series(self.decision.pattern.hidden[system.at(system.grid.number(keys, measure))])


def guard(cells: Cells, threshold: int, key: bytes) -> Guarded:
    """Decides what is hidden; ``key`` settles ties, so that the choice is no public function.

    Years in which something cannot be protected, as when hardly anything happened in them, are
    left out whole. Raises ``DisclosureError`` when no year is left.
    """
    left_out: tuple[str, ...] = ()
    while True:
        system = build(grid_of(cells), _blocks(cells))
        pattern = Pattern(system, reader_weights(system), keyed_ties(system, key))
        try:
            decision = decide(pattern, threshold, _with_few_answers(system, threshold))
        except UnprotectedError as error:
            left_out = (*left_out, *error.years)
            cells = _without(cells, error.years)
            if all(frame.is_empty() for frame in cells.tables.values()):
                raise
        else:
            return Guarded(decision, cells, tuple(sorted(left_out)))


def _without(cells: Cells, years: tuple[str, ...]) -> Cells:
    outside = ~pl.col("period").str.slice(0, 4).is_in(list(years))
    return replace(cells, tables={name: t.filter(outside) for name, t in cells.tables.items()})


def _with_few_answers(system: System, threshold: int) -> list[int]:
    """Cells of enough appeals of which too few were answered: that would bound who was asked."""
    axis = system.grid.axis("measure")
    answered = axis.position.get("answered", NONE)
    of_answers = axis.digits(system.numbers) == answered
    few = of_answers & (system.counts > 0) & (system.counts < threshold)
    whole = system.at(axis.moved(system.numbers[few], axis.containers))
    found: list[int] = whole[whole != NONE].tolist()
    return found


def grid_of(cells: Cells) -> Grid:
    """The numbering of the cells of a run."""
    return numbering(cells.catalogue, cells.tables, cells.edition)


def numbering(
    catalogue: Mapping[str, Table], tables: Mapping[str, pl.DataFrame], edition: Edition
) -> Grid:
    """The numbering of all cells of the tables: periods, counts and code lists."""
    periods = {code for frame in tables.values() for code in frame["period"].unique()}
    counts = {name: None for table in catalogue.values() for name in counts_of(table, edition)}
    return grid(periods, counts, edition.codelists)


def guarded_counts(edition: Edition, catalogue: Mapping[str, Table]) -> dict[str, str]:
    """The published counts of persons, each with the published count that contains it, or ""."""
    published = {name for table in catalogue.values() for name in counts_of(table, edition)}
    return {
        name: measure.within if measure.within in published else ""
        for name in sorted(published)
        if isinstance(measure := MEASURES[name], Count) and measure.personal
    }


def _blocks(cells: Cells) -> list[Block]:
    """Each count that is due for publication; persons are known for a table's base."""
    return [
        _block(table, cells.tables[name], measure, cells.edition)
        for name, table in cells.catalogue.items()
        for measure in counts_of(table, cells.edition)
    ]


def _block(table: Table, frame: pl.DataFrame, measure: str, edition: Edition) -> Block:
    due = frame.filter(is_due(frame["period"], MEASURES[measure], edition))
    counts = due[measure].cast(pl.Int64).to_numpy()
    persons = due["persons"].cast(pl.Int64).to_numpy() if measure == table.base else counts
    return Block(measure, due.select(table.keys), counts, persons)


def system_of(guarded: Guarded) -> System:
    return guarded.decision.system
