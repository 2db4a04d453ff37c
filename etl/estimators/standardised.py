"""Indirect standardisation: each agency against what all would have done with its appeals.

Agencies differ in what they are asked. The number expected of an agency is its own appeals in each
stratum times the rate there; observed above expected is conduct, not case mix, as far as the strata
describe it. It compares an agency with all together: two agencies with unlike case mixes are not
comparable with each other by it.

A ``mix`` is agencies × strata: the appeals of each agency in each stratum, or weights of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt

from etl.estimators.arrays import EstimateError, Floats, Integers, counts, counts_within

Subset = tuple[int, ...]
_STRATA_AT_ONCE = 1_000
_SINGULAR = 1e-10
"""Share of the largest singular value below which one is none: of agencies that nothing links."""


@dataclass(frozen=True, eq=False)
class Strata:
    """All appeals by stratum: ``codes`` is dimensions × strata, ``base`` counts the appeals of each
    stratum, and ``events`` are so many of them, or what a model says (``internal_rates``)."""

    codes: Integers
    events: Floats
    base: Integers

    def __post_init__(self) -> None:
        counts(self.base, "base")
        if self.codes.ndim != 2 or self.codes.shape[1] != len(self.base):
            raise EstimateError(
                "Not strata",
                f"There are codes of shape {self.codes.shape} for {len(self.base)} strata.",
                "Give for each dimension the code of every stratum.",
            )


def internal_rates(agency: Integers, stratum: Integers, events: Integers, base: Integers) -> Floats:
    """The rate of each stratum with the level of each agency taken out, so that strata that one
    good agency answers are not taken for easy ones.

    Cells are agency × stratum, each once; agencies and strata are numbered from 0. Fits
    ``events / base = rate of the stratum + level of the agency`` by least squares weighted by
    ``base``; levels weighted by their bases are 0 together, so that the rates make as many events
    of all appeals as there were. Agencies that share no stratum with others have level 0. Rates are
    those of a model: of a stratum with few appeals one may lie a little outside 0 to 1.

    Sources: Mantel & Stark 1968, Biometrics 24 (indirect adjustment in the presence of
    confounding); Yates 1934, J. Am. Stat. Assoc. 29 (two-way tables with unequal numbers).
    """
    counts_within(events, base, ("events", "base"))
    count = int(agency.max()) + 1
    of_stratum, happened = (np.bincount(stratum, each) for each in (base, events))
    level = _levels(agency, stratum, events, base, count)
    level -= (level * np.bincount(agency, base, count)).sum() / max(base.sum(), 1)
    left = happened - np.bincount(stratum, base * level[agency])
    rates: Floats = np.divide(left, of_stratum, out=np.zeros(len(left)), where=of_stratum > 0)
    return rates


def _levels(
    agency: Integers, stratum: Integers, events: Integers, base: Integers, count: int
) -> Floats:
    """Least squares of the agencies' levels, the strata swept out; the smallest such levels."""
    of_stratum, happened = (np.bincount(stratum, each) for each in (base, events))
    share = np.divide(base, of_stratum[stratum], out=np.zeros(len(base)), where=base > 0)
    swept: Floats = np.diag(np.bincount(agency, base, count))
    for start in range(0, len(of_stratum), _STRATA_AT_ONCE):
        here = (stratum >= start) & (stratum < start + _STRATA_AT_ONCE)
        appeals, shares = np.zeros((2, count, _STRATA_AT_ONCE))
        appeals[agency[here], stratum[here] - start] = base[here]
        shares[agency[here], stratum[here] - start] = share[here]
        swept -= appeals @ shares.T
    above = np.bincount(agency, events - share * happened[stratum], count)
    found: Floats = np.linalg.lstsq(swept, above, rcond=_SINGULAR)[0]
    return found


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
