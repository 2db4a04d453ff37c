"""Forecasts of monthly counts by a trend and the course of a year, with limits."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from etl.estimators.arrays import Booleans, Floats, Integers, Limits
from etl.estimators.loglinear import log_linear, spread_of_counts, waves

_YEAR: Final = 12


@dataclass(frozen=True, eq=False)
class Ahead:
    """Of each series (rows) and month to come (columns): the expected count and the standard error
    of its logarithm; ``t_values`` are those of each series by confidence. NaN without a fit."""

    expected: Floats
    spread: Floats
    t_values: dict[float, Floats]

    def limits(self, confidence: float) -> Limits:
        """Within which a month's count is expected."""
        reach = self.t_values[confidence][:, None] * self.spread
        return Limits(self.expected * np.exp(-reach), self.expected * np.exp(reach))


def seasonal_trend(
    counts: Floats,
    known: Booleans,
    months: Integers,
    days: Floats,
    *,
    wave_pairs: int,
    confidences: tuple[float, ...],
) -> Ahead:
    """Forecasts each series beyond its last month.

    ``counts`` and ``known`` are series x months seen; ``months`` numbers these and the months to
    come, with each January a multiple of 12, and ``days`` is how long they are. A log-linear
    quasi-Poisson regression with a trend and ``wave_pairs``; limits take in chance, what is not
    known of the coefficients, and how far neighbouring months hang together.

    Sources: McCullagh & Nelder, Generalized Linear Models; Harvey 1989, Forecasting, Structural
    Time Series Models and the Kalman Filter (trigonometric seasons).
    """
    seen = counts.shape[1]
    trend = (months - months[seen - 1]) / _YEAR
    columns = np.column_stack([np.ones(len(months)), trend, waves(months, wave_pairs)])
    design = np.broadcast_to(columns, (len(counts), *columns.shape))
    exposure = np.broadcast_to(days, (len(counts), len(days)))
    fit = log_linear(counts, design[:, :seen], exposure[:, :seen], known)
    to_come = design[:, seen:]
    expected = exposure[:, seen:] * np.exp(np.einsum("sti,si->st", to_come, fit.coefficients))
    return Ahead(
        expected,
        spread_of_counts(fit, to_come, expected),
        {each: fit.t_values(each) for each in confidences},
    )
