"""Aggregate: from appeals to the exact cells of every table, one month of appeals at a time.

Each month gives partial tables at the finest codes and periods; partials add, so memory depends
on the cells and never on the appeals. The order of rows and months changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from data.datasets import Table
from data.dimensions import TOTAL
from data.errors import SourceError
from data.measures import RECEIVED
from etl.calendar import coarsened
from etl.case_mix import stratum_counts, summed
from etl.catalogue import (
    Dimensions,
    catalogue,
    dimensions_of,
    distinct_of,
    personal_of,
    summed_of,
    waits_of,
)
from etl.contributions import BAND, MONTH_OF, NAMELESS, OFTEN, PERSON, contributions
from etl.estimators.distinct import sketched
from etl.partials import Partial, merged, sums
from etl.people import (
    COUNTED,
    COUNTS,
    People,
    counted_and_left,
    listed,
    people,
    who_wrote_often,
)
from etl.reports.naming import named_codes
from etl.rollup import active_codes, rolled
from etl.side_by_side import side_by_side
from etl.stages import Cells, Edition, Staged
from etl.standing import DATED_BY as STANDING
from etl.standing import spread

Progress = Callable[[str, int], None]
NO_CODES: Final[Mapping[str, set[str]]] = {}


def aggregate(
    staged: Staged,
    threshold: int,
    progress: Progress = lambda _name, _rows: None,
    also: Mapping[str, set[str]] = NO_CODES,
) -> Cells:
    """The exact tables of staged appeals; ``persons__<count>`` is exact up to the threshold, and
    ``most__<count>`` wherever one of so many persons wrote more than half; ``distinct`` is about
    how many known persons there are, where the table tells, beside the ``nameless`` appeals.

    Raises ``SourceError`` when the cells do not hold every accepted appeal.
    """
    edition = staged.edition
    tables, dimensions = catalogue(edition), dimensions_of(edition)
    parts, strata = _partials(staged, tables, dimensions, threshold, progress)
    named = named_codes(edition.reports, dimensions)
    active = active_codes(parts, tables, dimensions, (named, also))
    _check_complete(parts, tables, edition)
    made = {
        name: rolled(parts[name], table, active, edition, threshold)
        for name, table in tables.items()
    }
    return Cells(
        catalogue=tables,
        tables={name: table for name, (table, _) in made.items()},
        edition=replace(edition, codelists={n: d.codelist for n, d in active.items()}),
        strata=strata,
        left={name: left for name, (_, left) in made.items() if left.height},
    )


def _partials(
    staged: Staged,
    tables: dict[str, Table],
    dimensions: Dimensions,
    threshold: int,
    progress: Progress,
) -> tuple[dict[str, Partial], pl.DataFrame]:
    columns = _columns(staged.edition, tables, dimensions)
    often = who_wrote_often(staged.months(), threshold)
    found: dict[str, list[Partial]] = {name: [] for name in tables}
    strata: list[pl.DataFrame] = []
    done = 0
    for month in side_by_side(staged.months(), staged.edition):
        dated = {
            day: each.select(columns[day]).with_columns(_is_of(often[day]))
            for day, each in _by_date(month, columns).items()
        }
        for name, table in tables.items():
            part = _partial(dated[table.dated_by], table, dimensions, staged.edition, threshold)
            found[name].append(part)
        strata.append(stratum_counts(dated["registered"], dimensions))
        done += month.height
        progress("aggregate", done)
    whole = {name: merged(parts, tables[name], threshold) for name, parts in found.items()}
    return whole, summed(strata)


def _columns(
    edition: Edition, tables: dict[str, Table], dimensions: Dimensions
) -> dict[str, list[pl.Expr]]:
    """What each appeal contributes to the tables that go by each date."""
    by_date: dict[str, list[Table]] = {}
    for table in tables.values():
        by_date.setdefault(table.dated_by, []).append(table)
    return {day: contributions(edition, tuple(of), dimensions) for day, of in by_date.items()}


def _is_of(often: pl.Series) -> pl.Expr:
    return pl.col(PERSON).is_in(often.implode()).alias(OFTEN)


def _by_date(month: pl.DataFrame, dates: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The appeals once for each date that they are counted by."""
    return {day: spread(month) if day == STANDING else month for day in dates}


