"""Periods as codes: ``2019``, ``2019-Q3``, ``2019-09``. They sort as they read."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from data.datasets import Grain
from data.errors import QueryError

PATTERNS: Final[Mapping[Grain, str]] = {
    "year": r"^\d{4}$",
    "quarter": r"^\d{4}-Q[1-4]$",
    "month": r"^\d{4}-\d{2}$",
}
"""Regular expression that the codes of a grain match."""


def grain_of(period: str) -> Grain:
    """The grain that a period code belongs to."""
    for grain, pattern in PATTERNS.items():
        if re.match(pattern, period):
            return grain
    raise QueryError(
        "Unknown period", f"'{period[:20]}' is no period.", "Use 2019, 2019-Q3 or 2019-09."
    )


def coarser(period: str) -> str | None:
    """The code of the next longer period that a period lies in; None for a year."""
    grain = grain_of(period)
    if grain == "year":
        return None
    return period[:4] if grain == "quarter" else f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"


def around(period: str) -> tuple[str, ...]:
    """The codes of the longer periods that a period lies in, the next one first."""
    up = coarser(period)
    return (up, *around(up)) if up else ()


def period_at(day: pl.Expr, grain: Grain) -> pl.Expr:
    """The code of the period that a date falls into, at a grain."""
    year = day.dt.year().cast(pl.String)
    if grain == "year":
        return year
    if grain == "quarter":
        return pl.concat_str(year, pl.lit("-Q"), day.dt.quarter().cast(pl.String))
    return day.dt.strftime("%Y-%m")


def first_month(period: str) -> str:
    """The code of the first month of a period."""
    grain = grain_of(period)
    if grain == "month":
        return period
    return f"{period[:4]}-{1 if grain == 'year' else 3 * int(period[-1]) - 2:02}"


def last_day(period: str) -> date:
    """The last day of a period."""
    year = int(period[:4])
    if grain_of(period) == "year":
        return date(year, 12, 31)
    month = int(period[-1]) * 3 if "Q" in period else int(period[-2:])
    return date(year, month, monthrange(year, month)[1])
