"""Wholes: the published numbers of other rows that a formula reads beside those of its own.

A share of a total reads the row's total; a share along a dimension may read any code of it, and a
table without that dimension where its own has no such count; a ratio of flows reads the same keys
in a table of another date. Nothing but published cells is read.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from data.datasets import Table
from data.dimensions import TOTAL
from data.indicators import Indicator, Input
from data.observe import STATUS_SUFFIX
from data.statuses import NORMAL, NOT_APPLICABLE, TOO_FEW
from etl.stages import Tables

ABOVE: Final = "_above"


def with_wholes(
    indicator: Indicator, table: Table, tables: Tables, catalogue: Mapping[str, Table]
) -> pl.DataFrame:
    """The table with a column, and its status, for all that the formula reads in other rows."""
    frame = tables[table.name]
    found = _Found(tables, catalogue)
    for each in indicator.reads:
        if each.by_registration:
            frame = _with_registered(frame, each, table, found)
        elif each.code and not indicator.along:
            frame = _with_total(frame, each, table)
        elif each.code:
            frame = _with_other(frame, each, table, indicator.along, found)
    return frame


class _Found:
    """The released tables, and which of them have the cells that a formula reads."""

    def __init__(self, tables: Tables, catalogue: Mapping[str, Table]) -> None:
        self.tables, self.catalogue = tables, catalogue

    def cells(self, each: Input, table: Table, along: str) -> pl.DataFrame:
        """The keys but ``along``, the measure where ``along`` is at the code, and its status."""
        keys = [key for key in table.keys if key != along]
        if each.measure in table.measures:
            own = self.tables[table.name].filter(pl.col(along) == each.code)
            return own.select(*keys, *_read(each))
        return self._told(each, keys, table, table.dated_by)

    def registered(self, each: Input, table: Table) -> pl.DataFrame:
        """The keys, the measure in tables that go by registration, and its status."""
        return self._told(each, table.keys, table, "registered")

    def _told(self, each: Input, keys: Sequence[str], table: Table, dated_by: str) -> pl.DataFrame:
        """The measure at these keys in whatever table that goes by a date has such cells."""
        told = [
            self._at(other, keys).select(*keys, *_read(each))
            for other in self.catalogue.values()
            if each.measure in other.measures and other.dated_by == dated_by
        ]
        none = (
            self.tables[table.name]
            .clear()
            .select(*keys, pl.lit(None, pl.Int64).alias(each.column), _said(TOO_FEW.code, each))
        )
        # A cell is the same in every table that has it.
        return pl.concat([none, *told]).unique(keys, keep="first", maintain_order=True)

    def _at(self, table: Table, keys: Sequence[str]) -> pl.DataFrame:
        """The rows of a table that break nothing down but by these keys; of a key that it has not,
        they are its total."""
        rest = [pl.col(key) == TOTAL for key in table.keys if key not in keys]
        lacking = [pl.lit(TOTAL).alias(key) for key in keys if key not in table.keys]
        return self.tables[table.name].filter(pl.lit(value=True), *rest).with_columns(lacking)


def _with_other(
    frame: pl.DataFrame, each: Input, table: Table, along: str, found: _Found
) -> pl.DataFrame:
    """Adds the measure at a code of ``along``. A code that never occurs is in no row: its count is
    nothing."""
    keys = [key for key in table.keys if key != along]
    cells = found.cells(each, table, along)
    joined = frame.join(cells, on=keys, how="left", maintain_order="left")
    if each.code != TOTAL and cells.is_empty():
        joined = joined.with_columns(pl.lit(0).alias(each.column), _said(NORMAL.code, each))
    return joined.with_columns(pl.col(_status(each)).fill_null(TOO_FEW.code))


def _with_registered(frame: pl.DataFrame, each: Input, table: Table, found: _Found) -> pl.DataFrame:
    """Adds the measure of the same keys by registration; a period left out there is too thin."""
    cells = found.registered(each, table)
    joined = frame.join(cells, on=table.keys, how="left", maintain_order="left")
    return joined.with_columns(pl.col(_status(each)).fill_null(TOO_FEW.code))


def _read(each: Input) -> tuple[pl.Expr, pl.Expr]:
    """The measure and its status, under the names that the formula has for them."""
    value, status = pl.col(each.measure), pl.col(f"{each.measure}{STATUS_SUFFIX}")
    return value.alias(each.column), status.alias(_status(each))


def _said(code: str, each: Input) -> pl.Expr:
    return pl.lit(code).alias(_status(each))


def _status(each: Input) -> str:
    return f"{each.column}{STATUS_SUFFIX}"


def _with_total(frame: pl.DataFrame, each: Input, table: Table) -> pl.DataFrame:
    """Adds the measure in the row's total along the last dimension that the row breaks down; not
    applicable in the total of everything."""
    totals = frame.select(
        *(pl.col(key).alias(f"{key}{ABOVE}") for key in table.keys),
        pl.col(each.measure).alias(each.column),
        pl.col(f"{each.measure}{STATUS_SUFFIX}").alias(_status(each)),
    )
    above = [f"{key}{ABOVE}" for key in table.keys]
    return (
        frame.with_columns(_keys_above(table))
        .join(totals, on=above, how="left", maintain_order="left")
        .with_columns(pl.col(_status(each)).fill_null(NOT_APPLICABLE.code))
        .drop(above)
    )


def _keys_above(table: Table) -> Iterable[pl.Expr]:
    """The keys of the row's total; null in a row that breaks nothing down."""
    settled = pl.lit(value=False)
    for dimension in reversed(table.dimensions):
        is_broken_down = pl.col(dimension) != TOTAL
        moved = pl.when(is_broken_down & ~settled).then(pl.lit(TOTAL)).otherwise(pl.col(dimension))
        yield moved.alias(f"{dimension}{ABOVE}")
        settled = settled | is_broken_down
    yield pl.when(settled).then(pl.col("period")).alias(f"period{ABOVE}")
