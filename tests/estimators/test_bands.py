"""Better or worse is said only where chance does not explain it; the few are not compared."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control, norm

from etl.estimators.arrays import EstimateError
from etl.estimators.bands import benjamini_hochberg, is_comparable, verdicts, volume_groups


def test_adjusted_p_values_are_those_of_the_reference() -> None:
    draw = np.random.default_rng(5)
    for count in draw.integers(1, 200, 2000):
        p = np.round(draw.random(count) ** draw.choice([1, 3]), int(draw.choice([2, 9])))

        np.testing.assert_allclose(benjamini_hochberg(p), false_discovery_control(p), atol=1e-12)


def test_those_not_compared_cost_the_others_nothing() -> None:
    p = np.array([0.001, np.nan, 0.04, np.nan, 0.5])

    found = benjamini_hochberg(p)

    compared = ~np.isnan(p)
    np.testing.assert_allclose(found[compared], false_discovery_control(p[compared]))
    assert np.isnan(found[~compared]).all()


def test_of_the_agencies_called_apart_at_most_the_stated_share_is_not() -> None:
    draw = np.random.default_rng(5)
    false_share = []
    for _ in range(1000):
        is_apart = draw.random(100) < 0.2
        z = draw.standard_normal(100) + 3 * is_apart
        found = benjamini_hochberg(2 * norm.sf(np.abs(z))) <= 0.05
        false_share.append((found & ~is_apart).sum() / max(1, found.sum()))

    assert np.mean(false_share) < 0.05


@pytest.mark.parametrize(
    ("better", "expected"),
    [
        ("higher", ["better", "worse", "like", "too_few"]),
        ("lower", ["worse", "better", "like", "too_few"]),
    ],
)
def test_which_side_is_good_is_the_indicators_own(better: str, expected: list[str]) -> None:
    p = 2 * norm.sf([5.0, 5.0, 0.5, 5.0])

    found = verdicts(
        p,
        np.array([0.1, -0.1, 0.1, 0.1]),
        np.array([True, True, True, False]),
        better="higher" if better == "higher" else "lower",
    )

    assert found.to_list() == expected


def test_few_received_or_few_answered_are_too_few() -> None:
    assert is_comparable([30, 29, 500, 30], [30, 29, 29, 31]).tolist() == [True, False, False, True]


def test_an_agency_too_few_may_have_no_p_value() -> None:
    found = verdicts(
        np.array([np.nan, 0.5]), np.array([np.nan, 0.1]), np.array([False, True]), better="higher"
    )

    assert found.to_list() == ["too_few", "like"]


def test_an_agency_compared_without_a_p_value_is_refused() -> None:
    with pytest.raises(EstimateError, match="no p-value"):
        verdicts(np.array([np.nan]), np.array([0.1]), np.array([True]), better="higher")


def test_a_volume_group_begins_at_its_threshold() -> None:
    assert volume_groups([0, 99, 100, 999, 1000], [100, 1000]).tolist() == [0, 0, 1, 1, 2]


def test_thresholds_that_do_not_rise_are_refused() -> None:
    with pytest.raises(EstimateError, match="rise"):
        volume_groups([5], [100, 100])
