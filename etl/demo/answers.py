"""When a body answers, by its true parameters, and what may be seen of it at the end.

``latent_days`` keeps the days from registration to the answer as they would be known to someone
who could wait for ever; the answer itself is unknown when it lies after the end of the source.
"""

from functools import cache
from typing import Final

import polars as pl

from etl.demo import assumptions as a
from etl.demo.bodies import Bodies
from etl.demo.chance import below, happens, uniform
from etl.demo.days import DAY, END, HOUR, LAST_DAY, OPENS, day_of, of_day
from etl.demo.themes import by_theme

NEVER: Final = 9999
"""``latent_days`` of an appeal that is never answered."""
NEVER_IF_LATE: Final = 0.08

_BINS = 1024
_SHAPES = (0.6, 0.85, 1.1, 1.5, 2.2)
_MINUTE = 60


def answered(appeals: pl.DataFrame, bodies: Bodies) -> pl.DataFrame:
    """Adds ``answered`` (moment), ``latent_days``, ``on_time``, ``extended_until`` (day)."""
    return (
        appeals.with_columns(on_time=happens(_probability(bodies), "on time"))
        .with_columns(
            at_once=pl.col("on_time") & happens(bodies.of("closed_within_an_hour"), "at once"),
            at_the_end=pl.col("on_time") & happens(bodies.of("heaping"), "at the end"),
            never=~pl.col("on_time") & happens(NEVER_IF_LATE, "never"),
            extended=~pl.col("on_time")
            & (pl.col("due") < LAST_DAY)
            & happens(bodies.of("extension"), "extended"),
        )
        .with_columns(answer_day=_answer_day(bodies))
        .with_columns(answer=_answer_moment())
        .with_columns(
            latent_days=pl.when("never")
            .then(NEVER)
            .otherwise(day_of(pl.col("answer")) - pl.col("start")),
            answered=pl.when(~pl.col("never") & (pl.col("answer") <= END)).then("answer"),
            extended_until=pl.when("extended").then(of_day("month_later", pl.col("due"))),
        )
        .with_columns(forwarded=_not_after_the_answer())
        .drop("never", "answer_day", "answer", "extended")
    )


def _probability(bodies: Bodies) -> pl.Expr:
    """The body's own, moved by the theme and the year, kept within reason."""
    year = of_day("month", pl.col("start")) // 12
    ease = by_theme(a.EASE_OF_THEME, 0.0) + pl.lit(pl.Series(a.EASE_OF_YEAR)).gather(year)
    return (bodies.of("on_time") + ease).clip(0.02, 0.99)


def _answer_day(bodies: Bodies) -> pl.Expr:
    """Within the term by the body's speed, or after it; a day off gives way to a working day.

    Answers in time move back and late ones forward, so moving never changes which they are.
    """
    start, due = pl.col("start"), pl.col("due")
    within = start + (_share_of_term(bodies) * (due - start + 1)).floor().cast(pl.Int64)
    back = pl.max_horizontal(start, of_day("before", within))
    shut = ~of_day("working", within) & (within - start >= 3)
    honest = pl.when(shut).then(back).otherwise(within)
    heaped = pl.max_horizontal(start, due - below(2, "last days"))
    late = due + 1 + _days_late()
    after = pl.when(of_day("working", late)).then(late).otherwise(of_day("after", late))
    return (
        pl.when("at_once")
        .then(start)
        .when("at_the_end")
        .then(heaped)
        .when("on_time")
        .then(honest)
        .otherwise(after)
    )


def _share_of_term(bodies: Bodies) -> pl.Expr:
    """The share of the term that passes: a power of chance, higher for quicker bodies."""
    position = bodies.of("speed") * _BINS + below(_BINS, "share of term")
    return pl.lit(_powers()).gather(position)


@cache
def _powers() -> pl.Series:
    """For each speed the shares at so many even steps of chance."""
    return pl.Series(
        [round(((i + 0.5) / _BINS) ** shape, 6) for shape in _SHAPES for i in range(_BINS)]
    )


def _days_late() -> pl.Expr:
    """A long tail: half within four days, one in ten over four weeks, at most 240 days.

    With an extension most answers come within it.
    """
    days = pl.lit(_tail()).gather(below(_BINS, "days late"))
    return pl.when(pl.col("extended") & (days > 28)).then(28).otherwise(days)


@cache
def _tail() -> pl.Series:
    return pl.Series(
        [min(240, round(7 * ((1 - (i + 0.5) / _BINS) ** -0.7 - 1))) for i in range(_BINS)]
    )


def _answer_moment() -> pl.Expr:
    """In office hours; on the day of registration after it, and within the hour if at once."""
    registered = pl.col("registered")
    hours = pl.col("answer_day") * DAY + OPENS + below(9 * HOUR, "answer time")
    later_today = (
        registered + 2 * _MINUTE + (uniform("answer time") * (4 * HOUR)).floor().cast(pl.Int64)
    )
    at_once = registered + 2 * _MINUTE + below(57 * _MINUTE, "answer time")
    same_day = pl.col("answer_day") == pl.col("start")
    return pl.when("at_once").then(at_once).when(same_day).then(later_today).otherwise(hours)


def _not_after_the_answer() -> pl.Expr:
    """An appeal reaches the body before the body answers it."""
    soon = pl.col("registered") + _MINUTE
    before = (pl.col("forwarded") < pl.col("answered")).fill_null(value=False)
    unlikely = pl.col("answered").is_not_null() & ~before
    return pl.when(unlikely).then(soon).otherwise("forwarded")
