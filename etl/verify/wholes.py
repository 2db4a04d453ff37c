"""Indicators that read other rows than their own: reckoned again from whichever cell tells them.

Cells are looked up by what they are (which count, of when, at which codes), in whatever table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from data.datasets import Table
from data.dimensions import TOTAL
from data.indicators import INDICATORS, Indicator, Input
from data.measures import MEASURES
from etl.verify.opened import Opened

ROUNDED: Final = 1e-6

Row = dict[str, Any]
Place = tuple[str, str, str, frozenset[tuple[str, str]]]
"""What a cell is: a measure, the date that it goes by, a period, and the codes that it is at."""


@dataclass(frozen=True)
class Cells:
    """Every published count; one that is in no table is none of a code that never occurs."""

    values: dict[Place, int | None]
    known: frozenset[tuple[str, str]]

    def at(self, place: Place) -> int | None:
        *_, codes = place
        never = not codes <= self.known
        return self.values.get(place, 0 if never else None)


def whole_findings(release: Opened) -> Iterator[str]:
    """Judges every indicator that is made of another row too."""
    cells = _cells(release)
    for name, frame in release.tables.items():
        for column in set(frame.columns) & set(INDICATORS) - set(MEASURES):
            indicator = INDICATORS[column]
            if indicator.reads_elsewhere:
                rows = [_expected(indicator, release, name, row, cells) for row in frame.to_dicts()]
                if _differ(indicator, frame, rows):
                    yield f"{name}: {column} is not what its formula gives of published counts"


def _cells(release: Opened) -> Cells:
    values = {
        _place(release.table(name), row, measure): row[measure]
        for name, frame in release.tables.items()
        for row in frame.to_dicts()
        for measure in release.table(name).measures
    }
    codes = ((n, code.code) for n, listed in release.codelists.items() for code in listed.codes)
    return Cells(values, frozenset(codes))


def _place(table: Table, row: Row, measure: str, dated_by: str = "") -> Place:
    codes = {(name, str(row[name])) for name in table.dimensions if row[name] != TOTAL}
    return measure, dated_by or table.dated_by, row["period"], frozenset(codes)


def _expected(
    indicator: Indicator, release: Opened, name: str, row: Row, cells: Cells
) -> Row | None:
    """What the formula reads for a row; None where there is nothing to tell."""
    table = release.table(name)
    along = indicator.along or _last_broken_down(table, row)
    if any(each.code for each in indicator.reads) and not _is_told(indicator, release, row, along):
        return None
    read = {each.column: cells.at(_place_of(each, table, row, along)) for each in indicator.reads}
    return None if None in read.values() else read


def _is_told(indicator: Indicator, release: Opened, row: Row, along: str) -> bool:
    """Whether a share along a dimension has something to tell in a row."""
    if not along or (row[along] == TOTAL) != indicator.of_total:
        return False
    return not _is_excepted(indicator, release, row)


def _place_of(read: Input, table: Table, row: Row, along: str) -> Place:
    if read.by_registration:
        return _place(table, row, read.measure, "registered")
    return _place(table, {**row, along: read.code} if read.code else row, read.measure)


def _last_broken_down(table: Table, row: Row) -> str:
    return next((name for name in reversed(table.dimensions) if row[name] != TOTAL), "")


def _is_excepted(indicator: Indicator, release: Opened, row: Row) -> bool:
    code = row[indicator.along] if indicator.except_at else TOTAL
    while code != TOTAL and code not in indicator.except_at:
        code = release.codelists[indicator.along][code].parent
    return code != TOTAL


def _differ(indicator: Indicator, frame: pl.DataFrame, rows: list[Row | None]) -> bool:
    names = [each.column for each in indicator.reads]
    read = pl.DataFrame(
        [[(row or {}).get(name) for name in names] for row in rows],
        schema=dict.fromkeys(names, pl.Int64),
        orient="row",
    )
    exact = read.select(indicator.formula.cast(pl.Float64).alias("exact")).to_series()
    exact = pl.select(pl.when(exact.is_finite()).then(exact)).to_series()
    told = frame[indicator.name]
    off = (exact - told).abs() > 0.5 * 10.0**-indicator.decimals + ROUNDED
    return bool((exact.is_null() != told.is_null()).any() or off.any())
