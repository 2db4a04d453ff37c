"""The standard normal distribution."""

from statistics import NormalDist

from etl.estimators.arrays import open_share

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
