"""Bands: better than, like, or worse than the reference; and who may be compared at all."""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from data.analyses.comparison import FEWEST
from etl.estimators.arrays import EstimateError, Floats, counts, open_share

Verdict = Literal["better", "like", "worse", "too_few"]
VERDICTS: Final[tuple[Verdict, ...]] = ("better", "like", "worse", "too_few")


def is_comparable(
    received: npt.ArrayLike, answered: npt.ArrayLike, fewest: int = FEWEST
) -> npt.NDArray[np.bool_]:
    """Whether each agency has enough appeals, and enough answers, to be compared."""
    return (counts(received, "received") >= fewest) & (counts(answered, "answered") >= fewest)


def benjamini_hochberg(p_values: Floats) -> Floats:
    """p-values adjusted so that, of those below a level, at most that share is expected false.

    One dimension, any order; NaN is no comparison: it stays NaN and does not count among them.

    Source: Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57; adjusted values: Yekutieli &
    Benjamini 1999, J. Stat. Plan. Inference 82.
    """
    adjusted = np.full(p_values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    descending = known[np.argsort(-p_values[known], kind="stable")]
    ranks = np.arange(len(known), 0, -1)
    scaled = p_values[descending] * len(known) / ranks
    adjusted[descending] = np.minimum(1, np.minimum.accumulate(scaled))
    return adjusted


def verdicts(
    p_values: Floats,
    differences: Floats,
    comparable: npt.NDArray[np.bool_],
    *,
    better: Literal["higher", "lower"],
    false_discovery_rate: float = 0.05,
) -> pl.Series:
    """The band of each agency, one of ``VERDICTS``.

    ``differences`` is the agency's value less the reference; ``better`` says which sign is good.
    Agencies that are not comparable are "too_few" and take no part: they cost the others nothing.
    """
    level = open_share(false_discovery_rate, "false_discovery_rate")
    _refuse_unknown(p_values[comparable])
    adjusted = benjamini_hochberg(np.where(comparable, p_values, np.nan))
    is_apart = comparable & (np.nan_to_num(adjusted, nan=1.0) <= level)
    is_good = differences > 0 if better == "higher" else differences < 0
    found = np.select(
        [~comparable, is_apart & is_good, is_apart], ["too_few", "better", "worse"], "like"
    )
    return pl.Series("verdict", found.tolist(), dtype=pl.Enum(VERDICTS))


def volume_groups(received: npt.ArrayLike, thresholds: Sequence[int]) -> npt.NDArray[np.int64]:
    """The group of each agency by the appeals it received: 0 below the first threshold, 1 from it
    on, and so forth, so that agencies are read beside others of their size."""
    if list(thresholds) != sorted(set(thresholds)):
        raise EstimateError(
            "Not thresholds",
            f"{list(thresholds)} does not rise.",
            "Give each threshold once, the smallest first.",
        )
    return np.searchsorted(thresholds, counts(received, "received"), side="right").astype(np.int64)


def _refuse_unknown(compared: Floats) -> None:
    if np.isnan(compared).any():
        raise EstimateError(
            "Nothing to compare",
            "An agency that is comparable has no p-value.",
            "Call agencies comparable only where there is something to divide by.",
        )
