"""Log-linear regression of counts by quasi-likelihood: many short series of one length at once.

The expected count of a month is its exposure times a product of powers; its variance is the
expected count times a dispersion of at least 1, since counts never vary less than chance makes
them.

Arrays: ``counts``, ``exposure`` and ``known`` are series x months, ``design`` is series x months x
coefficients. A month that is not ``known`` has no part in the fit, whatever its count.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from etl.estimators.arrays import Booleans, Floats, Integers
from etl.estimators.student import t_value

_ROUNDS: Final = 50
_SETTLED: Final = 1e-9
_FARTHEST: Final = 30.0
"""Logarithms of expected counts beyond it on either side are no counts of appeals."""
_MOST_CORRELATED: Final = 0.8


@dataclass(frozen=True, eq=False)
class LogLinear:
    """A fit of each series: ``coefficients`` (series x coefficients), ``fitted`` counts, and
    ``unscaled``, the covariance of the coefficients but for the dispersion.

    ``freedom`` is how many months there are beyond the coefficients. A series that cannot tell its
    coefficients apart, or gives one of them no end, is not ``settled``: then all of it is NaN.
    """

    settled: Booleans
    freedom: Integers
    coefficients: Floats
    unscaled: Floats
    fitted: Floats
    residuals: Floats
    """Pearson's; 0 in a month that is not known."""
    scaled_design: Floats
    """Each row times the root of its weight in the fit."""

    @cached_property
    def dispersion(self) -> Floats:
        """How much more than by chance each series varies, as a ratio of variances; at least 1."""
        return np.maximum(1.0, self._squares / self.freedom)

    @cached_property
    def correlation(self) -> Floats:
        """Of what a month and the next leave unexplained, between 0 and 0.8.

        Residuals of a fit are correlated even where months are not, most of all in short series:
        what the fit itself brings, by expectation, is taken off.

        Source: Durbin & Watson 1950, Biometrika 37 (moments of quadratic forms in residuals).
        """
        products = (self.residuals[:, 1:] * self.residuals[:, :-1]).sum(axis=1)
        later, earlier = self.scaled_design[:, 1:], self.scaled_design[:, :-1]
        by_fit = -np.einsum("sti,sij,stj->s", later, self.unscaled, earlier) / self.freedom
        # A series that is fitted without any rest has no correlation.
        found = products / np.where(self._squares > 0, self._squares, 1.0) - by_fit
        kept: Floats = np.clip(found, 0.0, _MOST_CORRELATED)
        return kept

    @property
    def lasting_dispersion(self) -> Floats:
        """The dispersion of sums over many months that hang together as these do."""
        widened: Floats = self.dispersion * (1 + self.correlation) / (1 - self.correlation)
        return widened

    @property
    def _squares(self) -> Floats:
        squares: Floats = (self.residuals**2).sum(axis=1)
        return squares

    def t_values(self, confidence: float) -> Floats:
        """By how many standard errors an interval reaches to either side; NaN if not settled."""
        found = [
            t_value(confidence, freedom) if settled else np.nan
            for settled, freedom in zip(self.settled.tolist(), self.freedom.tolist(), strict=True)
        ]
        return np.array(found, dtype=np.float64)

    def errors(self, coefficient: int) -> Floats:
        """The standard error of one coefficient of each series."""
        variance = self.unscaled[:, coefficient, coefficient]
        errors: Floats = np.sqrt(self.lasting_dispersion * variance)
        return errors


def log_linear(counts: Floats, design: Floats, exposure: Floats, known: Booleans) -> LogLinear:
    """Fits every series by iteratively reweighted least squares.

    Sources: Wedderburn 1974, Biometrika 61; McCullagh & Nelder, Generalized Linear Models.
    """
    given = np.where(known, counts, 0.0)
    log_exposure = np.log(np.where(known, exposure, 1.0))
    level = given.sum(axis=1) / np.maximum(1, known.sum(axis=1)) + np.finfo(np.float64).tiny
    predictor = np.log((given + level[:, None]) / 2)
    for _ in range(_ROUNDS):
        fitted = np.exp(predictor)
        working = predictor - log_exposure + (given - fitted) / fitted
        moments = np.einsum("sti,st->si", design, fitted * known * working)
        coefficients = np.einsum("sij,sj->si", _inverse(design, fitted * known), moments)
        before = predictor
        predictor = log_exposure + np.einsum("sti,si->st", design, coefficients)
        has_end = (known & (np.abs(predictor) >= _FARTHEST)).sum(axis=1) == 0
        predictor = np.clip(predictor, -_FARTHEST, _FARTHEST)
        stands_still = np.abs(predictor - before).max(axis=1, initial=0.0) < _SETTLED
        if stands_still.all():
            break
    return _fit(given, design, known, np.exp(predictor), coefficients, has_end & stands_still)


def _inverse(design: Floats, weights: Floats) -> Floats:
    information = np.einsum("sti,st,stj->sij", design, weights, design)
    inverse: Floats = np.linalg.pinv(information, hermitian=True)
    return inverse


def _fit(
    counts: Floats,
    design: Floats,
    known: Booleans,
    fitted: Floats,
    coefficients: Floats,
    has_ended: Booleans,
) -> LogLinear:
    number = design.shape[2]
    freedom = known.sum(axis=1) - number
    is_told_apart = np.linalg.matrix_rank(design * known[..., None]) == number
    settled = has_ended & is_told_apart & (freedom >= 1)
    unsettled = np.where(settled, 0.0, np.nan)
    return LogLinear(
        settled,
        np.maximum(1, freedom),
        coefficients + unsettled[:, None],
        _inverse(design, fitted * known) + unsettled[:, None, None],
        fitted + unsettled[:, None],
        (counts - fitted) * known / np.sqrt(fitted) + unsettled[:, None],
        np.sqrt(fitted * known)[..., None] * design,
    )


def spread_of_counts(fit: LogLinear, design: Floats, expected: Floats) -> Floats:
    """The standard error, on the log scale, of a count that is still to come in each month of
    ``design``: chance of its own, and what is not known of its expected count."""
    unknown = np.einsum("sti,sij,stj->st", design, fit.unscaled, design)
    own, lasting = fit.dispersion[:, None], fit.lasting_dispersion[:, None]
    spread: Floats = np.sqrt(own / expected + lasting * unknown)
    return spread


def waves(months: Integers, pairs: int) -> Floats:
    """The course of a year as ``pairs`` of waves: months x twice the pairs. ``months`` are numbered
    so that each January is a multiple of 12.

    Source: Lopez Bernal, Cummins & Gasparrini 2017, Int. J. Epidemiol. 46 (seasons by Fourier
    terms).
    """
    angles = 2 * np.pi * np.outer(months, np.arange(1, pairs + 1)) / 12
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)
