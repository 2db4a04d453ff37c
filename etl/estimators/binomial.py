"""The chances of counts under a binomial or beta-binomial distribution, exact, without tables.

Each chance is the one before it times a simple ratio, so that no gamma function is needed. Where
rates truly differ from agency to agency by the variance ``tau_squared``, a count is beta-binomial.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from etl.estimators.arrays import EstimateError, Floats

_REACH = 12.0
"""Standard deviations on either side beyond which a binomial chance is below 1e-30 ..."""
_MARGIN = 30
"""... together with so many counts more, for rates near 0 and 1."""
_KEPT: Final = 256
"""Distributions that are kept: two funnels and a p-value ask for the same ones, in turn."""


@dataclass(frozen=True, eq=False)
class CountDistribution:
    """The chances of at most, and of at least, each count from ``first`` on."""

    first: int
    at_most: Floats
    at_least: Floats

    def chance_of_at_most(self, count: int) -> float:
        position = count - self.first
        return 0.0 if position < 0 else float(self.at_most[min(position, len(self.at_most) - 1)])

    def chance_of_at_least(self, count: int) -> float:
        position = count - self.first
        return 0.0 if position >= len(self.at_least) else float(self.at_least[max(position, 0)])


@lru_cache(maxsize=_KEPT)
def count_distribution(trials: int, rate: float, tau_squared: float = 0.0) -> CountDistribution:
    """Binomial, or beta-binomial with mean ``rate`` when rates vary by ``tau_squared`` (> 0).

    ``tau_squared`` is a variance of rates between 0 and 1, below ``rate * (1 - rate)``.

    Source: Johnson, Kemp & Kotz, Univariate Discrete Distributions (recurrences).
    """
    if not 0 <= tau_squared < rate * (1 - rate):
        raise EstimateError(
            "Not a variance of rates",
            f"{tau_squared} cannot be the variance of rates whose mean is {rate}.",
            "Give a variance below rate x (1 - rate).",
        )
    first, last = _range(trials, rate) if tau_squared == 0 else (0, trials)
    counts = np.arange(first, last, dtype=np.float64)
    ratios = (trials - counts) / (counts + 1) * _odds(counts, trials, rate, tau_squared)
    logs = np.concatenate([[0.0], np.cumsum(np.log(ratios))])
    weights = np.exp(logs - logs.max())
    chances = weights / weights.sum()
    at_least = np.cumsum(chances[::-1])[::-1]
    return CountDistribution(first, np.minimum(1, np.cumsum(chances)), np.minimum(1, at_least))


def _range(trials: int, rate: float) -> tuple[int, int]:
    reach = _REACH * math.sqrt(trials * rate * (1 - rate)) + _MARGIN
    middle = trials * rate
    return max(0, math.floor(middle - reach)), min(trials, math.ceil(middle + reach))


def _odds(counts: Floats, trials: int, rate: float, tau_squared: float) -> Floats:
    """The odds of one success more, given the successes so far."""
    if tau_squared == 0:
        return np.full_like(counts, rate / (1 - rate))
    size = rate * (1 - rate) / tau_squared - 1
    odds: Floats = (size * rate + counts) / (size * (1 - rate) + trials - counts - 1)
    return odds
