"""Rank intervals hold the true ranks, and are the same whoever computes them."""

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import norm, rankdata

from etl.estimators.arrays import EstimateError, Floats, Integers
from etl.estimators.ranks import (
    arcsine_root,
    maximum_likelihood_prior,
    posterior_draws,
    rank_intervals,
)

CODES = [f"agency-{position:02}" for position in range(40)]


def volumes(draw: np.random.Generator) -> Integers:
    return np.maximum(30, draw.lognormal(6, 1.4, len(CODES))).astype(np.int64)


def of_shares(
    successes: Integers, trials: Integers, codes: list[str] = CODES, seed: int = 1
) -> pl.DataFrame:
    estimates, errors = arcsine_root(successes, trials)
    return rank_intervals(codes, estimates, errors, better="higher", seed=seed, draws=2000)


def coverage(rates: Floats, found: pl.DataFrame) -> float:
    true = rankdata(-rates)
    return float(((found["lower"] <= true) & (found["upper"] >= true)).mean())


@pytest.mark.parametrize("world", ["far apart", "close", "all but equal", "two groups"])
def test_intervals_hold_the_true_ranks_as_often_as_they_say(world: str) -> None:
    draw = np.random.default_rng(5)
    covered = []
    for _ in range(25):
        rates = {
            "far apart": draw.beta(10, 2, len(CODES)),
            "close": draw.normal(0.85, 0.015, len(CODES)),
            "all but equal": draw.normal(0.85, 0.001, len(CODES)),
            "two groups": draw.choice([0.75, 0.9], len(CODES)) + draw.normal(0, 0.01, len(CODES)),
        }[world]
        trials = volumes(draw)
        covered.append(coverage(rates, of_shares(draw.binomial(trials, rates), trials)))

    assert np.mean(covered) > 0.93


def test_the_same_seed_gives_the_same_bytes_in_any_order_of_agencies() -> None:
    draw = np.random.default_rng(5)
    trials = volumes(draw)
    successes = draw.binomial(trials, 0.85)
    expected = of_shares(successes, trials)

    for _ in range(5):
        order = draw.permutation(len(CODES))
        shuffled = of_shares(successes[order], trials[order], [CODES[each] for each in order])

        assert shuffled.sort("agency").equals(expected)
        assert shuffled["agency"].to_list() == [CODES[each] for each in order]


def test_another_seed_draws_anew() -> None:
    estimates, errors = np.arange(5.0), np.ones(5)

    one, other = (posterior_draws(estimates, errors, seed=seed, draws=10) for seed in (1, 2))

    assert not np.array_equal(one, other)


def test_agencies_far_apart_have_one_rank_each() -> None:
    found = rank_intervals(
        ["c", "a", "b"], np.array([3.0, 1.0, 2.0]), np.full(3, 0.01), better="higher", seed=1
    )

    assert found["lower"].to_list() == found["upper"].to_list() == [1, 3, 2]


def test_where_lower_is_better_the_ranks_are_turned() -> None:
    found = rank_intervals(
        ["c", "a", "b"], np.array([3.0, 1.0, 2.0]), np.full(3, 0.01), better="lower", seed=1
    )

    assert found["lower"].to_list() == [3, 1, 2]


def test_agencies_alike_may_have_nearly_any_rank() -> None:
    found = rank_intervals(CODES, np.zeros(len(CODES)), np.ones(len(CODES)), better="lower", seed=1)

    assert (found["lower"] <= 3).all()
    assert (found["upper"] >= len(CODES) - 2).all()


def test_two_agencies_that_nothing_tells_apart_may_each_be_first() -> None:
    estimates, errors = np.array([1.0, 1.0, 0.0]), np.array([1e-6, 1e-6, 1e-6])

    for codes in (["a", "b", "c"], ["b", "a", "c"]):
        found = rank_intervals(codes, estimates, errors, better="higher", seed=1)

        assert found["lower"].to_list() == [1, 1, 3]
        assert found["upper"].to_list() == [2, 2, 3]


