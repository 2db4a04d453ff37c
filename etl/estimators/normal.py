"""The standard normal distribution."""

from math import sqrt
from statistics import NormalDist

import numpy as np

from etl.estimators.arrays import EstimateError, Floats, open_share

STANDARD = NormalDist()


def critical_value(confidence: float) -> float:
    """The z that leaves ``1 - confidence`` outside -z and z: 1.96 for 0.95."""
    return STANDARD.inv_cdf((1 + open_share(confidence, "confidence")) / 2)


def winsorised_variance(share: float) -> float:
    """The variance of a standard normal whose outer ``share`` at each end is moved to where it
    begins; what a winsorised mean square must be divided by to be 1 for standard normal values.

    Source: Wilcox, Introduction to Robust Estimation and Hypothesis Testing.
    """
    end = STANDARD.inv_cdf(1 - share)
    return (1 - 2 * share) - 2 * end * STANDARD.pdf(end) + 2 * share * end**2


def winsorised_mean_square(scores: Floats, share: float) -> float:
    """The mean square of z scores whose outer ``share`` at each end is moved to where it begins,
    divided by what that leaves of a standard normal's: 1 for scores that are standard normal."""
    if not 0 <= share < 0.5:
        raise EstimateError(
            "Not a share to winsorise",
            f"{share} of the scores at each end would leave none between.",
            "Give a share below one half.",
        )
    moved = int(share * len(scores))
    ordered = np.sort(scores)
    inner = np.clip(scores, ordered[moved], ordered[len(scores) - 1 - moved])
    left = winsorised_variance(moved / len(scores)) if moved else 1.0
    return float(np.mean(inner**2)) / left


def mean_square_quantile(share: float, freedom: int) -> float:
    """What a ``share`` of mean squares of so many independent standard normal values stay below
    (chi-squared over its degrees of freedom); within 1 % from five on.

    Source: Wilson & Hilferty 1931, Proc. Natl. Acad. Sci. 17.
    """
    step = 2 / (9 * freedom)
    return (1 - step + STANDARD.inv_cdf(open_share(share, "share")) * sqrt(step)) ** 3
