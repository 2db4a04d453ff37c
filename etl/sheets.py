"""Sheets: the pieces of a release that the gate may leave out when nothing protects them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from data.grains import GRAINS, Grain
from data.periods import PATTERNS
from etl.stages import Cells


@dataclass(frozen=True, order=True)
class Sheet:
    """One table's rows of one year at one length of period; of the periods that are new, or of
    those that were published before."""

    table: str
    grain: Grain
    periods: tuple[str, ...]
    is_bound: bool = False

    def holds(self) -> pl.Expr:
        """True for the rows of the table that are on this sheet."""
        return pl.col("period").is_in(self.periods)


def years_of(cells: Cells) -> list[str]:
    """The years of all tables, in order."""
    periods = [frame["period"].str.slice(0, 4) for frame in cells.tables.values()]
    years: list[str] = pl.concat(periods).unique().sort().to_list()
    return years


def sheets_of(cells: Cells, year: str, published: Callable[[str], frozenset[str]]) -> list[Sheet]:
    """All sheets of a year; ``published`` gives the periods of a table that are bound."""
    found = []
    for name, table in cells.catalogue.items():
        of_year = cells.tables[name]["period"].unique().sort()
        of_year = of_year.filter(of_year.str.starts_with(year))
        before = published(name)
        for grain in table.grains:
            periods = of_year.filter(of_year.str.contains(PATTERNS[grain])).to_list()
            for is_bound in (True, False):
                chosen = tuple(each for each in periods if (each in before) == is_bound)
                found.append(Sheet(name, grain, chosen, is_bound))
    return [sheet for sheet in found if sheet.periods]


def removable(sheets: list[Sheet]) -> list[Sheet]:
    """The new sheets, but of a table that was published for the year only the longest periods.

    A quarter of which one month is not published tells that month, so it has to go before.
    """
    begun = {sheet.table for sheet in sheets if sheet.is_bound}
    free = [sheet for sheet in sheets if not sheet.is_bound]
    longest = {
        table: min(GRAINS.index(each.grain) for each in free if each.table == table)
        for table in {each.table for each in free}
    }
    return [
        each
        for each in free
        if each.table not in begun or GRAINS.index(each.grain) == longest[each.table]
    ]


def only(cells: Cells, sheets: list[Sheet]) -> Cells:
    """The cells on some sheets alone."""
    kept = {
        name: frame.filter(
            pl.any_horizontal(
                pl.lit(value=False), *(each.holds() for each in sheets if each.table == name)
            )
        )
        for name, frame in cells.tables.items()
    }
    return replace(cells, tables=kept)


def without(cells: Cells, sheets: list[Sheet]) -> Cells:
    """The cells on none of some sheets."""
    gone = {name: [each for each in sheets if each.table == name] for name in cells.catalogue}
    kept = {
        name: frame.filter(*(~sheet.holds() for sheet in gone[name]))
        for name, frame in cells.tables.items()
    }
    return replace(cells, tables=kept)


def alone(cells: Cells, sheet: Sheet) -> Cells:
    """The cells of one table, on one sheet."""
    table = cells.catalogue[sheet.table]
    rows = cells.tables[sheet.table].filter(sheet.holds())
    return replace(cells, catalogue={sheet.table: table}, tables={sheet.table: rows})
