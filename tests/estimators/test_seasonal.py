"""Forecasts are those of statsmodels, and limits hold about what they say."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from etl.estimators.arrays import Booleans, Floats
from etl.estimators.seasonal import Ahead, seasonal_trend

MONTHS = np.arange(2017 * 12, 2017 * 12 + 37)
DAYS = np.resize([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 37)
SEEN = 34


def random_counts(seed: int, cases: int, spread: float = 0.1) -> Floats:
    draw = np.random.default_rng(seed)
    season = 1 + 0.4 * np.sin(2 * np.pi * (MONTHS + draw.integers(0, 12, (cases, 1))) / 12)
    trend = np.exp(draw.normal(0, 0.01, (cases, 1)) * np.arange(37))
    level = np.exp(draw.uniform(2, 9, (cases, 1)))
    beyond = np.exp(spread * draw.normal(size=(cases, 37)))
    counts: Floats = draw.poisson(level * season * trend * beyond * DAYS / 30).astype(np.float64)
    return counts


def forecast(counts: Floats, known: Booleans | None = None) -> Ahead:
    everything = np.ones((len(counts), SEEN), dtype=bool)
    return seasonal_trend(
        counts[:, :SEEN],
        everything if known is None else known,
        MONTHS,
        DAYS,
        wave_pairs=2,
        confidences=(0.8, 0.95),
    )


def textbook(counts: Floats, known: Booleans) -> tuple[Any, Floats]:
    angles = 2 * np.pi * (MONTHS % 12) / 12
    waves = [np.sin(angles), np.cos(angles), np.sin(2 * angles), np.cos(2 * angles)]
    rows = np.column_stack([np.ones(37), MONTHS - MONTHS[0], *waves])
    seen = np.flatnonzero(known)
    model = sm.GLM(
        counts[seen], rows[seen], family=sm.families.Poisson(), offset=np.log(DAYS[seen])
    )
    return model.fit(scale="X2", tol=1e-13, maxiter=100), rows[SEEN:]


def test_forecasts_and_limits_are_those_of_the_reference() -> None:
    counts = random_counts(1, 800)
    known = np.random.default_rng(2).random((800, SEEN)) > 0.1

    ours = forecast(counts, known)

    for case in range(800):
        theirs, to_come = textbook(counts[case, :SEEN], known[case])
        told = theirs.get_prediction(to_come, offset=np.log(DAYS[SEEN:]))
        mean = told.summary_frame()["mean"].to_numpy()
        np.testing.assert_allclose(ours.expected[case], mean, rtol=1e-7)
        assert ours.t_values[0.95][case] == pytest.approx(stats.t.ppf(0.975, theirs.df_resid))
        # The reference's own variance, which takes months for independent, is never wider.
        unknown = np.diag(to_come @ theirs.cov_params() @ to_come.T)
        chance = max(1, theirs.scale) / mean
        assert (ours.spread[case] ** 2 > (unknown + chance) * min(1, theirs.scale) - 1e-9).all()


@pytest.mark.parametrize("spread", [0.0, 0.1])
def test_limits_hold_about_what_they_say(spread: float) -> None:
    counts = random_counts(3, 3_000, spread)
    ours = forecast(counts)

    for confidence in (0.8, 0.95):
        limits = ours.limits(confidence)
        held = (limits.lower <= counts[:, SEEN:]) & (counts[:, SEEN:] <= limits.upper)
        assert confidence - 0.03 < held.mean() < confidence + 0.06


def test_limits_of_less_confidence_lie_within_those_of_more() -> None:
    ours = forecast(random_counts(4, 300))
    narrow, wide = ours.limits(0.8), ours.limits(0.95)

    assert (wide.lower < narrow.lower).all()
    assert (narrow.lower < ours.expected).all()
    assert (ours.expected < narrow.upper).all()
    assert (narrow.upper < wide.upper).all()


def test_a_series_without_an_appeal_has_no_forecast_and_spoils_no_other() -> None:
    counts = random_counts(5, 3)
    alone = forecast(counts[1:])
    counts[0] = 0
    together = forecast(counts)

    assert np.isnan(together.expected[0]).all()
    np.testing.assert_allclose(together.expected[1:], alone.expected, rtol=1e-8)


def test_no_series_at_all_have_no_forecasts() -> None:
    assert forecast(random_counts(6, 1)[:0]).expected.shape == (0, 3)
