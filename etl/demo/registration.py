"""The way in: when an appeal is registered, when it reaches the body, and when it falls due."""

from functools import cache

import polars as pl

from etl.demo import assumptions as a
from etl.demo.appeals import PROPOSAL
from etl.demo.bodies import Bodies
from etl.demo.chance import Choice, below, choice, happens
from etl.demo.days import CLOSES, DAY, END, HOUR, LAST_DAY, OPENS, day_of, of_day

TERM_DAYS = 15
_MINUTE = 60

_HONEST_HOPS = (72, 22, 5, 1, 0, 0, 0)
_DISPATCHER_HOPS = (20, 25, 25, 15, 10, 4, 1)


def registered(appeals: pl.DataFrame, bodies: Bodies) -> pl.DataFrame:
    """Adds ``registered``, ``forwarded``, ``hops``, ``extra_study``, and the term: ``start`` and
    ``due`` as day numbers."""
    return (
        appeals.with_columns(registered=_registered())
        .with_columns(
            start=day_of(pl.col("registered")),
            extra_study=(pl.col("kind") != PROPOSAL) & happens(a.EXTRA_STUDY, "extra study"),
        )
        .with_columns(due=_due(), forwarded=_forwarded(), hops=_hops(bodies))
    )


def _registered() -> pl.Expr:
    """At once in working hours, else when the office next opens; a few are registered late."""
    received = pl.col("received")
    day, time = day_of(received), received % DAY
    closing = day * DAY + CLOSES - 1
    soon = pl.min_horizontal(received + 5 * _MINUTE + below(85 * _MINUTE, "registered"), closing)
    is_open = of_day("working", day) & (time < CLOSES)
    opening = pl.when(is_open).then(day).otherwise(of_day("after", day))
    at_opening = opening * DAY + OPENS + below(2 * HOUR, "registered")
    prompt = pl.when(is_open & (time >= OPENS)).then(soon).otherwise(at_opening)
    late = of_day("after", day_of(prompt)) * DAY + OPENS + below(8 * HOUR, "late registration")
    is_late = happens(a.LATE_REGISTRATION, "is late") & (day_of(late) <= LAST_DAY)
    return pl.when(is_late).then(late).otherwise(prompt)


def _due() -> pl.Expr:
    """The last day of the original term: 15 days, or a month for proposals and extra study."""
    a_month = pl.col("extra_study") | (pl.col("kind") == PROPOSAL)
    later = of_day("month_later", pl.col("start"))
    return pl.when(a_month).then(later).otherwise(pl.col("start") + TERM_DAYS)


def _forwarded() -> pl.Expr:
    """Within the five days that the law gives, but for two in a hundred; null if still to come."""
    days = (
        pl.when(happens(0.02, "forwarded late"))
        .then(6 + below(9, "late days"))
        .otherwise(below(5, "forwarding days"))
    )
    same_day = pl.col("registered") + _MINUTE + below(50 * _MINUTE, "forwarded at")
    next_days = (pl.col("start") + days) * DAY + OPENS + below(8 * HOUR, "forwarded at")
    moment = pl.when(days == 0).then(same_day).otherwise(next_days)
    return pl.when(moment <= END).then(moment)


@cache
def _numbers_of_hops() -> Choice:
    return choice([_HONEST_HOPS, _DISPATCHER_HOPS], 12)


def _hops(bodies: Bodies) -> pl.Expr:
    return _numbers_of_hops().drawn("hops", bodies.of("dispatches"))
