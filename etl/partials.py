"""Partial tables: sums and people, which add, and sketches, which merge, at the finest codes and
periods of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.datasets import Table
from etl import people
from etl.contributions import BAND, BANDS, NAMELESS
from etl.estimators import distinct
from etl.people import People


@dataclass(frozen=True)
class Partial:
    """``sums``: keys, measures, bands; ``people``: who wrote what they count; ``sketches`` of all
    who are known (``etl/estimators/distinct.py``), empty where the table does not tell how many.

    ``period`` is the number of a period at the table's finest grain (``etl/calendar.py``).
    """

    sums: pl.DataFrame
    people: People
    sketches: pl.DataFrame


def sums(placed: pl.DataFrame, table: Table, names: tuple[str, ...]) -> pl.DataFrame:
    """The named columns of appeals and the ``nameless`` ones, summed by the table's keys, and, if
    the table tells response times, how many appeals are in each ``band``."""
    found = placed.group_by(*table.keys).agg(pl.col(*names, NAMELESS).sum().cast(pl.Int64))
    if BAND in placed.columns:
        found = found.join(_in_bands(placed, table), on=table.keys, how="left")
    return found


def _in_bands(placed: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The appeals of each cell in each day band, a column a band."""
    counted = placed.group_by(*table.keys, BAND).len("appeals")
    return counted.group_by(*table.keys).agg(
        pl.col("appeals").filter(pl.col(BAND) == place).sum().cast(pl.Int64).alias(name)
        for place, name in enumerate(BANDS)
    )


def merged(parts: Sequence[Partial], table: Table, threshold: int) -> Partial:
    """Partials of different appeals as one."""
    added = pl.concat(part.sums for part in parts).group_by(*table.keys).agg(pl.all().sum())
    wrote = people.merged([part.people for part in parts], table.keys, threshold)
    return Partial(added, wrote, distinct.merged([part.sketches for part in parts], table.keys))
