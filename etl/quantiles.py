"""Quantiles from day bands, in whole numbers: tenths of a day, the same on every machine.

An answer after ``d`` days lies somewhere from half a day before to half a day after; a band of
days is the span of its days, and answers are spread evenly over it. The last band has no end, and
everything in it counts at its beginning.
"""

from fractions import Fraction
from itertools import pairwise

import polars as pl

from data.measures import DAY_BANDS

TENTHS = 10
HALF_A_DAY = TENTHS // 2


def quantile(bands: tuple[str, ...], q: float) -> pl.Expr:
    """The quantile in tenths of a day from the columns of band counts; null when all are 0."""
    share = Fraction(q).limit_denominator(100)
    counts = [pl.col(band) for band in bands]
    total = pl.sum_horizontal(counts)
    reached = pl.lit(0, pl.Int64)
    found = pl.lit(None, pl.Int64)
    steps = []
    for count, (low, width) in zip(counts, _spans(), strict=True):
        # How far into the band the quantile lies, over the share's denominator.
        into = share.numerator * total - share.denominator * reached
        inside = (count > 0) & (into <= share.denominator * count)
        steps.append((inside, low + _rounded(width * into, share.denominator * count)))
        reached = reached + count
    for inside, value in reversed(steps):
        found = pl.when(inside).then(value).otherwise(found)
    return pl.when(total > 0).then(found).cast(pl.Int64)


def _spans() -> list[tuple[int, int]]:
    """Beginning and width of each band in tenths of a day."""
    starts = [max(0, first * TENTHS - HALF_A_DAY) for first in DAY_BANDS]
    closed = [(low, high - low) for low, high in pairwise(starts)]
    return [*closed, (starts[-1] + HALF_A_DAY, 0)]


def _rounded(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Division of whole numbers to the nearest, halves upward; 0 where the denominator is 0."""
    safe = pl.when(denominator > 0).then(denominator).otherwise(1)
    return (2 * numerator + safe) // (2 * safe)
