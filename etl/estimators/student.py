"""Student's t distribution with a whole number of degrees of freedom, exact."""

import math
from functools import lru_cache
from typing import Final

from etl.estimators.arrays import EstimateError, open_share

_HALVINGS: Final = 80
_FARTHEST: Final = 1e4
"""Beyond it lies less than any confidence that is asked for, even with one degree of freedom."""


@lru_cache
def t_value(confidence: float, freedom: int) -> float:
    """The t that leaves ``1 - confidence`` outside -t and t: 2.23 for 0.95 and 10 degrees.

    Raises ``EstimateError`` without a degree of freedom.
    """
    if freedom < 1:
        raise EstimateError(
            "No degrees of freedom",
            "There are no more counts than there is to estimate from them.",
            "Give a longer series.",
        )
    wanted = open_share(confidence, "confidence")
    low, high = 0.0, _FARTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if chance_within(middle, freedom) >= wanted else (middle, high)
    return high


def chance_within(t: float, freedom: int) -> float:
    """The chance of a value between -t and t.

    Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(freedom))
    cosine_squared = math.cos(angle) ** 2
    is_odd = freedom % 2
    term = math.cos(angle) if is_odd else 1.0
    terms = 0.0
    for number in range(freedom // 2):
        terms += term
        term *= cosine_squared * (2 * number + 1 + is_odd) / (2 * number + 2 + is_odd)
    total = math.sin(angle) * terms
    return 2 / math.pi * (angle + total) if is_odd else total
