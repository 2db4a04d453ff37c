"""Which of several statuses decides: the one that says most about why a value is missing."""

from collections.abc import Iterable

import polars as pl

from data.statuses import BY_GRAVITY, NORMAL


def gravest(columns: Iterable[str]) -> pl.Expr:
    """Of several status columns, the one that says most about why a value is missing."""
    given = [pl.col(column) for column in columns]
    chosen = pl.lit(NORMAL.code)
    for status in reversed(BY_GRAVITY):
        chosen = (
            pl.when(pl.any_horizontal(column == status.code for column in given))
            .then(pl.lit(status.code))
            .otherwise(chosen)
        )
    return chosen
