"""Two shares of people who are not the same: how far they lie apart, and whether by chance."""

from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from etl.estimators.arrays import Booleans, Floats, Limits, counts_within
from etl.estimators.proportions import wilson

_ONE = ("events", "base")
_OTHER = ("other_events", "other_base")


def newcombe(
    events: npt.ArrayLike,
    base: npt.ArrayLike,
    other_events: npt.ArrayLike,
    other_base: npt.ArrayLike,
    confidence: float = 0.95,
) -> Limits:
    """Score limits of each share less the other, between -1 and 1; NaN where either has no base.

    Source: Newcombe 1998, Statistics in Medicine 17, method 10 (no continuity correction).
    """
    one, other = _shares(events, base, _ONE), _shares(other_events, other_base, _OTHER)
    of_one, of_other = (
        wilson(events, base, confidence),
        wilson(other_events, other_base, confidence),
    )
    gap = one - other
    below = np.hypot(one - of_one.lower, of_other.upper - other)
    above = np.hypot(of_one.upper - one, other - of_other.lower)
    return Limits(gap - below, gap + above)


def chances(
    events: npt.ArrayLike,
    base: npt.ArrayLike,
    other_events: npt.ArrayLike,
    other_base: npt.ArrayLike,
) -> Floats:
    """The two-sided p-value of each gap by the pooled score test, which is Pearson's chi-squared
    test of the four counts without correction; 1 where all or none have the event, NaN where
    either has no base.

    Good where ``has_enough`` holds.
    """
    found, n = counts_within(events, base, _ONE)
    others, m = counts_within(other_events, other_base, _OTHER)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (found + others) / (n + m)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        scores = np.abs(found / n - others / m) / spread
    is_uniform = (n > 0) & (m > 0) & (spread == 0)
    tails = [erfc(score / sqrt(2)) for score in scores]
    return np.where(is_uniform, 1.0, np.array(tails, dtype=np.float64))


def has_enough(
    events: npt.ArrayLike,
    base: npt.ArrayLike,
    other_events: npt.ArrayLike,
    other_base: npt.ArrayLike,
    *,
    fewest: int,
    fewest_expected: int,
) -> Booleans:
    """Whether two shares can be compared: each base has so many, and so many with the event and
    without it are to be expected in each if there were no gap.

    Source: Cochran 1954, Biometrics 10.
    """
    found, n = counts_within(events, base, _ONE)
    others, m = counts_within(other_events, other_base, _OTHER)
    smaller = np.minimum(n, m)
    together, happened = n + m, found + others
    rarer = np.minimum(happened, together - happened)
    enough: Booleans = (smaller >= fewest) & (smaller * rarer >= fewest_expected * together)
    return enough


def _shares(events: npt.ArrayLike, base: npt.ArrayLike, names: tuple[str, str]) -> Floats:
    found, n = counts_within(events, base, names)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: Floats = found / n
    return shares
