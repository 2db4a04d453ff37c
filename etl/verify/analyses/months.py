"""Months as the verifier counts them, from the manifest and the tables alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.dimensions import TOTAL
from data.manifest import Manifest
from etl.verify.opened import Opened, periods

THEMES: Final = "region_by_theme"
LATEST_BEGIN: Final = 7
"""The day of a month after which data that begin do not have the whole of it."""


def distance(month: str, other: str) -> int:
    """Months from ``other`` to ``month``."""
    return 12 * (int(month[:4]) - int(other[:4])) + int(month[5:7]) - int(other[5:7])


def whole_months(described: Manifest) -> list[str]:
    """The months that the data cover from their first week to their last day."""
    first, last = (date.fromisoformat(day) for day in (described.first_day, described.as_of))
    codes = periods(first, last, "month")
    begin = 1 if first.day > LATEST_BEGIN else 0
    ends_whole = (last + timedelta(days=1)).day == 1
    return codes[begin:] if ends_whole else codes[begin:-1]


def national_months(release: Opened, months: Sequence[str]) -> dict[str, dict[str, int]]:
    """The published monthly counts of the whole country by theme."""
    frame = release.tables[THEMES].filter(
        pl.col("period").is_in(list(months)), pl.col("received").is_not_null()
    )
    if "area" in frame.columns:
        frame = frame.filter(pl.col("area") == TOTAL)
    found: dict[str, dict[str, int]] = {}
    for theme, month, count in frame.select("theme", "period", "received").iter_rows():
        found.setdefault(theme, {})[month] = count
    return found
