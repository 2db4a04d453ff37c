"""The log likelihood ratio of a change between two months, from logarithms of factorials."""

from functools import cache
from math import log

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@cache
def _log_factorials(most: int) -> Floats:
    """The logarithms of 0! to ``most``!."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1, dtype=np.float64)))])


def _ways(most: int, whole: int, parts: npt.NDArray[np.int64]) -> Floats:
    """The logarithms of the numbers of ways to choose ``parts`` of a whole."""
    logs = _log_factorials(most)
    ways: Floats = logs[whole] - logs[parts] - logs[whole - parts]
    return ways


def count_evidence(now: int, before: int, odds: float, factor: float, spread: float) -> float:
    """That the odds of a count against the year before are ``factor`` times ``odds``, against that
    they are ``odds``; less where log odds vary by ``spread`` anyhow."""
    whole, share = now + before, odds / (1 + odds)
    changed = odds * factor / (1 + odds * factor)
    ratio = now * log(changed / share) + before * log((1 - changed) / (1 - share))
    return ratio / (1 + spread**2 * whole * share * (1 - share))


def share_evidence(
    now: tuple[int, int], before: tuple[int, int], odds: float, factor: float, spread: float
) -> float:
    """The same of the odds of an event, from events and base in either month."""
    (events, base), (earlier, base_before) = now, before
    both = events + earlier
    counts = np.arange(max(0, both - base_before), min(base, both) + 1)
    most = 1 << max(base, base_before).bit_length()
    ways = _ways(most, base, counts) + _ways(most, base_before, both - counts)
    usual, changed = (ways + counts * log(each) for each in (odds, odds * factor))
    chances = np.exp(usual - usual.max())
    chances /= chances.sum()
    mean = float((chances * counts).sum())
    variance = float((chances * (counts - mean) ** 2).sum())
    ratio = events * log(factor) - (_log_sum(changed) - _log_sum(usual))
    return ratio / (1 + spread**2 * variance)


def _log_sum(logs: Floats) -> float:
    top = float(logs.max())
    return top + log(float(np.exp(logs - top).sum()))
