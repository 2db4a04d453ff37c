"""The calendar as tables by day number, day 0 being 1 January 2017, and moments as seconds.

A moment is a local Tashkent time in seconds since the start of day 0. Tashkent has had no summer
time since 1992, so local days always have 86,400 seconds.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import polars as pl

from etl.demo.reference import read

FIRST = date(2017, 1, 1)
LAST = date(2019, 11, 1)
LAST_DAY = (LAST - FIRST).days
END = (LAST_DAY + 1) * 86400 - 1
"""The last moment that the source knows of."""
DAY = 86400
HOUR = 3600
OPENS = 9 * HOUR
CLOSES = 18 * HOUR

_HORIZON = 1500


@dataclass(frozen=True)
class Month:
    """A month of receipt. The last one takes in 1 November 2019, where the source ends."""

    number: int
    name: str
    first_day: int
    days: int

    @property
    def calendar_month(self) -> int:
        return int(self.name[5:])


@cache
def months() -> tuple[Month, ...]:
    """The 34 months from January 2017 to October 2019."""
    starts = [date(2017 + i // 12, i % 12 + 1, 1) for i in range(34)]
    ends = [*starts[1:], LAST + timedelta(days=1)]
    return tuple(
        Month(i, f"{start:%Y-%m}", (start - FIRST).days, (end - start).days)
        for i, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


@cache
def table() -> pl.DataFrame:
    """One row a day: ``text``, ``month`` (0 = January 2017), ``weekday`` (1 = Monday), ``working``,
    the nearest working day ``after`` it and ``before`` it, and the same date a month later
    (``month_later``, at the end of a shorter month its last day)."""
    moved = read("calendar_uz").select(pl.col("date").str.to_date(), "kind")
    day = pl.col("date")
    base = (
        pl.DataFrame(
            {"date": pl.date_range(FIRST, FIRST + timedelta(days=_HORIZON - 1), eager=True)}
        )
        .join(moved, on="date", how="left", maintain_order="left")
        .with_row_index("day")
        .with_columns(
            working=pl.when(pl.col("kind") == "holiday")
            .then(statement=False)
            .when(pl.col("kind") == "working_weekend")
            .then(statement=True)
            .otherwise(day.dt.weekday() <= 5),
        )
    )
    own = pl.when("working").then(pl.col("day").cast(pl.Int64))
    return base.select(
        text=day.dt.strftime("%Y-%m-%d"),
        month=(day.dt.year().cast(pl.Int64) - 2017) * 12 + day.dt.month() - 1,
        weekday=day.dt.weekday(),
        working="working",
        after=own.shift(-1).backward_fill(),
        before=own.shift(1).forward_fill().fill_null(0),
        month_later=(day.dt.offset_by("1mo") - pl.lit(FIRST)).dt.total_days(),
    )


def of_day(column: str, day: pl.Expr) -> pl.Expr:
    """A column of the table of days, looked up by day number."""
    return pl.lit(table()[column]).gather(day)


@cache
def _times() -> pl.Series:
    texts = [f" {s // HOUR:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(DAY)]
    return pl.Series(texts)


def day_of(moment: pl.Expr) -> pl.Expr:
    return moment // DAY


def moment_text(moment: pl.Expr) -> pl.Expr:
    """``YYYY-MM-DD HH:MM:SS``; null stays null."""
    return pl.concat_str(of_day("text", day_of(moment)), pl.lit(_times()).gather(moment % DAY))
