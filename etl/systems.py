"""Systems: the cells of a run, numbered and bound by their sums, as the gate takes them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Count
from etl.catalogue import counts_of
from etl.contributions import PERSON
from etl.disclosure.alike import with_alike
from etl.disclosure.grid import NONE, Grid, Numbers, grid
from etl.disclosure.system import Block, Left, Mask, System, build, voices
from etl.maturity import due, long_enough
from etl.people import COUNTED, MOST
from etl.rollup import most, persons
from etl.stages import Cells, Edition


def system_of(cells: Cells, grid_here: Grid) -> System:
    """The system of all counts of the cells that are published, now or when they are ripe."""
    return build(grid_here, _blocks(cells), _left(cells, grid_here))


def with_names(system: System) -> System:
    """The same with what shown zeros tell of those who stand under two names."""
    return with_alike(system, system.displayed & (system.counts == 0) & ~system.parts)


def laid_out(counted: Cells, like: Cells) -> Cells:
    """The same tables as those of other cells, row by row; what is not counted there is none."""
    tables = {
        name: frame.select(like.catalogue[name].keys)
        .join(counted.tables[name], on=like.catalogue[name].keys, how="left", maintain_order="left")
        .fill_null(0)
        for name, frame in like.tables.items()
    }
    return replace(like, tables=tables, left=counted.left)


def published(told: Numbers, system: System) -> Mask:
    """True for the counts of persons among those that are ``told`` now, shown or hidden."""
    found, place = np.zeros(len(system), dtype=bool), system.at(told)
    found[place[place != NONE]] = True
    return found & system.guarded


def told_by(cells: Cells, grid_here: Grid) -> Numbers:
    """The numbers of the cells that are published now."""
    return _numbers(_published_blocks(cells), grid_here)


def numbers_of(cells: Cells, grid_here: Grid) -> Numbers:
    """The numbers of the cells."""
    return _numbers(_blocks(cells), grid_here)


def _numbers(blocks: Iterator[Block], grid_here: Grid) -> Numbers:
    return np.concatenate([grid_here.number(each.keys, each.measure) for each in blocks])


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


def same_counts(edition: Edition, catalogue: Mapping[str, Table]) -> dict[str, list[str]]:
    """Counts that are others under another name: of which measure, at which code of what."""
    guarded = guarded_counts(edition, catalogue)
    found = {name: each for name in guarded if isinstance(each := MEASURES[name], Count)}
    return {
        name: [guarded[name], *each.at]
        for name, each in found.items()
        if each.at and each.at[0] in edition.codelists
    }


def _blocks(cells: Cells) -> Iterator[Block]:
    """Each count that is published, now or when it is ripe: what is hidden now has to withstand
    what will be shown then."""
    for name, table in cells.catalogue.items():
        frame = cells.tables[name]
        periods = frame["period"].unique().to_list()
        for measure in counts_of(table, cells.edition):
            chosen = long_enough(periods, MEASURES[measure])
            yield _block(table, frame.filter(pl.col("period").is_in(chosen)), measure)


def _published_blocks(cells: Cells) -> Iterator[Block]:
    """Each count that is published now."""
    for name, table in cells.catalogue.items():
        frame = cells.tables[name]
        periods = frame["period"].unique().to_list()
        for measure in counts_of(table, cells.edition):
            chosen = due(periods, MEASURES[measure], cells.edition)
            yield _block(table, frame.filter(pl.col("period").is_in(chosen)), measure)


def _left(cells: Cells, grid_here: Grid) -> Left:
    """The persons of the complements: of who is left when those with a trait are taken away."""
    nobody = np.empty(0, dtype=np.int64)
    numbers, people, most_of_one = [nobody], [nobody], [nobody]
    for name, table in cells.catalogue.items():
        if name in cells.left:
            periods = cells.tables[name]["period"].unique()
            there = cells.left[name].filter(pl.col("period").is_in(periods.implode()))
            for (measure,), frame in there.group_by(COUNTED, maintain_order=True):
                numbers.append(grid_here.number(frame.select(table.keys), str(measure)))
                people.append(frame[PERSON].to_numpy())
                most_of_one.append(frame[MOST].to_numpy())
    return Left(*map(np.concatenate, (numbers, people, most_of_one)))


def _block(table: Table, frame: pl.DataFrame, measure: str) -> Block:
    counts = frame[measure].cast(pl.Int64).to_numpy()
    if persons(measure) not in frame.columns:
        return Block(measure, frame.select(table.keys), counts, counts)
    distinct, of_one = (frame[each].to_numpy() for each in (persons(measure), most(measure)))
    return Block(measure, frame.select(table.keys), counts, voices(counts, distinct, of_one))
