"""Exact binomial chances, reckoned here from the definition, to judge those that are published."""

from math import exp, lgamma, log, log1p, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

SPREADS: Final = 12
"""So many standard deviations beyond a count its tail is nothing at the published decimals."""


def two_sided(events: int, base: int, rate: float) -> float:
    """Twice the smaller tail of a binomial count, itself included, at most 1."""
    if rate in {0.0, 1.0}:
        return 1.0
    here = exp(_log_chance(events, base, rate))
    if events < base * rate:
        tail = _tail(base - events, base, 1 - rate, here)
    else:
        tail = _tail(events, base, rate, here)
    return min(1.0, 2 * min(tail, 1 - tail + here))


def _log_chance(events: int, base: int, rate: float) -> float:
    ways = lgamma(base + 1) - lgamma(events + 1) - lgamma(base - events + 1)
    return ways + events * log(rate) + (base - events) * log1p(-rate)


def _tail(events: int, base: int, rate: float, here: float) -> float:
    """The chance of so many or more, from that of so many and the ratios of each to the next."""
    last = min(base, events + int(SPREADS * sqrt(base)) + SPREADS)
    counts: npt.NDArray[np.float64] = np.arange(events, last, dtype=np.float64)
    ratios = (base - counts) / (counts + 1) * (rate / (1 - rate))
    return float(here * (1 + np.cumprod(ratios).sum()))