def _partial(
    month: pl.DataFrame, table: Table, dimensions: Dimensions, edition: Edition, threshold: int
) -> Partial:
    """One month's cells of a table at its finest codes and periods."""
    names = summed_of(table, edition)
    dated = MONTH_OF[table.dated_by]
    # What the table does not count has no code in it either: who waits has no outcome yet.
    placed = month.filter(pl.col(dated).is_not_null(), pl.col(table.base) > 0).select(
        coarsened(pl.col(dated), "month", table.grains[-1]).alias("period"),
        *_codes(table, dimensions),
        *_flags(table, dimensions),
        PERSON,
        NAMELESS,
        OFTEN,
        *names,
        *([BAND] if waits_of(table, edition) else []),
    )
    spread, personal = _spread(placed, table, dimensions), personal_of(table, edition)
    counted = people(spread, table.keys, counted_and_left(personal), (COUNTED, COUNTS), threshold)
    left = _left(placed, table, dimensions, personal, threshold)
    wrote = listed([counted, *left], [*table.keys, COUNTED])
    known = spread.filter(~pl.col(NAMELESS)) if distinct_of(table, edition) else spread.clear()
    return Partial(sums(spread, table, names), wrote, sketched(known, table.keys, PERSON))


def _left(
    placed: pl.DataFrame,
    table: Table,
    dimensions: Dimensions,
    personal: tuple[str, ...],
    threshold: int,
) -> Iterator[People]:
    """Who is left without each trait, for each count of persons."""
    for axis in (axis for axis in table.axes if axis.of_flags):
        traits, keys = dimensions[axis.dimension], [k for k in table.keys if k != axis.dimension]
        column = axis.dimension, traits.type
        for count in personal:
            wrote = placed.filter(pl.col(count) > 0).with_columns(_named(count))
            yield people(wrote, [*keys, COUNTED], traits.complements, column, threshold)


def _named(count: str) -> pl.Expr:
    return pl.lit(count, COUNTS).alias(COUNTED)


def _codes(table: Table, dimensions: Dimensions) -> list[pl.Expr]:
    coded = [axis for axis in table.axes if not axis.of_flags]
    return [dimensions[a.dimension].at(a.levels[-1]).alias(a.dimension) for a in coded]


def _flags(table: Table, dimensions: Dimensions) -> list[str]:
    return [
        flag
        for axis in table.axes
        if axis.of_flags
        for flag in dimensions[axis.dimension].codelist.at(axis.levels[-1])
    ]


def _spread(placed: pl.DataFrame, table: Table, dimensions: Dimensions) -> pl.DataFrame:
    """Appeals once in the total and once more under each trait that they have."""
    for axis in table.axes:
        if axis.of_flags:
            name, codes = axis.dimension, dimensions[axis.dimension]
            flags = codes.codelist.at(axis.levels[-1])
            kept = placed.drop(flags)
            parts = [kept.with_columns(pl.lit(TOTAL, codes.type).alias(name))]
            parts += [
                kept.filter(placed[flag]).with_columns(pl.lit(flag, codes.type).alias(name))
                for flag in flags
            ]
            placed = pl.concat(parts)
    return placed


def _check_complete(parts: dict[str, Partial], tables: dict[str, Table], edition: Edition) -> None:
    for name, table in tables.items():
        whole = parts[name].sums.filter(
            *(pl.col(a.dimension) == TOTAL for a in table.axes if a.of_flags)
        )
        counted = whole[table.base].sum()
        holds_all = table.dated_by == "registered" and table.base == RECEIVED.name
        if holds_all and counted != edition.ledger.counted:
            raise SourceError(
                "Ledger",
                f"{edition.ledger.counted} appeals are to be counted and {name} holds {counted}.",
                "Run again; if it stays so, report it as a defect. Nothing was published.",
            )
