"""What two months say of a change is what the reference's distributions say."""

import numpy as np
import pytest
from scipy import stats

from etl.estimators.arrays import Integers
from etl.estimators.odds import Evidence, of_counts, of_shares, usual_spread_squared

CASES = 1_500
FACTOR = 1.5


def test_counts_are_binomial_given_both_months() -> None:
    draw = np.random.default_rng(1)
    now, before = (draw.poisson(np.exp(draw.uniform(0, 8, CASES))) for _ in range(2))
    odds = draw.uniform(0.3, 3, CASES)

    ours = of_counts(now, before, odds, FACTOR)

    def log_chance(each: np.ndarray) -> np.ndarray:
        return np.asarray(stats.binom.logpmf(now, now + before, each / (1 + each)))

    plain = log_chance(odds)
    np.testing.assert_allclose(ours.rise, log_chance(odds * FACTOR) - plain, atol=1e-8)
    np.testing.assert_allclose(ours.fall, log_chance(odds / FACTOR) - plain, atol=1e-8)
    law = stats.binom(now + before, odds / (1 + odds))
    np.testing.assert_allclose(ours.mean, law.mean(), rtol=1e-12)
    np.testing.assert_allclose(ours.variance, law.var(), rtol=1e-12)


def shares(draw: np.random.Generator, cases: int) -> tuple[tuple[Integers, Integers], ...]:
    def month() -> tuple[Integers, Integers]:
        base = draw.integers(0, 600, cases)
        return draw.binomial(base, draw.choice([0.02, 0.5, 0.85, 0.99, 1.0], cases)), base

    return month(), month()


def test_shares_are_noncentral_hypergeometric_given_both_months() -> None:
    draw = np.random.default_rng(2)
    now, before = shares(draw, CASES)
    odds = draw.uniform(0.3, 3, CASES)

    ours = of_shares(now, before, odds, FACTOR)
    compared = 0

    for case in range(CASES):
        both = int(now[0][case] + before[0][case])
        whole, drawn = int(now[1][case] + before[1][case]), int(now[1][case])
        if not 0 < both < whole or not 0 < drawn < whole:
            assert (ours.rise[case], ours.fall[case]) == pytest.approx((0, 0), abs=1e-9)
            continue
        plain, up, down = (
            stats.nchypergeom_fisher(whole, both, drawn, odds[case] * each)
            for each in (1, FACTOR, 1 / FACTOR)
        )
        at = now[0][case]
        assert ours.mean[case] == pytest.approx(plain.mean(), abs=1e-5)
        assert ours.variance[case] == pytest.approx(plain.var(), abs=1e-4)
        usual = plain.logpmf(at)
        for changed, told in ((up, ours.rise), (down, ours.fall)):
            # Below that the reference loses digits, and then everything.
            if min(usual, changed.logpmf(at)) > -200:
                assert told[case] == pytest.approx(changed.logpmf(at) - usual, abs=1e-5)
                compared += 1
    assert compared > CASES


def test_evidence_of_a_change_is_none_by_expectation_where_nothing_changed() -> None:
    draw = np.random.default_rng(3)
    now, before = draw.poisson(20, 200_000), draw.poisson(20, 200_000)

    ours = of_counts(now, before, np.ones(len(now)), FACTOR)

    assert np.exp(ours.rise).mean() == pytest.approx(1, abs=0.02)
    assert np.exp(ours.fall).mean() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3])
def test_the_usual_spread_is_found_and_widened_little_where_a_tenth_has_truly_doubled(
    spread: float,
) -> None:
    draw = np.random.default_rng(4)
    level = np.exp(draw.uniform(3, 8, 6_000))
    beyond = np.exp(spread / np.sqrt(2) * draw.normal(size=(2, 6_000)))
    changed = np.where(np.arange(6_000) < 600, 2.0, 1.0)
    now, before = draw.poisson(level * beyond[0] * changed), draw.poisson(level * beyond[1])

    found = usual_spread_squared(
        now.astype(np.float64), of_counts(now, before, np.ones(6_000), FACTOR)
    )

    assert spread - 0.02 < np.sqrt(found) < spread + np.log(2) / 5


def test_nothing_to_tell_a_spread_from_has_none() -> None:
    nothing = np.array([])
    assert usual_spread_squared(nothing, Evidence(nothing, nothing, nothing, nothing)) == 0
    zero = np.zeros(3)
    assert usual_spread_squared(zero, Evidence(zero, zero, zero, zero)) == 0
