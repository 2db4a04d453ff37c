"""Quantiles from day bands, in whole numbers: tenths of a day, the same on every machine.

An answer after ``d`` days lies somewhere from half a day before to half a day after; a band of
days is the span of its days, and answers are spread evenly over it. The last band has no end, and
everything in it counts at its beginning.
"""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl

from data.measures import DAY_BANDS

TENTHS = 10
HALF_A_DAY = TENTHS // 2


def quantile(bands: pl.DataFrame, q: float) -> pl.Series:
    """The quantile of each row in tenths of a day, null where all bands are 0.

    ``bands`` has the counts of a row in each band, one column a band, in the order of days.
    """
    share = Fraction(q).limit_denominator(100)
    counts = bands.to_numpy().astype(np.int64)
    rows = np.arange(len(counts))
    reached = np.cumsum(counts, axis=1)
    # How far into each band the quantile lies, in answers times the share's denominator.
    into = share.numerator * reached[:, -1:] - share.denominator * (reached - counts)
    band = np.argmax((counts > 0) & (into <= share.denominator * counts), axis=1)
    starts, widths = (np.array(column, dtype=np.int64) for column in zip(*_spans(), strict=True))
    answers = np.maximum(1, share.denominator * counts[rows, band])
    # To the nearest whole tenth, halves upward.
    within = (2 * widths[band] * into[rows, band] + answers) // (2 * answers)
    found = pl.Series(starts[band] + within)
    return pl.select(pl.when(pl.Series(reached[:, -1] > 0)).then(found)).to_series()


def _spans() -> list[tuple[int, int]]:
    """Beginning and width of each band in tenths of a day."""
    starts = [max(0, first * TENTHS - HALF_A_DAY) for first in DAY_BANDS]
    closed = [(low, high - low) for low, high in pairwise(starts)]
    return [*closed, (starts[-1] + HALF_A_DAY, 0)]
