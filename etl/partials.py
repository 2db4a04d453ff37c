"""Partial tables: sums that add, and for each cell as many of its persons as the threshold asks.

A cell that keeps ``threshold`` different persons has at least so many, and so has every cell above
it; one that keeps fewer has kept them all. Either way the count of distinct persons, up to the
threshold, is exact at every level and period, though no list of persons is ever whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Count
from etl.complements import is_sensitive, without
from etl.contributions import BAND, BANDS, PERSON

_COUNTS: Final = [name for name, each in MEASURES.items() if isinstance(each, Count)]
COUNTS: Final = pl.Enum([*_COUNTS, *map(without, _COUNTS)])
COUNTED: Final = "counted"
"""The column that names the count of persons which a person is one of, or what it leaves."""


@dataclass(frozen=True)
class Partial:
    """``sums``: keys, measures, bands; ``people``: keys, ``counted``, ``person``, for each count
    of persons and each complement (``etl/complements.py``).

    ``period`` is the number of a period at the table's finest grain (``etl/calendar.py``).
    """

    sums: pl.DataFrame
    people: pl.DataFrame

    @staticmethod
    def of_appeals(
        placed: pl.DataFrame,
        table: Table,
        names: tuple[str, ...],
        personal: tuple[str, ...],
        threshold: int,
    ) -> "Partial":
        """Counts appeals that have the table's keys, the named columns, ``person`` and, if the
        table tells response times, ``band``; ``personal`` are the columns that count persons.

        ``person`` is a struct: of its numbers the one of the date that the table goes by is
        counted, so that all appeals of a cell are told apart under the key of one year.
        """
        numbered = numbered_by(placed, table)
        sums = numbered.group_by(*table.keys).agg(pl.col(*names).sum().cast(pl.Int64))
        if BAND in placed.columns:
            sums = sums.join(_in_bands(placed, table), on=table.keys, how="left")
        people = pl.concat(
            numbered.filter(pl.col(each) > 0).select(
                *table.keys, pl.lit(each, COUNTS).alias(COUNTED), PERSON
            )
            for each in personal
        )
        some = [_some(people, table, threshold)]
        left = {without(each): pl.col(each) == 0 for each in personal if is_sensitive(each)}
        if left:
            some.append(people_with(numbered, table.keys, left, COUNTED, COUNTS, threshold))
        return Partial(sums, pl.concat(some))

    def and_people(self, more: Sequence[pl.DataFrame]) -> "Partial":
        """The same with people of further cells."""
        columns = self.people.columns
        return replace(
            self, people=pl.concat([self.people, *(each.select(columns) for each in more)])
        )


def people_with(
    placed: pl.DataFrame,
    keys: Sequence[str],
    conditions: Mapping[str, pl.Expr],
    name: str,
    kind: pl.Enum,
    threshold: int,
) -> pl.DataFrame:
    """For each condition and cell up to ``threshold`` persons of whom it has an appeal for which
    the condition holds: the keys, the condition's name in a column ``name``, ``person``."""
    each_once = placed.group_by(*keys, PERSON).agg(
        holds.any().alias(condition) for condition, holds in conditions.items()
    )
    some = each_once.group_by(*keys).agg(
        pl.col(PERSON).filter(pl.col(condition)).head(threshold).alias(condition)
        for condition in conditions
    )
    listed = some.unpivot(index=list(keys), variable_name=name, value_name=PERSON)
    return listed.with_columns(pl.col(name).cast(kind)).explode(PERSON).drop_nulls(PERSON)


def numbered_by(placed: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The appeals with the number of the person under the key of the date that a table goes by."""
    return placed.with_columns(pl.col(PERSON).struct.field(table.dated_by).alias(PERSON))


def _in_bands(placed: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The appeals of each cell in each day band, a column a band."""
    counted = placed.group_by(*table.keys, BAND).len("appeals")
    return counted.group_by(*table.keys).agg(
        pl.col("appeals").filter(pl.col(BAND) == place).sum().cast(pl.Int64).alias(name)
        for place, name in enumerate(BANDS)
    )


def _some(people: pl.DataFrame, table: Table, threshold: int) -> pl.DataFrame:
    """The ``threshold`` smallest different persons of each count of each cell."""
    few = pl.col(PERSON).unique().bottom_k(threshold)
    return people.group_by(*table.keys, COUNTED).agg(few).explode(PERSON)


def merged(parts: Sequence[Partial], table: Table, threshold: int) -> Partial:
    """Partials of different appeals as one."""
    sums = pl.concat(part.sums for part in parts).group_by(*table.keys).agg(pl.all().sum())
    return Partial(sums, _some(pl.concat(part.people for part in parts), table, threshold))
