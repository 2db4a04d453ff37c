"""Appeals that come again: the same person, body and theme, within twelve months of the first."""

from collections import defaultdict
from typing import Final

import polars as pl

from etl.demo import assumptions as a
from etl.demo.appeals import CARRIED, PROPOSAL
from etl.demo.bodies import Bodies
from etl.demo.chance import below, happens, uniform
from etl.demo.days import LAST_DAY, Month, day_of, of_day
from etl.demo.outcomes import by_outcome

_PATIENCE = 20
"""Days after which someone who got no answer writes again, at the earliest."""
_A_YEAR = 365
_LARGEST_SHARE: Final = 0.4
"""Repeats of a month at most, so that each month has room for fresh appeals."""


class Repeats:
    """The repeats to come, by the month in which they will arrive."""

    def __init__(self) -> None:
        self._coming: dict[int, list[pl.DataFrame]] = defaultdict(list)

    def due_in(self, month: Month, appeals: int) -> pl.DataFrame:
        """The repeats of a month of so many appeals."""
        coming = self._coming.pop(month.number, [])
        if not coming:
            return pl.DataFrame(schema=_SCHEMA)
        return pl.concat(coming).head(int(appeals * _LARGEST_SHARE))

    def expect(self, appeals: pl.DataFrame, bodies: Bodies, month: Month) -> None:
        """Decides which appeals of a month will come again, and when."""
        again = appeals.filter(_comes_again(bodies)).with_columns(
            day=_when(month), original=pl.col("appeal_id")
        )
        within = (pl.col("day") <= LAST_DAY) & (
            pl.col("day") - day_of(pl.col("received")) <= _A_YEAR
        )
        coming = again.filter(within).with_columns(month=of_day("month", pl.col("day")))
        for (number,), rows in coming.partition_by(
            "month", as_dict=True, maintain_order=True
        ).items():
            # 1 November 2019 belongs to the last month of receipt.
            self._coming[min(int(str(number)), 33)].append(rows.select(CARRIED))


_SCHEMA: Final = {
    **dict.fromkeys(CARRIED, pl.Int64()),
    "key": pl.UInt64(),
    **dict.fromkeys(("anonymous", "legal", "collective", "woman"), pl.Boolean()),
    "original": pl.String(),
}


def _comes_again(bodies: Bodies) -> pl.Expr:
    factor = by_outcome(a.REPEAT_BY_OUTCOME).fill_null(a.REPEAT_UNANSWERED)
    may = (pl.col("kind") != PROPOSAL) & ~pl.col("anonymous")
    chance = pl.when("hollow").then(a.REPEAT_AFTER_HOLLOW).otherwise(bodies.of("repeat") * factor)
    return may & happens(chance, "comes again")


def _when(month: Month) -> pl.Expr:
    """Days to months after the answer, sooner more often, and not before the next month begins;
    within weeks of an answer that settled nothing."""
    from_day = pl.coalesce(day_of(pl.col("answered")), pl.col("start") + _PATIENCE)
    day = (
        from_day
        + 2
        + (uniform("again after") * uniform("again after, too") * 150).floor().cast(pl.Int64)
    )
    next_month = month.first_day + month.days
    soon = pl.max_horizontal(from_day + 2 + below(26, "again soon"), next_month)
    later = pl.when(day < next_month).then(day + 31).otherwise(day)
    return pl.when("hollow").then(soon).otherwise(later)
