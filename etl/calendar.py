"""Periods as running numbers, so that a coarser period is a division away."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from data.datasets import Grain

A_YEAR: Final[Mapping[Grain, int]] = {"month": 12, "quarter": 4, "year": 1}
"""How many periods of a grain there are in a year."""


def number_at(day: pl.Expr, grain: Grain) -> pl.Expr:
    """The number of the period that a date falls into: periods since the year 0."""
    month = day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1
    return month * A_YEAR[grain] // 12


def numbers_between(first: date, last: date, grain: Grain) -> range:
    """The numbers of all periods from one day to another."""
    low, high = ((day.year * 12 + day.month - 1) * A_YEAR[grain] // 12 for day in (first, last))
    return range(low, high + 1)


def codes_between(first: date, last: date, grain: Grain) -> list[str]:
    """The codes of all periods from one day to another, the ones at both ends included."""
    numbers = pl.DataFrame({"number": numbers_between(first, last, grain)})
    return numbers.select(code(pl.col("number"), grain)).to_series().to_list()


def coarsened(number: pl.Expr, fine: Grain, coarse: Grain) -> pl.Expr:
    """The number of the longer period that a shorter one lies in."""
    return number * A_YEAR[coarse] // A_YEAR[fine]


def code(number: pl.Expr, grain: Grain) -> pl.Expr:
    """The code of a period: ``2019``, ``2019-Q3``, ``2019-09``."""
    year = (number // A_YEAR[grain]).cast(pl.String).str.zfill(4)
    part = (number % A_YEAR[grain] + 1).cast(pl.String)
    if grain == "year":
        return year
    separator, width = ("-Q", 1) if grain == "quarter" else ("-", 2)
    return pl.concat_str(year, pl.lit(separator), part.str.zfill(width))
