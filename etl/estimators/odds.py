"""What a month says of a change against the same month a year before, by counting alone.

Given how many there were in both months together, how they fall on the two is a matter of one
number, the odds of the later month, whatever the level was: no baseline has to be estimated.
Counts then follow a binomial distribution, and shares, given both their bases as well, Fisher's
noncentral hypergeometric distribution.

Sources: Przyborowski & Wilenski 1940, Biometrika 31 (two Poisson counts); Fisher 1935, J. R. Stat.
Soc. 98 (two binomial counts).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from etl.estimators.arrays import Floats, Integers
from etl.estimators.normal import winsorised_mean_square

_HALVINGS: Final = 60
_WIDEST: Final = 16.0
"""A variance of log odds that no body of ordinary conduct has."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """Of each pair of months: the log likelihood ratio of a ``rise`` and of a ``fall`` by a factor
    of the odds against no change; and what no change would make of the later month: its mean
    and its variance."""

    rise: Floats
    fall: Floats
    mean: Floats
    variance: Floats

    def with_spread(self, spread_squared: float) -> tuple[Floats, Floats]:
        """The evidence of rise and fall where log odds vary by so much even without a change: a
        quasi-likelihood, less by the ratio of variances."""
        ratio = 1 + spread_squared * self.variance
        return self.rise / ratio, self.fall / ratio


def of_counts(now: Integers, before: Integers, odds: Floats, factor: float) -> Evidence:
    """Evidence from counts; ``odds`` is how many there are now for each one before, if nothing
    changed."""
    both = now + before
    share = odds / (1 + odds)
    up, down = (
        now * np.log(each) - both * np.log(1 - share + share * each)
        for each in (factor, 1 / factor)
    )
    return Evidence(up, down, both * share, both * share * (1 - share))


def of_shares(
    now: tuple[Integers, Integers], before: tuple[Integers, Integers], odds: Floats, factor: float
) -> Evidence:
    """Evidence from events of a base in either month; ``odds`` is the ratio of the odds of an event
    now to those before, if nothing changed."""
    columns = (each.tolist() for each in (*now, *before, odds))
    found = [
        _of_share(events, base, events_before, base_before, ratio, factor)
        for events, base, events_before, base_before, ratio in zip(*columns, strict=True)
    ]
    return Evidence(*np.array(found, dtype=np.float64).reshape(-1, 4).T)


def _of_share(
    events: int, base: int, events_before: int, base_before: int, odds: float, factor: float
) -> tuple[float, float, float, float]:
    counts, logs = fisher(base, base_before, events + events_before)
    logs = logs + counts * np.log(odds)
    weights = np.exp(logs - logs.max())
    chances = weights / weights.sum()
    mean = float(chances @ counts)
    variance = float(chances @ (counts - mean) ** 2)
    whole = _log_sum(logs)
    up, down = (
        events * np.log(each) - (_log_sum(logs + counts * np.log(each)) - whole)
        for each in (factor, 1 / factor)
    )
    return up, down, mean, variance


def fisher(base: int, base_before: int, events: int) -> tuple[Floats, Floats]:
    """The counts that ``base`` may have of the ``events`` of both months, and the logarithms of
    their chances, but for a constant, where odds are equal."""
    counts = np.arange(max(0, events - base_before), min(base, events) + 1, dtype=np.float64)
    below = counts[:-1]
    steps = np.log((base - below) * (events - below)) - np.log(
        (below + 1) * (base_before - events + below + 1)
    )
    return counts, np.concatenate([[0.0], np.cumsum(steps)])


def _log_sum(logs: Floats) -> float:
    largest = logs.max()
    return float(largest + np.log(np.exp(logs - largest).sum()))


def usual_spread_squared(now: Floats, evidence: Evidence, winsorised: float = 0.1) -> float:
    """By how much the log odds of bodies of ordinary conduct vary beyond counting, as a variance;
    0 when they do not, or when there is nothing to tell it from.

    It is where the mean square of the z scores is 1, the outer share ``winsorised`` at each end
    moved inward, so that true changes do not hide themselves.

    Sources: Paule & Mandel 1982; Spiegelhalter 2005, Statistics in Medicine 24, appendix.
    """
    is_open = evidence.variance > 0
    off, variance = (now - evidence.mean)[is_open], evidence.variance[is_open]

    def mean_square(spread_squared: float) -> float:
        scores = off / np.sqrt(variance * (1 + spread_squared * variance))
        return winsorised_mean_square(scores, winsorised)

    if not off.size or mean_square(0.0) <= 1:
        return 0.0
    low, high = 0.0, _WIDEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if mean_square(middle) > 1 else (low, middle)
    return low
