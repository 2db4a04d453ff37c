"""Cumulative sums: from which month on a series says that something has changed.

The sum of the evidence of a change starts anew whenever it would fall below nothing, and signals
when it reaches a limit; after a signal it starts anew as well. Where the evidence is a log
likelihood ratio, a limit of h signals by chance at most once in exp(h) months.

Sources: Page 1954, Biometrika 41; Lorden 1971, Ann. Math. Stat. 42 (the bound); Steiner et al.
2000, Biostatistics 1 (likelihood ratios of counts).
"""

from dataclasses import dataclass

import numpy as np

from etl.estimators.arrays import Booleans, Floats, Integers


@dataclass(frozen=True, eq=False)
class Cusum:
    """``sums`` and ``signals`` are series x months; ``since`` is the place of the month in which
    the sum began that stands there, or of the month itself where the sum is nothing."""

    sums: Floats
    signals: Booleans
    since: Integers


def cusum(evidence: Floats, limit: float, decimals: int) -> Cusum:
    """The sums of evidence (series x months, NaN in a month without any, which changes nothing).

    Evidence and sums are rounded to ``decimals``, so that who has the published sums can follow.
    """
    rounded = np.round(evidence, decimals)
    sums = np.zeros_like(rounded)
    signals = np.zeros(rounded.shape, dtype=np.bool_)
    since = np.zeros(rounded.shape, dtype=np.int64)
    running = np.zeros(len(rounded))
    begun = np.zeros(len(rounded), dtype=np.int64)
    for month in range(rounded.shape[1]):
        known = ~np.isnan(rounded[:, month])
        begun = np.where(known & (running == 0), month, begun)
        risen = np.maximum(0.0, np.round(running + rounded[:, month], decimals))
        running = np.where(known, risen, running)
        sums[:, month], since[:, month] = running, begun
        signals[:, month] = known & (running >= limit)
        running = np.where(signals[:, month], 0.0, running)
    return Cusum(sums, signals, since)
