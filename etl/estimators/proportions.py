"""Shares and funnels: how far a share may lie from the reference by chance alone.

``rate`` is the reference: the rate of all agencies together, between 0 and 1. ``tau_squared`` is
how much true rates vary between agencies of ordinary conduct; 0 when they do not.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.estimators.arrays import (
    Floats,
    Integers,
    Limits,
    counts,
    counts_within,
    open_share,
)
from etl.estimators.binomial import CountDistribution, count_distribution
from etl.estimators.normal import critical_value, mean_square_quantile, winsorised_mean_square

WARNING = 0.95
ALARM = 0.998
"""The two funnels: about two and three standard deviations."""

CAUTION = 0.8
"""How sure the limits are that agencies do not differ by more."""

_NAMES = ("successes", "trials")
_HALVINGS = 60


@dataclass(frozen=True)
class Overdispersion:
    """By how much shares vary beyond chance; ``phi`` is 1 and ``tau_squared`` 0 when they do not.

    ``phi`` is the ratio of variances, with all agencies given the same; ``tau_squared`` the
    variance of true rates. A ratio makes funnels of small agencies too wide and of large ones too
    narrow, so limits are made from the variance: from ``at_most``, its upper limit (one-sided,
    80 %), because few agencies tell little of how much they usually differ, and limits that are
    too narrow accuse the ordinary.
    """

    phi: float
    tau_squared: float
    at_most: float


def wilson(successes: npt.ArrayLike, trials: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Wilson's score limits of each share, between 0 and 1; NaN where there are no trials.

    Source: Wilson 1927, J. Am. Stat. Assoc. 22; Brown, Cai & DasGupta 2001, Statistical Science 16.
    """
    found, n = counts_within(successes, trials, _NAMES)
    z = critical_value(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = found / n
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # Rounding must not keep a limit from the end that it stands at.
    lower = np.where(found == 0, np.where(n == 0, np.nan, 0.0), middle - half)
    upper = np.where(found == n, np.where(n == 0, np.nan, 1.0), middle + half)
    return Limits(lower, upper)


def pooled_rate(successes: npt.ArrayLike, trials: npt.ArrayLike) -> float:
    """The rate of all together: the reference of a funnel. Refuses a rate of 0 or 1."""
    found, n = counts_within(successes, trials, _NAMES)
    return open_share(found.sum() / max(1, n.sum()), "rate")


def control_limits(
    trials: npt.ArrayLike, rate: float, confidence: float, tau_squared: float = 0.0
) -> Limits:
    """Exact limits of a funnel: by chance a share falls outside either one at most as often as
    ``(1 - confidence) / 2``.

    One pair for each of ``trials`` (one dimension); NaN where that is 0. The limits lie between
    possible shares, interpolated by the chances, so that a drawn funnel is smooth. A share is
    outside when it is strictly below the lower or above the upper limit.

    Source: Spiegelhalter 2005, Statistics in Medicine 24, appendix; the upper limit is the
    lower one of the failures, which keeps its chance too below the nominal one.
    """
    tail = (1 - open_share(confidence, "confidence")) / 2
    n = counts(trials, "trials")
    sizes = {size: _limits(size, rate, tail, tau_squared) for size in np.unique(n).tolist()}
    pairs = np.array([sizes[size] for size in n.tolist()], dtype=np.float64).reshape(-1, 2)
    return Limits(pairs[:, 0], pairs[:, 1])


def z_scores(
    successes: npt.ArrayLike, trials: npt.ArrayLike, rate: float, tau_squared: float = 0.0
) -> Floats:
    """Standard deviations of each share from the reference; NaN where there are no trials.

    Source: Spiegelhalter 2005, Statistics in Medicine 24, appendix.
    """
    found, n = counts_within(successes, trials, _NAMES)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores: Floats = (found / n - rate) / np.sqrt(_variance(n, rate, tau_squared))
    return scores


def overdispersion(
    successes: npt.ArrayLike, trials: npt.ArrayLike, rate: float, winsorised: float = 0.1
) -> Overdispersion:
    """How far agencies of ordinary conduct differ beyond chance; those with no trials are left out.

    The outer share ``winsorised`` of z scores at each end is moved inward, so that true outliers do
    not hide themselves by widening the funnel. Mean squares are divided by what winsorising leaves
    of a standard normal's variance: without that the limits would be too narrow and the false
    alarms too many. ``tau_squared`` is where the mean square of the adjusted z scores is 1, and
    ``at_most`` where it is what four of five such years exceed.

    Sources: Spiegelhalter 2005, Statistics in Medicine 24, appendix (winsorised z, phi);
    Paule & Mandel 1982; DerSimonian & Kacker 2007, Contemp. Clin. Trials 28 (tau squared);
    Viechtbauer 2007, Statistics in Medicine 26 (its limits, by the profile of Q).
    """
    found, n = counts_within(successes, trials, _NAMES)
    with_trials = n > 0
    found, n = found[with_trials], n[with_trials]

    def mean_square(tau_squared: float) -> float:
        return winsorised_mean_square(z_scores(found, n, rate, tau_squared), winsorised)

    phi = mean_square(0.0) if n.size else 1.0
    if phi <= 1:
        return Overdispersion(1.0, 0.0, 0.0)
    most = rate * (1 - rate) * (1 - 1e-6)
    exceeded = mean_square_quantile(1 - CAUTION, len(n) - 1) if n.size > 1 else 1.0
    return Overdispersion(
        phi, _where(mean_square, 1.0, most), _where(mean_square, min(1.0, exceeded), most)
    )


def _where(falling: Callable[[float], float], value: float, most: float) -> float:
    """Where a falling function of 0 to ``most`` comes down to a value."""
    low, high = 0.0, most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > value else (low, middle)
    return low


def p_values(
    successes: npt.ArrayLike, trials: npt.ArrayLike, rate: float, tau_squared: float = 0.0
) -> Floats:
    """The exact two-sided p-value of each share against the reference: twice the smaller tail,
    at most 1; NaN where there are no trials.

    Below ``1 - confidence`` exactly where the share is outside ``control_limits``. Absolute error
    below 1e-9.

    Source: Clopper & Pearson 1934, Biometrika 26 (tails of equal chance).
    """
    found, n = counts_within(successes, trials, _NAMES)
    sizes = {size: _distribution(size, rate, tau_squared) for size in np.unique(n).tolist()}
    values = [
        _two_tails(sizes[size], count) if size else np.nan
        for count, size in zip(found.tolist(), n.tolist(), strict=True)
    ]
    return np.array(values, dtype=np.float64)


def _two_tails(chances: CountDistribution, count: int) -> float:
    smaller = min(chances.chance_of_at_most(count), chances.chance_of_at_least(count))
    return min(1.0, 2 * smaller)


def _distribution(trials: int, rate: float, tau_squared: float) -> CountDistribution:
    return count_distribution(trials, open_share(rate, "rate"), tau_squared)


def _limits(trials: int, rate: float, tail: float, tau_squared: float) -> tuple[float, float]:
    if trials == 0:
        return np.nan, np.nan
    chances = _distribution(trials, rate, tau_squared)
    below = chances.first + _interpolated(chances.at_most, tail)
    above = chances.first + len(chances.at_least) - 1 - _interpolated(chances.at_least[::-1], tail)
    return max(0.0, below / trials), min(1.0, above / trials)


def _interpolated(at_most: Floats, tail: float) -> float:
    """The first position whose chance reaches ``tail``, less the share by which it exceeds it."""
    position = int(np.searchsorted(at_most, tail))
    before = at_most[position - 1] if position else 0.0
    return position - float((at_most[position] - tail) / (at_most[position] - before))


def _variance(trials: Integers, rate: float, tau_squared: float) -> Floats:
    variance: Floats = rate * (1 - rate) / trials + tau_squared * (1 - 1 / trials)
    return variance
