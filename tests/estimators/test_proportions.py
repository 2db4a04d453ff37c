"""Limits of shares and funnels are those of the textbooks, and alarm no oftener than they say."""

import numpy as np
import pytest
from scipy import stats
from scipy.stats.mstats import winsorize

from etl.estimators.arrays import Booleans, EstimateError, Floats, Integers
from etl.estimators.binomial import count_distribution
from etl.estimators.normal import critical_value, mean_square_quantile, winsorised_variance
from etl.estimators.proportions import (
    ALARM,
    WARNING,
    control_limits,
    overdispersion,
    p_values,
    pooled_rate,
    wilson,
    z_scores,
)

CASES = 2000


def random_shares(seed: int = 5) -> tuple[Integers, Integers]:
    draw = np.random.default_rng(seed)
    trials = np.exp(draw.uniform(0, 10, CASES)).astype(np.int64) + 1
    return draw.binomial(trials, draw.choice([0, 0.02, 0.5, 0.97, 1], CASES)), trials


def is_outside(successes: Integers, trials: Integers, *given: float) -> Booleans:
    limits, share = control_limits(trials, *given), successes / trials
    return (share < limits.lower) | (share > limits.upper)


def test_wilson_limits_are_those_of_the_reference() -> None:
    successes, trials = random_shares()

    ours = wilson(successes, trials)

    found = [
        stats.binomtest(int(x), int(n)).proportion_ci(0.95, "wilson")
        for x, n in zip(successes, trials, strict=True)
    ]
    np.testing.assert_allclose(ours.lower, [each.low for each in found], atol=1e-12)
    np.testing.assert_allclose(ours.upper, [each.high for each in found], atol=1e-12)


def test_no_trials_have_no_share_and_no_limits() -> None:
    assert np.isnan(wilson([0], [0]).lower).all()
    assert np.isnan(wilson([0], [0]).upper).all()
    assert np.isnan(control_limits([0], 0.5, WARNING).lower).all()
    assert np.isnan(p_values([0], [0], 0.5)).all()
    assert np.isnan(z_scores([0], [0], 0.5)).all()


def test_none_and_all_reach_the_ends_exactly() -> None:
    limits = wilson([0, 7_919], [7_919, 7_919])

    assert (limits.lower[0], limits.upper[1]) == (0, 1)


@pytest.mark.parametrize("correlation", [0, 0.001, 0.05, 0.6])
@pytest.mark.parametrize("rate", [0.003, 0.5, 0.97])
@pytest.mark.parametrize("trials", [1, 30, 1000, 10_000])
def test_chances_of_counts_are_those_of_the_reference(
    trials: int, rate: float, correlation: float
) -> None:
    ours = count_distribution(trials, rate, correlation * rate * (1 - rate))

    counts = np.unique(np.linspace(ours.first, ours.first + len(ours.at_most) - 1, 300).astype(int))
    chances = chances_of(trials, rate, correlation)
    at = counts - ours.first
    np.testing.assert_allclose(ours.at_most[at], chances.cdf(counts), atol=1e-9)
    np.testing.assert_allclose(ours.at_least[at], chances.sf(counts - 1), atol=1e-9)
    assert ours.chance_of_at_most(-1) == 0
    assert ours.chance_of_at_least(trials + 1) == 0
    assert ours.chance_of_at_most(trials) == pytest.approx(1)


def chances_of(trials: int, rate: float, correlation: float) -> stats.rv_discrete:
    if correlation == 0:
        return stats.binom(trials, rate)
    size = 1 / correlation - 1
    return stats.betabinom(trials, size * rate, size * (1 - rate))


@pytest.mark.parametrize("confidence", [WARNING, ALARM])
@pytest.mark.parametrize("rate", [0.02, 0.5, 0.93])
def test_a_share_is_outside_a_funnel_exactly_when_its_tail_is_rarer_than_nominal(
    rate: float, confidence: float
) -> None:
    sizes = [1, 7, 30, 200, 3000]
    successes = np.concatenate([np.arange(n + 1) for n in sizes])
    trials = np.repeat(sizes, np.array(sizes) + 1)

    outside = is_outside(successes, trials, rate, confidence)

    below, above = (
        stats.binom.cdf(successes, trials, rate),
        stats.binom.sf(successes - 1, trials, rate),
    )
    nominal = (1 - confidence) / 2
    assert (outside == (np.minimum(below, above) < nominal)).all()
    assert (outside == (p_values(successes, trials, rate) < 1 - confidence)).all()


def test_limits_are_interpolated_as_published() -> None:
    trials, rate = np.array([30, 100, 777, 20_000]), 0.9

    ours = control_limits(trials, rate, WARNING)

    first = stats.binom.ppf(0.025, trials, rate)
    reached, before = (stats.binom.cdf(first - less, trials, rate) for less in (0, 1))
    published = (first - (reached - 0.025) / (reached - before)) / trials
    np.testing.assert_allclose(ours.lower, published, atol=1e-10)


def test_both_limits_are_the_same_for_a_share_and_its_complement() -> None:
    trials = np.array([5, 30, 444, 10_000])

    ours, other = (control_limits(trials, rate, ALARM, 0.001) for rate in (0.9, 0.1))

    np.testing.assert_allclose(ours.lower, 1 - other.upper, atol=1e-9)
    np.testing.assert_allclose(ours.upper, 1 - other.lower, atol=1e-9)


