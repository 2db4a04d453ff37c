"""Case mix is taken out of a rate exactly, and what moved an agency adds up."""

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from scipy.special import expit, logit

from etl.estimators.arrays import EstimateError, Floats
from etl.estimators.proportions import wilson
from etl.estimators.standardised import (
    Strata,
    adjusted,
    case_mix_contributions,
    expected_rates,
    overall_rate,
    stratum_rates,
)

SIZES = (3, 2, 2)
"""Codes of each dimension."""
DIMENSIONS = tuple(range(len(SIZES)))
AGENCIES = 5


def random_strata(seed: int) -> tuple[Strata, Floats]:
    """Strata, and the appeals of five agencies that they are made of."""
    draw = np.random.default_rng(seed)
    codes = np.array(list(product(*(range(size) for size in SIZES)))).T
    mix = draw.integers(0, 200, (AGENCIES, codes.shape[1]))
    base = mix.sum(axis=0)
    events = draw.binomial(base, draw.random(len(base)))
    return Strata(codes, events, base), mix.astype(np.float64)


def expected_exactly(
    strata: Strata, mix: Floats, dimensions: tuple[int, ...]
) -> list[Fraction | None]:
    """Appeal by appeal in fractions, as the definition reads."""
    alike = [tuple(code) for code in strata.codes[list(dimensions)].T]
    events, base = dict.fromkeys(alike, 0), dict.fromkeys(alike, 0)
    for stratum, (happened, whole) in enumerate(zip(strata.events, strata.base, strict=True)):
        events[alike[stratum]] += int(happened)
        base[alike[stratum]] += int(whole)
    found: list[Fraction | None] = []
    for row in mix:
        total = Fraction(0)
        for place, appeals in enumerate(row):
            if appeals:
                total += int(appeals) * Fraction(events[alike[place]], base[alike[place]])
        found.append(total / int(row.sum()) if row.sum() else None)
    return found


@pytest.mark.parametrize("dimensions", [(), (0,), (0, 2), DIMENSIONS])
def test_the_expected_rate_is_that_of_the_definition(dimensions: tuple[int, ...]) -> None:
    for seed in range(40):
        strata, mix = random_strata(seed)

        found = expected_rates(mix, stratum_rates(strata, dimensions))

        assert found.tolist() == pytest.approx(
            [float(each or 0) for each in expected_exactly(strata, mix, dimensions)]
        )


def test_doctors_deaths_from_cirrhosis_give_the_textbooks_ratio() -> None:
    """Bland, An Introduction to Medical Statistics: 14 observed, 4.4965 expected, 311 %.

    The reference is the country: deaths per million and year at five ages.
    """
    doctors = np.array([[1080, 12860, 11510, 10330, 7790]], dtype=np.float64)
    deaths = np.array([5.859, 13.050, 46.937, 161.503, 271.358])
    ages = np.arange(5)[None, :]
    country = Strata(ages, (deaths * 1e6).astype(np.int64), np.full(5, 10**12))

    rate = expected_rates(doctors, stratum_rates(country, (0,))).item()

    assert rate * doctors.sum() == pytest.approx(4.4965, abs=2e-4)
    assert round(100 * 14 / (rate * doctors.sum())) == 311


def test_the_adjusted_rate_moves_the_overall_rate_by_the_ratio_of_odds() -> None:
    draw = np.random.default_rng(5)
    base = draw.integers(30, 500, 40)
    observed = draw.binomial(base, 0.8)
    expected, overall = draw.uniform(0.5, 0.95, 40), 0.83
    limits = wilson(observed, base)

    for share in (observed / base, limits.lower, limits.upper):
        moved = expit(logit(overall) + logit(share) - logit(expected))
        np.testing.assert_allclose(adjusted(overall, share, expected), moved, atol=1e-12)


def test_an_adjusted_rate_is_never_above_one_though_the_ratio_times_the_rate_is() -> None:
    overall, share, expected = 0.9, 0.9, 0.7

    assert overall * share / expected > 1
    assert overall < adjusted(overall, share, expected) < 1


