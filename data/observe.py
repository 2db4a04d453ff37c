"""The one door to numbers: a query in, the matching cells of a release out.

Nothing is summed or computed here: every value, indicators included, was put into the release
after it was protected, so page, API and download can only show the same cell.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.codelists import Codelist
from data.datasets import GRAINS, Axis, Table
from data.dimensions import TOTAL, dimension_of_level
from data.errors import QueryError
from data.manifest import TableRecord
from data.periods import PATTERNS, grain_of
from data.query import Query
from data.releases import Release

STATUS_SUFFIX: Final = "_status"


@dataclass(frozen=True)
class Observations:
    """The answer: the release and table it was looked up in, and one row a cell.

    ``frame`` has the table's key columns, then ``<indicator>`` (null when there is no value) and
    ``<indicator>_status`` (an SDMX code, ``data/statuses.py``) for each indicator asked for.
    """

    query: Query
    release: Release
    table: Table
    frame: pl.DataFrame


Observe = Callable[[Query], Observations]


def observer(release_of: Callable[[str], Release]) -> Observe:
    """An ``observe`` over the releases that ``release_of`` finds by id (or ``latest``)."""

    def observe(query: Query) -> Observations:
        release = release_of(query.release)
        table = table_for(query, release)
        frame = release.tables[table.name].filter(*_conditions(query, table, release))
        return Observations(
            query, release, table, frame.select(*table.keys, *_columns(query.indicators))
        )

    return observe


def table_for(query: Query, release: Release) -> Table:
    """The smallest table of the dataset that has the query's columns, levels and dimensions."""
    records = [r for r in release.manifest.tables.values() if r.dataset == query.dataset]
    fitting = [r.table for r in records if _fits(query, r, release)]
    if not fitting:
        raise QueryError(
            "No such table",
            f"'{query.dataset}' has no {query.indicators} by {query.by} where {query.where}.",
            "See the catalogue on the data page for the tables that are released.",
        )
    return min(fitting, key=lambda table: len(table.axes))


def _fits(query: Query, record: TableRecord, release: Release) -> bool:
    table = record.table
    levels = {level for axis in table.axes for level in axis.levels} | set(table.grains)
    columns = set(release.tables[table.name].columns)
    named = {*query.fixed, *dict(query.only), *dict(query.without)} - {"period"}
    return (
        set(query.by) <= levels
        and named <= set(table.dimensions)
        and set(query.indicators) <= columns
        and _has_period(query, table)
        and all(
            _at_level(code, axis, release)
            for axis in table.axes
            if (code := query.fixed.get(axis.dimension))
        )
    )


def _has_period(query: Query, table: Table) -> bool:
    fixed = query.fixed.get("period")
    return fixed is None or grain_of(fixed) in table.grains


def _at_level(code: str, axis: Axis, release: Release) -> bool:
    codelist = release.codelists[axis.dimension]
    return code == TOTAL or (code in codelist and codelist[code].level in axis.levels)


def _columns(indicators: Iterable[str]) -> list[str]:
    return [column for name in indicators for column in (name, f"{name}{STATUS_SUFFIX}")]


def _conditions(query: Query, table: Table, release: Release) -> list[pl.Expr]:
    along_axes = [_on_axis(query, axis, release.codelists[axis.dimension]) for axis in table.axes]
    kept = [pl.col(key).is_in(codes) for key, codes in query.only]
    left = [~pl.col(key).is_in(codes) for key, codes in query.without]
    return [_in_period(query, table), *along_axes, *kept, *left]


def _in_period(query: Query, table: Table) -> pl.Expr:
    fixed = query.fixed.get("period")
    if fixed is not None:
        return pl.col("period") == fixed
    grain = next((grain for grain in GRAINS if grain in query.by), table.grains[0])
    return pl.col("period").str.contains(PATTERNS[grain])


def _on_axis(query: Query, axis: Axis, codelist: Codelist) -> pl.Expr:
    column = pl.col(axis.dimension)
    fixed = query.fixed.get(axis.dimension)
    if fixed is not None:
        return column == fixed
    level = next(
        (
            by
            for by in query.by
            if by not in GRAINS and dimension_of_level(by).name == axis.dimension
        ),
        None,
    )
    return column == TOTAL if level is None else column.is_in(codelist.at(level))
