"""Roll-up: from a table's finest cells to every level, total and period, zeros written out."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

import polars as pl

from data.datasets import Axis, Table
from data.dimensions import TOTAL
from etl.calendar import coarsened, code
from etl.catalogue import Dimensions, distinct_of, personal_of
from etl.complements import without
from etl.contributions import PERSON
from etl.estimators.distinct import estimates, merged
from etl.leaves import Leaves
from etl.maturity import periods
from etl.partials import Partial
from etl.people import COUNTED, MOST
from etl.stages import Edition


def active_codes(
    parts: Mapping[str, Partial],
    tables: Mapping[str, Table],
    dimensions: Dimensions,
    also: Iterable[Mapping[str, set[str]]],
) -> dict[str, Leaves]:
    """The dimensions with those codes alone that occur in an appeal or in ``also``, or lie above
    one that does."""
    found: dict[str, set[str]] = {}
    for name, table in tables.items():
        for axis in table.axes:
            codes = parts[name].sums[axis.dimension].unique().cast(pl.String)
            found.setdefault(axis.dimension, set()).update(codes)
    for each in also:
        for name, named in each.items():
            found.setdefault(name, set()).update(named)
    return {name: dimensions[name].only(codes) for name, codes in found.items()}


def rolled(
    part: Partial, table: Table, dimensions: Mapping[str, Leaves], edition: Edition, threshold: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The whole table: keys as text, sums, bands, ``persons__<count>`` (at most ``threshold``) and
    ``most__<count>`` for each count of persons, ``distinct`` where the table tells how many persons
    there are, sorted; and those of its complements, as ``Cells.left``."""
    summed, wrote, told_apart = [], [], []
    for keys in _views(table, dimensions):
        summed.append(part.sums.with_columns(keys).group_by(*table.keys).agg(pl.all().sum()))
        wrote.append(part.people.at(keys, table.keys, threshold))
        told_apart.append(merged([part.sketches.with_columns(keys)], table.keys))
    every = _every_key(table, dimensions, edition)
    known = pl.concat(wrote).with_columns(pl.col(COUNTED).cast(pl.String))
    counted = every.join(pl.concat(summed), on=table.keys, how="left")
    for count in personal_of(table, edition):
        of_count = known.filter(pl.col(COUNTED) == count).drop(COUNTED)
        of_count = of_count.rename({PERSON: persons(count), MOST: most(count)})
        counted = counted.join(of_count, on=table.keys, how="left")
    if distinct_of(table, edition):
        found = estimates(pl.concat(told_apart), table.keys)
        counted = counted.join(found, on=table.keys, how="left")
    return counted.fill_null(0).sort(*table.keys), _left(known, table, dimensions)


def _left(known: pl.DataFrame, table: Table, dimensions: Mapping[str, Leaves]) -> pl.DataFrame:
    """Of all persons those of complements, of the codes that the release has."""
    is_left = pl.col(COUNTED).str.starts_with(without(""))
    for axis in table.axes:
        if axis.of_flags:
            is_left |= pl.col(axis.dimension).is_in([*dimensions[axis.dimension].complements])
    return known.filter(is_left).sort(*table.keys, COUNTED)


def persons(count: str) -> str:
    """The column of the distinct persons that a count counts, up to the threshold."""
    return f"persons__{count}"


def most(count: str) -> str:
    """The column of the appeals of whoever wrote most of those that a count counts, if often."""
    return f"most__{count}"


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
