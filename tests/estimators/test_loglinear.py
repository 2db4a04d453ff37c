"""Log-linear fits are those of statsmodels, and what has no fit has no numbers."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import statsmodels.api as sm

from etl.estimators.arrays import Booleans, Floats
from etl.estimators.loglinear import log_linear, spread_of_counts, waves

CASES = 1_500
MONTHS = 34


@dataclass(frozen=True, eq=False)
class Series:
    counts: Floats
    design: Floats
    exposure: Floats
    known: Booleans


def random_series(seed: int, cases: int = CASES) -> Series:
    """From a few to thousands a month, some over-dispersed, a tenth of the months unknown."""
    draw = np.random.default_rng(seed)
    months = np.arange(MONTHS)
    columns = [np.ones((MONTHS, 1)), (months[:, None] - 17) / 12, months[:, None] > 17]
    design = np.concatenate([*columns, waves(months, 2)], axis=1).astype(np.float64)
    spread = draw.choice([0.0, 0.1, 0.4], (cases, 1)) * draw.normal(size=(cases, MONTHS))
    slopes = draw.normal(0, 0.3, (cases, design.shape[1])) @ design.T
    mean = np.exp(draw.uniform(0.5, 8, (cases, 1)) + slopes + spread)
    exposure = np.broadcast_to(draw.integers(28, 32, MONTHS).astype(np.float64), mean.shape)
    return Series(
        draw.poisson(mean).astype(np.float64),
        np.broadcast_to(design, (cases, *design.shape)).copy(),
        exposure,
        draw.random((cases, MONTHS)) > 0.1,
    )


def reference(series: Series, case: int) -> sm.GLM:
    known = series.known[case]
    return sm.GLM(
        series.counts[case][known],
        series.design[case][known],
        family=sm.families.Poisson(),
        exposure=series.exposure[case][known],
    ).fit(scale="X2", tol=1e-13, maxiter=100)


def test_coefficients_errors_and_dispersion_are_those_of_the_reference() -> None:
    series = random_series(1)

    ours = log_linear(series.counts, series.design, series.exposure, series.known)

    assert ours.settled.mean() > 0.98
    for case in np.flatnonzero(ours.settled).tolist():
        theirs = reference(series, case)
        np.testing.assert_allclose(ours.coefficients[case], theirs.params, atol=1e-8)
        np.testing.assert_allclose(ours.dispersion[case], max(1, theirs.scale), rtol=1e-7)
        np.testing.assert_allclose(ours.unscaled[case], theirs.normalized_cov_params, rtol=1e-6)
        assert ours.freedom[case] == theirs.df_resid


def test_the_spread_of_counts_to_come_is_that_of_the_reference() -> None:
    series = random_series(2, cases=200)

    ours = log_linear(series.counts, series.design, series.exposure, series.known)
    expected = np.exp(np.einsum("sti,si->st", series.design, ours.coefficients))
    spread = spread_of_counts(ours, series.design, expected)

    for case in np.flatnonzero(ours.settled).tolist():
        told = reference(series, case).get_prediction(
            series.design[case], exposure=np.ones(MONTHS), which="linear"
        )
        unknown = told.se**2 / reference(series, case).scale * ours.lasting_dispersion[case]
        chance = ours.dispersion[case] / expected[case]
        np.testing.assert_allclose(spread[case] ** 2, chance + unknown, rtol=1e-6)


def test_the_correlation_that_a_fit_brings_by_itself_is_taken_off() -> None:
    series = random_series(3, cases=400)
    everything = np.ones_like(series.known)
    fit = log_linear(series.counts, series.design, series.exposure, everything)
    case = int(np.flatnonzero(fit.settled)[0])
    root = np.sqrt(fit.fitted[case])[:, None] * series.design[case]
    left = np.eye(MONTHS) - root @ np.linalg.pinv(root)
    residuals = fit.residuals[case]
    plain = sum(a * b for a, b in pairwise(residuals)) / sum(residuals**2)
    by_fit = np.trace(left, offset=1) / np.trace(left)

    assert by_fit < -0.1
    np.testing.assert_allclose(fit.correlation[case], max(0, plain - by_fit), atol=1e-8)


def test_months_that_hang_together_are_seen_to() -> None:
    draw, cases = np.random.default_rng(4), 2_000
    noise = draw.normal(size=(cases, 120))
    for month in range(1, 120):
        noise[:, month] = 0.6 * noise[:, month - 1] + 0.8 * noise[:, month]
    counts = draw.poisson(1_000 * np.exp(0.2 * noise)).astype(np.float64)
    design = np.broadcast_to(np.ones((120, 1)), (cases, 120, 1)).copy()

    fit = log_linear(counts, design, np.ones_like(counts), np.ones(counts.shape, dtype=bool))

    assert abs(float(fit.correlation.mean()) - 0.58) < 0.03


def test_a_series_that_tells_no_end_of_a_coefficient_has_no_numbers_and_spoils_no_other() -> None:
    series = random_series(5, cases=4)
    series.counts[0] = 0
    series.counts[1, :18] = 0
    series.known[2, 5:] = False
    alone = log_linear(series.counts[3:], series.design[3:], series.exposure[3:], series.known[3:])

    fit = log_linear(series.counts, series.design, series.exposure, series.known)

    assert fit.settled.tolist() == [False, False, False, True]
    assert np.isnan(fit.coefficients[:3]).all()
    assert np.isnan(fit.dispersion[:3]).all()
    assert np.isnan(fit.t_values(0.95)[:3]).all()
    np.testing.assert_allclose(fit.coefficients[3], alone.coefficients[0], atol=1e-9)