def test_one_agency_is_the_first() -> None:
    found = rank_intervals(["a"], np.array([0.5]), np.array([0.1]), better="higher", seed=1)

    assert found.row(0) == ("a", 1, 1)


def test_a_tiny_agency_with_a_perfect_record_is_not_ranked_first_for_certain() -> None:
    draw = np.random.default_rng(5)
    trials = volumes(draw)
    successes = draw.binomial(trials, draw.beta(17, 3, len(CODES)))
    trials[0] = successes[0] = 30

    assert of_shares(successes, trials)["upper"][0] > len(CODES) / 4


def test_no_weight_added_anywhere_makes_the_estimates_likelier() -> None:
    """Lindsay's condition: at the maximum no cell's directional derivative is above 0."""
    draw = np.random.default_rng(5)
    estimates = draw.choice([0.0, 1.0], 60) + 0.3 * draw.standard_normal(60)
    cells = np.linspace(estimates.min(), estimates.max(), 200)
    likelihood = norm.pdf(estimates[:, np.newaxis], cells, 0.3)

    weights = maximum_likelihood_prior(likelihood)

    gain = (likelihood / (likelihood @ weights)[:, np.newaxis]).mean(axis=0) - 1
    assert weights.sum() == pytest.approx(1)
    assert gain.max() < 0.01


def test_between_two_places_the_weights_are_those_of_a_direct_search() -> None:
    draw = np.random.default_rng(5)
    for _ in range(100):
        estimates = draw.random(30) < draw.random()
        likelihood = norm.pdf(estimates[:, np.newaxis].astype(float), [0.0, 1.0], 0.7)

        weights = maximum_likelihood_prior(likelihood)

        best = minimize_scalar(
            lambda share, of=likelihood: -np.log(of @ [1 - share, share]).sum(),
            bounds=(0, 1),
            method="bounded",
        ).x
        assert weights[1] == pytest.approx(best, abs=1e-2)


def test_draws_have_the_posterior_mean_and_spread() -> None:
    """Many agencies of a normal population: the posterior is the textbook's normal one."""
    draw = np.random.default_rng(5)
    true = draw.normal(0, 1, 1500)
    errors = np.full(1500, 0.8)
    estimates = true + errors * draw.standard_normal(1500)

    found = posterior_draws(estimates, errors, seed=1, draws=2000)

    shrunk = estimates / (1 + 0.8**2)
    is_inner = np.abs(estimates) < 1.5
    assert np.abs(found.mean(axis=0) - shrunk)[is_inner].max() < 0.2
    assert found.std(axis=0)[is_inner].mean() == pytest.approx(0.8 / np.hypot(1, 0.8), rel=0.15)


def test_the_arcsine_root_has_the_stated_error_at_any_rate() -> None:
    draw = np.random.default_rng(5)
    for rate in (0.05, 0.5, 0.9):
        trials = np.full(20_000, 200)
        estimates, errors = arcsine_root(draw.binomial(trials, rate), trials)

        assert estimates.std() == pytest.approx(errors[0], rel=0.03)


@pytest.mark.parametrize(
    ("codes", "estimates", "errors", "draws"),
    [
        (["a", "a"], [0.1, 0.2], [0.1, 0.1], 2000),
        (["a", "b"], [0.1, np.nan], [0.1, 0.1], 2000),
        (["a", "b"], [0.1, 0.2], [0.1, 0.0], 2000),
        (["a", "b"], [0.1, 0.2], [0.1], 2000),
        (["a", "b"], [0.1, 0.2], [0.1, 0.1], 1999),
        ([], [], [], 2000),
    ],
)
def test_what_cannot_be_ranked_is_refused(
    codes: list[str], estimates: list[float], errors: list[float], draws: int
) -> None:
    with pytest.raises(EstimateError):
        rank_intervals(
            codes, np.array(estimates), np.array(errors), better="higher", seed=1, draws=draws
        )


def test_a_share_of_nothing_is_not_ranked() -> None:
    with pytest.raises(EstimateError, match="no trials"):
        arcsine_root([0], [0])
