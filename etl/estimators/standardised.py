"""Indirect standardisation: each agency against what all would have done with its appeals.

Agencies differ in what they are asked. The number expected of an agency is its own appeals in each
stratum times the rate of all agencies there; observed above expected is conduct, not case mix, as
far as the strata describe it. It compares an agency with all together: two agencies with unlike
case mixes are not comparable with each other by it.

A ``mix`` is agencies × strata: the appeals of each agency in each stratum, or weights of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from etl.estimators.arrays import EstimateError, Floats, Integers, counts_within
from etl.estimators.proportions import pooled_rate

Subset = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Strata:
    """All appeals by stratum: ``codes`` is dimensions × strata, ``events`` and ``base`` are counts
    of each stratum, of which the first never exceeds the second."""

    codes: Integers
    events: Integers
    base: Integers

    def __post_init__(self) -> None:
        counts_within(self.events, self.base, ("events", "base"))
        if self.codes.ndim != 2 or self.codes.shape[1] != len(self.base):
            raise EstimateError(
                "Not strata",
                f"There are codes of shape {self.codes.shape} for {len(self.base)} strata.",
                "Give for each dimension the code of every stratum.",
            )


def stratum_rates(strata: Strata, dimensions: Sequence[int]) -> Floats:
    """For each stratum the rate, between 0 and 1, of all appeals that have its codes in the named
    dimensions; that of all where none is named, and 0 where there are no appeals."""
    chosen = strata.codes[list(dimensions)]
    if not len(chosen):
        chosen = np.zeros((1, len(strata.base)), dtype=np.int64)
    _, group = np.unique(chosen, axis=1, return_inverse=True)
    events, base = (np.bincount(group.ravel(), each) for each in (strata.events, strata.base))
    rates: Floats = np.divide(events, base, out=np.zeros(len(base)), where=base > 0)[group.ravel()]
    return rates


def expected_rates(mix: Floats, rates: Floats) -> Floats:
    """The rate of each agency if each of its appeals went as the rate of its stratum; NaN where it
    has none. The strata are always added up in the same order."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = (mix * rates).sum(axis=1) / mix.sum(axis=1)
    return found


def case_mix_contributions(mix: Floats, strata: Strata) -> Floats:
    """What case mix moved each agency by: agencies × dimensions, differences of rates.

    The contributions of an agency add up to its expected rate less the rate of all. That of a
    dimension is the change of the expected rate when the dimension joins those already standardised
    for, averaged over all orders of joining, so that it does not depend on one.

    Sources: Das Gupta 1993, Standardization and Decomposition of Rates, US Bureau of the Census;
    Shapley 1953, Contributions to the Theory of Games II.
    """
    count = len(strata.codes)
    expected = {
        subset: expected_rates(mix, stratum_rates(strata, subset)) for subset in _subsets(count)
    }
    return np.stack([_shapley(expected, each, count) for each in range(count)], axis=1)


def adjusted(overall: float, share: npt.ArrayLike, expected: npt.ArrayLike) -> Floats:
    """The rate that an agency would have with the case mix of all; all rates between 0 and 1.

    It moves the overall rate by the ratio of the agency's odds to those expected, so that it cannot
    exceed 1 and a share and its complement tell the same. With the limits of ``share`` it gives its
    own, the expected rate taken as known. NaN where nothing, or everything, is expected.

    Source: Breslow & Day 1987, Statistical Methods in Cancer Research II, chapter 2 (indirect
    standardisation).
    """
    own, awaited = np.asarray(share, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    events = overall * (1 - awaited) * own
    others = (1 - overall) * awaited * (1 - own)
    is_open = (awaited > 0) & (awaited < 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved: Floats = np.where(is_open, events / (events + others), np.nan)
    return moved


def overall_rate(strata: Strata) -> float:
    """The rate of all; refuses one of 0 or 1, with which nothing can be compared."""
    return pooled_rate(strata.events, strata.base)


def _subsets(count: int) -> Iterator[Subset]:
    for size in range(count + 1):
        yield from combinations(range(count), size)


def _shapley(expected: dict[Subset, Floats], dimension: int, count: int) -> Floats:
    """The mean change that a dimension makes when it joins the others, over all orders."""
    change = 0 * expected[()]
    for before, rate in expected.items():
        if dimension not in before:
            after = tuple(sorted((*before, dimension)))
            orders = factorial(len(before)) * factorial(count - len(before) - 1)
            change = change + (expected[after] - rate) * (orders / factorial(count))
    return change