def test_the_exact_p_value_is_twice_the_smaller_tail() -> None:
    successes, trials = random_shares()

    ours = p_values(successes, trials, 0.6)

    tails = [
        stats.binomtest(int(x), int(n), 0.6, alternative=side).pvalue
        for side in ("less", "greater")
        for x, n in zip(successes, trials, strict=True)
    ]
    np.testing.assert_allclose(
        ours, np.minimum(1, 2 * np.reshape(tails, (2, -1)).min(axis=0)), atol=1e-12
    )


def test_phi_is_the_mean_square_of_winsorised_scores_made_consistent() -> None:
    successes, trials = random_shares()
    scores = z_scores(successes, trials, 0.5)

    ours = overdispersion(successes, trials, 0.5).phi

    kept = stats.truncnorm(*stats.norm.ppf([0.1, 0.9])).expect(lambda z: z**2) * 0.8
    left = kept + 0.2 * stats.norm.ppf(0.9) ** 2
    moved = np.asarray(winsorize(scores, limits=(0.1, 0.1)))
    assert ours == pytest.approx(np.mean(moved**2) / left)
    assert winsorised_variance(0.1) == pytest.approx(left)


def test_a_score_is_the_distance_in_standard_errors() -> None:
    assert z_scores([60], [100], 0.5) == pytest.approx(2)
    assert z_scores([60], [100], 0.5, 0.01) == pytest.approx(0.1 / np.sqrt(0.0025 + 0.0099))


@pytest.mark.parametrize("deviation", [0.03, 0.1])
def test_the_variance_of_true_rates_is_found(deviation: float) -> None:
    successes, trials = a_year(np.random.default_rng(5), 0.8, deviation, count=3000)

    found = overdispersion(successes, trials, pooled_rate(successes, trials))

    assert np.sqrt(found.tau_squared) == pytest.approx(deviation, rel=0.05)
    assert found.phi > 1


def test_the_upper_limit_of_the_variance_is_above_it_in_four_of_five_years() -> None:
    draw, truth = np.random.default_rng(5), 0.05
    found = [overdispersion(*a_year(draw, 0.8, truth, count=30), 0.8) for _ in range(400)]

    assert np.mean([each.at_most >= truth**2 for each in found]) == pytest.approx(0.8, abs=0.06)
    assert all(each.at_most >= each.tau_squared for each in found)


@pytest.mark.parametrize("freedom", [5, 13, 59, 149])
@pytest.mark.parametrize("share", [0.1, 0.2, 0.5, 0.9])
def test_the_quantile_of_a_mean_square_is_that_of_chi_squared(share: float, freedom: int) -> None:
    exact = stats.chi2.ppf(share, freedom) / freedom
    assert mean_square_quantile(share, freedom) == pytest.approx(exact, rel=0.01)


def test_outliers_do_not_hide_themselves_by_widening_the_funnel() -> None:
    successes, trials = a_year(np.random.default_rng(5), 0.9, 0.0, count=100)
    successes[:5] = trials[:5] // 2

    found = overdispersion(successes, trials, 0.9)

    assert np.sqrt(found.tau_squared) < 0.01
    assert is_outside(successes, trials, 0.9, ALARM, found.tau_squared)[:5].all()


def test_agencies_alike_are_not_called_dispersed() -> None:
    trials = np.full(50, 100)

    found = overdispersion(np.full(50, 90), trials, 0.9)

    assert (found.phi, found.tau_squared, found.at_most) == (1, 0, 0)


@pytest.mark.parametrize("count", [14, 100])
@pytest.mark.parametrize("deviation", [0.0, 0.03, 0.08])
def test_agencies_of_ordinary_conduct_are_alarmed_no_more_often_than_nominal(
    deviation: float, count: int
) -> None:
    draw = np.random.default_rng(5)
    alarms: dict[float, list[float]] = {WARNING: [], ALARM: []}
    for _ in range(6_000 // count):
        successes, trials = a_year(draw, 0.9, deviation, count=count)
        rate = pooled_rate(successes, trials)
        tau_squared = overdispersion(successes, trials, rate).at_most
        for confidence, found in alarms.items():
            found.append(is_outside(successes, trials, rate, confidence, tau_squared).mean())

    assert np.mean(alarms[WARNING]) <= 1 - WARNING
    assert np.mean(alarms[ALARM]) <= 1 - ALARM


def a_year(
    draw: np.random.Generator, rate: float, deviation: float, count: int
) -> tuple[Integers, Integers]:
    """Shares of agencies whose true rates vary about one rate, or do not."""
    trials = np.maximum(30, draw.lognormal(6, 1, count)).astype(np.int64)
    true: Floats = np.full(count, rate)
    if deviation:
        size = rate * (1 - rate) / deviation**2 - 1
        true = draw.beta(size * rate, size * (1 - rate), count)
    return draw.binomial(trials, true), trials


def test_a_critical_value_is_that_of_the_reference() -> None:
    assert critical_value(0.95) == pytest.approx(stats.norm.ppf(0.975))


@pytest.mark.parametrize("rate", [0.0, 1.0, 90.0])
def test_a_reference_that_is_certain_or_a_percentage_is_refused(rate: float) -> None:
    with pytest.raises(EstimateError, match="not a percentage"):
        control_limits([30], rate, WARNING)


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(EstimateError, match="never exceed"):
        wilson([11], [10])


def test_a_variance_that_no_rates_can_have_is_refused() -> None:
    with pytest.raises(EstimateError, match="variance"):
        p_values([5], [10], 0.5, 0.25)


def test_winsorising_everything_is_refused() -> None:
    with pytest.raises(EstimateError, match="one half"):
        overdispersion([5, 9], [10, 10], 0.5, winsorised=0.5)
