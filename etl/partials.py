"""Partial tables: sums that add, and for each cell as many of its persons as the threshold asks.

A cell that keeps ``threshold`` different persons has at least so many, and so has every cell above
it; one that keeps fewer has kept them all. Either way the count of distinct persons, up to the
threshold, is exact at every level and period, though no list of persons is ever whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Count
from etl.contributions import BAND, BANDS, PERSON

COUNTS: Final = pl.Enum([name for name, each in MEASURES.items() if isinstance(each, Count)])
COUNTED: Final = "counted"
"""The column that names the count of persons which a person is one of."""


def nameless(count: str) -> str:
    """The column of a count's appeals whose person is not known: each is a person of its own."""
    return f"nameless__{count}"


@dataclass(frozen=True)
class Partial:
    """``sums``: keys, measures, bands, ``nameless__<count>``; ``people``: keys, ``counted``,
    ``person``, for each count of persons.

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
        numbered = placed.with_columns(pl.col(PERSON).struct.field(table.dated_by).alias(PERSON))
        unknown = pl.col(PERSON).is_null()
        without = {nameless(each): pl.when(unknown).then(each).otherwise(0) for each in personal}
        counted = numbered.with_columns(**without)
        sums = counted.group_by(*table.keys).agg(pl.col(*names, *without).sum().cast(pl.Int64))
        if BAND in placed.columns:
            sums = sums.join(_in_bands(placed, table), on=table.keys, how="left")
        people = pl.concat(
            numbered.filter(pl.col(each) > 0).select(
                *table.keys, pl.lit(each, COUNTS).alias(COUNTED), PERSON
            )
            for each in personal
        )
        return Partial(sums, _some(people, table, threshold))


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
    named = people.filter(pl.col(PERSON).is_not_null())
    return named.group_by(*table.keys, COUNTED).agg(few).explode(PERSON)


def merged(parts: Sequence[Partial], table: Table, threshold: int) -> Partial:
    """Partials of different appeals as one."""
    sums = pl.concat(part.sums for part in parts).group_by(*table.keys).agg(pl.all().sum())
    return Partial(sums, _some(pl.concat(part.people for part in parts), table, threshold))
