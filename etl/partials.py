"""Partial tables: sums that add, and for each cell as many of its persons as the threshold asks.

A cell that keeps ``threshold`` different persons has at least so many, and so has every cell above
it; one that keeps fewer has kept them all. Either way the count of distinct persons, up to the
threshold, is exact at every level and period, though no list of persons is ever whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.datasets import Table
from etl.contributions import PERSON

NAMELESS = "nameless"
"""Appeals whose person is not known: each counts as a person of its own."""


@dataclass(frozen=True)
class Partial:
    """``sums``: keys, measures, bands, ``nameless``; ``people``: keys and ``person``.

    ``period`` is the number of a period at the table's finest grain (``etl/calendar.py``).
    """

    sums: pl.DataFrame
    people: pl.DataFrame

    @staticmethod
    def of_appeals(
        placed: pl.DataFrame, table: Table, names: tuple[str, ...], threshold: int
    ) -> "Partial":
        """Counts appeals that have the table's keys, the named columns and ``person``.

        ``person`` is a struct: of its numbers the one of the date that the table goes by is
        counted, so that all appeals of a cell are told apart under the key of one year.
        """
        numbered = placed.with_columns(pl.col(PERSON).struct.field(table.dated_by).alias(PERSON))
        nameless = pl.col(PERSON).is_null().cast(pl.UInt32).alias(NAMELESS)
        counted = numbered.with_columns(nameless)
        sums = counted.group_by(*table.keys).agg(pl.col(*names, NAMELESS).sum().cast(pl.Int64))
        return Partial(sums, _some(numbered.select(*table.keys, PERSON), table, threshold))


def _some(people: pl.DataFrame, table: Table, threshold: int) -> pl.DataFrame:
    """The ``threshold`` smallest different persons of each cell."""
    few = pl.col(PERSON).unique().bottom_k(threshold)
    named = people.filter(pl.col(PERSON).is_not_null())
    return named.group_by(*table.keys).agg(few).explode(PERSON)


def merged(parts: Sequence[Partial], table: Table, threshold: int) -> Partial:
    """Partials of different appeals as one."""
    sums = pl.concat(part.sums for part in parts).group_by(*table.keys).agg(pl.all().sum())
    return Partial(sums, _some(pl.concat(part.people for part in parts), table, threshold))