def test_a_share_and_its_complement_are_adjusted_alike() -> None:
    share, expected = np.array([0.2, 0.6, 1.0]), np.array([0.3, 0.5, 0.9])

    ours = adjusted(0.7, share, expected)

    np.testing.assert_allclose(ours, 1 - adjusted(0.3, 1 - share, 1 - expected), atol=1e-12)


def test_without_dimensions_the_adjusted_rate_is_the_raw_one() -> None:
    strata, mix = random_strata(5)
    overall, share = overall_rate(strata), np.linspace(0.1, 0.9, AGENCIES)

    expected = expected_rates(mix, stratum_rates(strata, ()))

    np.testing.assert_allclose(adjusted(overall, share, expected), share, atol=1e-12)


@pytest.mark.parametrize("certain", [0.0, 1.0, np.nan])
def test_where_nothing_or_everything_is_expected_nothing_is_adjusted(certain: float) -> None:
    assert np.isnan(adjusted(0.8, 0.5, certain))


def test_an_agency_with_nothing_has_no_expected_rate_and_no_contribution() -> None:
    strata, mix = random_strata(5)
    mix[2] = 0

    assert np.isnan(expected_rates(mix, stratum_rates(strata, DIMENSIONS))[2])
    assert np.isnan(case_mix_contributions(mix, strata)[2]).all()


def test_a_stratum_in_which_nobody_has_anything_changes_nothing() -> None:
    strata, mix = random_strata(5)
    more = Strata(
        np.concatenate([strata.codes, [[9], [0], [0]]], axis=1),
        np.append(strata.events, 0),
        np.append(strata.base, 0),
    )

    ours = case_mix_contributions(mix, strata)
    other = case_mix_contributions(np.concatenate([mix, np.zeros((AGENCIES, 1))], axis=1), more)

    np.testing.assert_allclose(ours, other, atol=1e-12)


def test_contributions_add_up_to_the_distance_from_the_overall_rate() -> None:
    for seed in range(20):
        strata, mix = random_strata(seed)

        found = case_mix_contributions(mix, strata).sum(axis=1)

        expected = expected_rates(mix, stratum_rates(strata, DIMENSIONS))
        np.testing.assert_allclose(found, expected - overall_rate(strata), atol=1e-12)


def test_a_contribution_is_the_mean_over_all_orders_of_joining() -> None:
    strata, mix = random_strata(5)
    orders = list(permutations(DIMENSIONS))
    wanted = np.zeros((AGENCIES, len(DIMENSIONS)))
    for order in orders:
        for place, dimension in enumerate(order):
            before, after = (
                expected_exactly(strata, mix, tuple(order[:end])) for end in (place, place + 1)
            )
            for agency, (old, new) in enumerate(zip(before, after, strict=True)):
                wanted[agency, dimension] += float((new or 0) - (old or 0)) / len(orders)

    np.testing.assert_allclose(case_mix_contributions(mix, strata), wanted, atol=1e-12)


def test_the_order_of_the_dimensions_changes_nothing() -> None:
    strata, mix = random_strata(5)
    turned = Strata(strata.codes[::-1], strata.events, strata.base)

    ours, other = (case_mix_contributions(mix, each) for each in (strata, turned))

    np.testing.assert_allclose(ours, other[:, ::-1], atol=1e-12)


def test_a_dimension_of_one_code_contributes_nothing() -> None:
    strata, mix = random_strata(5)
    codes = strata.codes.copy()
    codes[1] = 0

    found = case_mix_contributions(mix, Strata(codes, strata.events, strata.base))

    np.testing.assert_allclose(found[:, 1], 0, atol=1e-12)


def test_impossible_counts_and_codes_that_do_not_fit_are_refused() -> None:
    strata, _ = random_strata(5)

    with pytest.raises(EstimateError, match="never exceed"):
        Strata(strata.codes, strata.base + 1, strata.base)
    with pytest.raises(EstimateError, match="codes of shape"):
        Strata(strata.codes[:, 1:], strata.events, strata.base)
