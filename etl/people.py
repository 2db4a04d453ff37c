"""People: who wrote what a cell counts, as far as the gate has to know it.

Of each cell as many different persons are kept as the threshold asks. One that keeps so many has at
least so many, and so has every cell above it; one that keeps fewer has kept them all. Either way
the count of distinct persons, up to the threshold, is exact at every level and period, though no
list of persons is ever whole.

Of those who wrote often all appeals are counted. Where one of enough persons wrote more than all
the others together, that one wrote often: at least as many appeals as the threshold asks persons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from data.measures import MEASURES, Count
from etl.complements import is_sensitive, without
from etl.contributions import OFTEN, PERSON, PERSON_OF

_COUNTS: Final = [name for name, each in MEASURES.items() if isinstance(each, Count)]
COUNTS: Final = pl.Enum([*_COUNTS, *map(without, _COUNTS)])
COUNTED: Final = "counted"
"""The column that names the count of persons which a person is one of, or what it leaves."""
MOST: Final = "most"
"""The column with the appeals of whoever wrote most, of those who wrote often; 0 if none did."""


@dataclass(frozen=True)
class People:
    """``some``: keys, ``counted``, ``person``; ``frequent``, of those who wrote often: the same,
    and ``appeals``. For each count of persons and each complement (``etl/complements.py``)."""

    some: pl.DataFrame
    frequent: pl.DataFrame

    def at(self, keys: Sequence[pl.Expr], names: Sequence[str], threshold: int) -> pl.DataFrame:
        """For the cells of some ``keys``, with these ``names``, above the finest ones: ``counted``,
        ``person`` (how many distinct ones, at most ``threshold``) and ``most``."""
        cell = [*names, COUNTED]
        distinct = pl.col(PERSON).n_unique().clip(upper_bound=threshold).cast(pl.Int64)
        persons = self.some.with_columns(keys).group_by(cell).agg(distinct)
        wrote = self.frequent.with_columns(keys).group_by(*cell, PERSON).agg(pl.sum("appeals"))
        most = wrote.group_by(cell).agg(pl.max("appeals").cast(pl.Int64).alias(MOST))
        return persons.join(most, on=cell, how="left").with_columns(pl.col(MOST).fill_null(0))


def people(
    placed: pl.DataFrame,
    keys: Sequence[str],
    of: Mapping[str, pl.Expr],
    column: tuple[str, pl.Enum],
    threshold: int,
) -> People:
    """Those of appeals that have the keys, ``person`` and ``often``: for what is counted (or left),
    named in a ``column`` beside the keys, the appeals that are in it."""
    name, kind = column
    each_once = placed.group_by(*keys, PERSON).agg(holds.any().alias(c) for c, holds in of.items())
    some = each_once.group_by(*keys).agg(
        pl.col(PERSON).filter(pl.col(counted)).head(threshold).alias(counted) for counted in of
    )
    listed = some.unpivot(index=list(keys), variable_name=name, value_name=PERSON)
    often = placed.filter(OFTEN)
    frequent = pl.concat(
        often.filter(holds).select(*keys, pl.lit(counted, kind).alias(name), PERSON)
        for counted, holds in of.items()
    )
    return People(
        listed.with_columns(pl.col(name).cast(kind)).explode(PERSON).drop_nulls(PERSON),
        frequent.group_by(*keys, name, PERSON).len("appeals"),
    )


def counted_and_left(personal: Sequence[str]) -> dict[str, pl.Expr]:
    """By count of persons the appeals that it counts, and by sensitive one those that it leaves."""
    counted = {each: pl.col(each) > 0 for each in personal}
    return counted | {without(each): pl.col(each) == 0 for each in personal if is_sensitive(each)}


def listed(parts: Iterable[People], columns: Sequence[str]) -> People:
    """People of different cells in one list."""
    parts = list(parts)
    return People(
        pl.concat(part.some.select(*columns, PERSON) for part in parts),
        pl.concat(part.frequent.select(*columns, PERSON, "appeals") for part in parts),
    )


def merged(parts: Sequence[People], keys: Sequence[str], threshold: int) -> People:
    """People of different appeals as one."""
    cell = [*keys, COUNTED]
    every, few = listed(parts, cell), pl.col(PERSON).unique().bottom_k(threshold)
    return People(
        every.some.group_by(cell).agg(few).explode(PERSON),
        every.frequent.group_by(*cell, PERSON).agg(pl.sum("appeals")),
    )


def who_wrote_often(months: list[Path], threshold: int) -> dict[str, pl.Series]:
    """By date that tables go by, the numbers of those with so many appeals in one year."""
    appeals = pl.scan_parquet(months)
    often = {
        number: appeals.select(number)
        .drop_nulls()
        .group_by(number)
        .len()
        .filter(pl.col("len") >= threshold)
        .collect(engine="streaming")[number]
        for number in dict.fromkeys(PERSON_OF.values())
    }
    return {day: often[number] for day, number in PERSON_OF.items()}
