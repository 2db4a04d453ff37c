"""Roll-up: from a table's finest cells to every level, total and period, zeros written out."""

from collections.abc import Iterator, Mapping
from itertools import product

import polars as pl

from data.datasets import Axis, Table
from data.dimensions import TOTAL
from etl.calendar import coarsened, code
from etl.catalogue import Dimensions
from etl.contributions import PERSON
from etl.leaves import Leaves
from etl.maturity import periods
from etl.partials import NAMELESS, Partial
from etl.stages import Edition

PERSONS = "persons"


def active_codes(
    parts: Mapping[str, Partial], tables: Mapping[str, Table], dimensions: Dimensions
) -> dict[str, Leaves]:
    """The dimensions with those codes alone that occur in an appeal, or lie above one that does."""
    found: dict[str, set[str]] = {}
    for name, table in tables.items():
        for axis in table.axes:
            codes = parts[name].sums[axis.dimension].unique().cast(pl.String)
            found.setdefault(axis.dimension, set()).update(codes)
    return {name: dimensions[name].only(codes) for name, codes in found.items()}


def rolled(
    part: Partial, table: Table, dimensions: Mapping[str, Leaves], edition: Edition, threshold: int
) -> pl.DataFrame:
    """The whole table: keys as text, sums, bands, ``persons`` (at most ``threshold``), sorted."""
    summed, people = [], []
    for keys in _views(table, dimensions):
        summed.append(part.sums.with_columns(keys).group_by(*table.keys).agg(pl.all().sum()))
        distinct = pl.col(PERSON).n_unique().cast(pl.Int64).alias(PERSONS)
        people.append(part.people.with_columns(keys).group_by(*table.keys).agg(distinct))
    filled = pl.concat(summed).join(pl.concat(people), on=table.keys, how="left")
    persons = (pl.col(PERSONS).fill_null(0) + pl.col(NAMELESS)).clip(upper_bound=threshold)
    counted = filled.with_columns(persons.alias(PERSONS)).drop(NAMELESS)
    every = _every_key(table, dimensions, edition)
    return every.join(counted, on=table.keys, how="left").fill_null(0).sort(*table.keys)


def _views(table: Table, dimensions: Mapping[str, Leaves]) -> Iterator[list[pl.Expr]]:
    """For each grain and combination of levels, the keys that a finest cell has there as text."""
    fine = table.grains[-1]
    number = pl.col("period")
    periods = [code(coarsened(number, fine, grain), grain) for grain in table.grains]
    axes = [_levels(axis, dimensions[axis.dimension]) for axis in table.axes]
    for keys in product(periods, *axes):
        yield list(keys)


def _levels(axis: Axis, leaves: Leaves) -> list[pl.Expr]:
    column = pl.col(axis.dimension)
    if axis.of_flags:
        return [column.cast(pl.String)]
    finest = axis.levels[-1]
    levels = [
        column.cast(pl.String).replace_strict(dict(leaves.above(finest, level)))
        for level in axis.levels
    ]
    return [pl.lit(TOTAL).alias(axis.dimension), *levels]


def _every_key(table: Table, dimensions: Mapping[str, Leaves], edition: Edition) -> pl.DataFrame:
    """Every combination of periods and active codes."""
    keys = _periods_of(table, edition)
    for axis in table.axes:
        codelist = dimensions[axis.dimension].codelist
        codes = [TOTAL, *(code for level in axis.levels for code in codelist.at(level))]
        keys = keys.join(pl.DataFrame({axis.dimension: codes}), how="cross")
    return keys


def _periods_of(table: Table, edition: Edition) -> pl.DataFrame:
    codes = [each for grain in table.grains for each in periods(edition, grain)]
    return pl.DataFrame({"period": codes}, schema={"period": pl.String})
