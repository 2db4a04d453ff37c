"""Interrupted time series: how a monthly count went on after a month, beside its own trend before.

The month of the interruption itself is on neither side. What the regression finds is a change in
time, whatever made it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from etl.estimators.arrays import Booleans, Floats, Integers
from etl.estimators.loglinear import LogLinear, log_linear, spread_of_counts

_YEAR: Final = 12
_LEVEL: Final = 2
_SLOPE: Final = 3
"""Places of the coefficients."""


@dataclass(frozen=True, eq=False)
class Change:
    """A ratio of each series with its limits; 0.9 is a tenth less."""

    ratio: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, eq=False)
class Segmented:
    """What was found of each series, and the courses month by month (series x months).

    ``level`` is the step in the first month after; ``slope`` the further change with each month.
    ``expected`` is how the trend before would have gone on, with limits that a month's count keeps
    within by chance.
    """

    fit: LogLinear
    level: Change
    slope: Change
    expected: Floats
    expected_lower: Floats
    expected_upper: Floats


def segmented(
    counts: Floats,
    exposure: Floats,
    since: Integers,
    known: Booleans,
    *,
    season: Floats,
    confidence: float = 0.95,
) -> Segmented:
    """Fits each series with a trend, a change of level, a change of slope and a season.

    ``counts``, ``exposure``, ``known`` and ``since`` (months since that of the interruption) are
    series x months; ``season`` is months x waves, as of ``waves``, or has no column.

    Limits rest on quasi-likelihood with Student's t, widened by how far neighbouring months hang
    together.

    Sources: Wagner et al. 2002, J. Clin. Pharm. Ther. 27; Lopez Bernal, Cummins & Gasparrini 2017,
    Int. J. Epidemiol. 46.
    """
    used = known & (since != 0)
    design = _design(since, season)
    fit = log_linear(counts, design, exposure, used)
    before = design.copy()
    before[..., [_LEVEL, _SLOPE]] = 0.0
    expected = exposure * np.exp(np.einsum("sti,si->st", before, fit.coefficients))
    reach = fit.t_values(confidence)[:, None] * spread_of_counts(fit, before, expected)
    return Segmented(
        fit,
        _change(fit, _LEVEL, 1, confidence),
        _change(fit, _SLOPE, _YEAR, confidence),
        expected,
        expected * np.exp(-reach),
        expected * np.exp(reach),
    )


def _design(since: Integers, season: Floats) -> Floats:
    """Level, trend, step, slope and waves; times are in years, so that no column dwarfs others."""
    is_after = since > 0
    columns = [
        np.ones(since.shape),
        since / _YEAR,
        is_after.astype(np.float64),
        np.where(is_after, since - 1, 0) / _YEAR,
        *(np.broadcast_to(wave, since.shape) for wave in season.T),
    ]
    return np.stack(columns, axis=-1)


def _change(fit: LogLinear, place: int, parts: int, confidence: float) -> Change:
    estimate = fit.coefficients[:, place] / parts
    reach = fit.t_values(confidence) * fit.errors(place) / parts
    return Change(np.exp(estimate), np.exp(estimate - reach), np.exp(estimate + reach))
