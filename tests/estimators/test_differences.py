"""Gaps of two shares are those of a reference, and alarm no oftener than they say."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from etl.estimators.arrays import EstimateError, Integers
from etl.estimators.differences import chances, has_enough, newcombe

CASES = 2_000
Counts = tuple[Integers, Integers, Integers, Integers]


def random_counts(seed: int = 7) -> Counts:
    """Events and base, twice: of all sizes and shares, none and all among them."""
    draw = np.random.default_rng(seed)
    bases = np.exp(draw.uniform(0, 12, (2, CASES))).astype(np.int64) + 1
    events = draw.binomial(bases, draw.choice([0, 0.02, 0.5, 0.97, 1], (2, CASES)))
    return events[0], bases[0], events[1], bases[1]


def test_limits_of_a_gap_are_newcombes_as_the_reference_has_them() -> None:
    counts = random_counts()

    ours = newcombe(*counts)

    found = [
        confint_proportions_2indep(*map(int, each), method="newcomb", compare="diff", alpha=0.05)
        for each in zip(*counts, strict=True)
    ]
    np.testing.assert_allclose(ours.lower, [low for low, _ in found], atol=1e-12)
    np.testing.assert_allclose(ours.upper, [high for _, high in found], atol=1e-12)


def test_newcombes_own_example() -> None:
    """Newcombe 1998, table II, case (a), method 10: 56/70 less 48/80."""
    limits = newcombe([56], [70], [48], [80])

    assert limits.lower[0] == pytest.approx(0.0524, abs=5e-5)
    assert limits.upper[0] == pytest.approx(0.3339, abs=5e-5)


def test_the_chance_of_a_gap_is_that_of_pearsons_test() -> None:
    events, base, other_events, other_base = random_counts(8)
    is_open = (events + other_events > 0) & (events + other_events < base + other_base)

    ours = chances(events, base, other_events, other_base)

    found = [
        stats.chi2_contingency([[a, n - a], [b, m - b]], correction=False).pvalue
        for a, n, b, m in zip(
            *(each[is_open] for each in (events, base, other_events, other_base)), strict=True
        )
    ]
    np.testing.assert_allclose(ours[is_open], found, rtol=1e-6, atol=1e-12)
    assert (ours[~is_open] == 1).all()


def test_no_base_has_no_gap() -> None:
    limits = newcombe([0], [0], [3], [9])

    assert np.isnan([limits.lower[0], limits.upper[0]]).all()
    assert np.isnan(chances([0], [0], [3], [9])).all()


@pytest.mark.parametrize(
    ("counts", "enough"),
    [
        ((15, 30, 15, 30), True),
        ((15, 29, 15, 30), False),
        ((15, 30, 15, 29), False),
        ((5, 30, 5, 30), True),
        ((4, 30, 5, 30), False),
        ((25, 30, 25, 30), True),
        ((26, 30, 25, 30), False),
    ],
)
def test_enough_is_a_base_on_either_side_and_events_to_be_expected(
    counts: tuple[int, ...], enough: bool
) -> None:
    given = ([each] for each in counts)

    assert has_enough(*given, fewest=30, fewest_expected=5)[0] == enough


def test_where_there_is_enough_chance_alone_alarms_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(9)
    bases = draw.integers(30, 400, (2, 40_000))
    events = draw.binomial(bases, draw.uniform(0.01, 0.99, 40_000))
    counts = events[0], bases[0], events[1], bases[1]
    enough = has_enough(*counts, fewest=30, fewest_expected=5)

    assert enough.sum() > 20_000
    assert (chances(*counts)[enough] <= 0.05).mean() == pytest.approx(0.05, abs=0.006)


def test_limits_hold_the_true_gap_as_often_as_they_say() -> None:
    draw = np.random.default_rng(10)
    bases = draw.integers(30, 400, (2, 40_000))
    true = draw.uniform(0.05, 0.95, (2, 40_000))
    events = draw.binomial(bases, true)

    limits = newcombe(events[0], bases[0], events[1], bases[1])

    gap = true[0] - true[1]
    assert ((limits.lower <= gap) & (gap <= limits.upper)).mean() == pytest.approx(0.95, abs=0.01)


def test_more_events_than_base_are_refused() -> None:
    with pytest.raises(EstimateError):
        newcombe([4], [3], [1], [2])
