"""Response times count the open appeals, as Kaplan and Meier do."""

import warnings

import numpy as np
import polars as pl
import pytest
from scipy.stats import CensoredData, binomtest, ecdf

from data.measures import ANSWERED_BY, DAY_BANDS
from etl.estimators.arrays import Booleans, EstimateError, Floats, Integers
from etl.estimators.survival import (
    SurvivalCurve,
    answered_by,
    kaplan_meier,
    quantile,
)

CASES = 2000
SINGLE_DAYS = tuple(range(62))
EDGES = np.array(DAY_BANDS[1:]) - 1
"""The last day of each closed band."""

# Weeks in remission on 6-mercaptopurine: Freireich et al. 1963, Blood 21.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def chance() -> np.random.Generator:
    return np.random.default_rng(5)


def by_day(days: list[int] | Integers) -> Integers:
    return np.bincount(days, minlength=len(SINGLE_DAYS))


def random_bands(cases: int = CASES) -> tuple[Integers, Integers]:
    """Counts in bands with many zeros, from a handful of appeals to thousands."""
    draw = chance()
    shape = (cases, len(DAY_BANDS))
    size = draw.choice([0.3, 3, 100], (cases, 1))
    return draw.poisson(size, shape), draw.poisson(size * draw.random((cases, 1)), shape)


def curve_of_days(answered: list[int], still_open: list[int]) -> SurvivalCurve:
    return kaplan_meier([by_day(answered)], [by_day(still_open)], first_days=SINGLE_DAYS)


def test_the_published_remission_times_give_the_published_curve() -> None:
    curve = curve_of_days(RELAPSED, STILL_WELL)

    at = [6, 7, 10, 13, 16, 22, 23]
    published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert np.round(curve.unanswered[0, at], 3).tolist() == published


def test_single_days_give_the_curve_and_limits_of_the_reference() -> None:
    draw = chance()
    answered, still_open, expected = [], [], []
    for _ in range(CASES):
        size = int(draw.integers(2, 300))
        response, age = (draw.integers(0, draw.integers(2, 60), size) for _ in range(2))
        days, is_open = np.minimum(response, age), age < response
        answered.append(by_day(days[~is_open]))
        still_open.append(by_day(days[is_open]))
        expected.append(reference(days, is_open))

    curve = kaplan_meier(answered, still_open, first_days=SINGLE_DAYS)

    known = ~np.isnan(curve.unanswered)
    is_inner = known & (curve.unanswered > 0) & (curve.unanswered < 1)
    shares, lower, upper = np.array(expected).transpose(1, 0, 2)
    assert known.mean() > 0.3
    np.testing.assert_allclose(curve.unanswered[known], shares[known], atol=1e-12)
    np.testing.assert_allclose(curve.limits.lower[is_inner], lower[is_inner], atol=1e-12)
    np.testing.assert_allclose(curve.limits.upper[is_inner], upper[is_inner], atol=1e-12)


def reference(days: Integers, is_open: Booleans) -> list[Floats]:
    found = ecdf(CensoredData.right_censored(days, is_open)).sf
    with warnings.catch_warnings(action="ignore"):  # where it has no limits: tested apart
        limits = found.confidence_interval(method="log-log")
    at = np.arange(len(SINGLE_DAYS) - 1)
    return [each.evaluate(at) for each in (found, limits.low, limits.high)]


def test_without_open_appeals_the_curve_is_the_share_unanswered() -> None:
    answered, _ = random_bands()
    answered = answered[answered.sum(axis=1) > 0]

    curve = kaplan_meier(answered, np.zeros_like(answered))

    left = 1 - np.cumsum(answered, axis=1)[:, :-1] / answered.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(curve.unanswered[:, EDGES], left, atol=1e-12)


@pytest.mark.parametrize("q", [0.5, 0.9])
def test_without_open_appeals_a_quantile_is_that_of_the_answers(q: float) -> None:
    answered, _ = random_bands()

    ours = quantile(kaplan_meier(answered, np.zeros_like(answered)), q)["estimate"]

    true = pl.Series([quantile_of_answers(row, q) for row in answered], dtype=pl.Float64)
    is_reached = ours.is_not_null()
    assert is_reached.mean() == pytest.approx(0.9, abs=0.12)
    assert ((ours - true).abs().filter(is_reached) <= 1e-6).all()
    assert (true.filter(~is_reached).drop_nulls() >= DAY_BANDS[-1] - 0.5).all()


def quantile_of_answers(counts: Integers, q: float) -> float | None:
    """Linear within the band that holds the share ``q`` of the answers."""
    reached = np.cumsum(counts)
    if not reached[-1]:
        return None
    band = int(np.argmax((counts > 0) & (reached >= q * reached[-1] - 1e-9)))
    if band == len(DAY_BANDS) - 1:
        return float(DAY_BANDS[-1])
    low, high = max(0, DAY_BANDS[band] - 0.5), DAY_BANDS[band + 1] - 0.5
    inside = q * reached[-1] - (reached[band] - counts[band])
    return float(low + (high - low) * inside / counts[band])


def test_open_appeals_spread_over_a_band_stay_between_both_extremes() -> None:
    answered, still_open = random_bands()

    curve = kaplan_meier(answered, still_open)

    leaving = answered + still_open
    at_risk = np.cumsum(leaving[:, ::-1], axis=1)[:, ::-1]
    with np.errstate(invalid="ignore"):
        if_open_left_last = np.cumprod(1 - answered / at_risk, axis=1)[:, :-1]
        if_open_left_first = np.cumprod(1 - answered / (at_risk - still_open), axis=1)[:, :-1]
    is_known = ~np.isnan(if_open_left_first)
    ours = curve.unanswered[:, EDGES][is_known]
    assert (ours <= if_open_left_last[is_known] + 1e-12).all()
    assert (ours >= if_open_left_first[is_known] - 1e-12).all()


def test_leaving_appeals_open_never_makes_an_agency_look_quicker() -> None:
    answered, still_open = random_bands()
    waiting = still_open.copy()
    waiting[:, -1] += 50

    before, after = (
        quantile(kaplan_meier(answered, each), 0.5)["estimate"] for each in (still_open, waiting)
    )

    both = before.is_not_null() & after.is_not_null()
    assert both.sum() > CASES / 2
    assert (after.filter(both) >= before.filter(both) - 1e-9).all()
    assert not (before.is_null() & after.is_not_null()).any()


def test_a_median_that_is_not_reached_is_none() -> None:
    found = quantile(curve_of_days([3] * 30, [20] * 70), 0.5)

    assert found.row(0) == (None, None, None)


def test_a_median_that_is_not_reached_may_still_have_a_lower_limit() -> None:
    found = quantile(curve_of_days([3] * 45, [20] * 55), 0.5)

    assert found["estimate", "upper"].row(0) == (None, None)
    assert 2.5 < found["lower"].item() < 3.5


def test_a_flat_curve_at_one_half_gives_its_first_day() -> None:
    found = quantile(curve_of_days([3] * 3 + [50] * 3, []), 0.5)

    assert found["estimate"].item() == pytest.approx(3.5)


def test_a_day_that_nobody_was_observed_to_is_unknown_and_not_flat() -> None:
    found = answered_by(curve_of_days([3] * 40, [20] * 60), days=[20, 30])

    assert found["by_20"].item() == pytest.approx(0.4)
    assert found["by_30", "by_30_lower", "by_30_upper"].row(0) == (None, None, None)


def test_all_answered_stays_all_answered() -> None:
    found = answered_by(curve_of_days([3] * 40, []))

    assert found["by_60"].item() == 1
    assert 0 < found["by_60_lower"].item() < 1


@pytest.mark.parametrize("size", [1, 5, 30, 1000])
def test_where_none_or_all_are_answered_limits_are_exact(size: int) -> None:
    curve = curve_of_days([10] * size, [])

    none = binomtest(size, size).proportion_ci(method="exact")
    assert curve.limits.lower[0, 9] == pytest.approx(none.low)
    assert curve.limits.upper[0, 9] == 1
    assert curve.limits.upper[0, 10] == pytest.approx(1 - none.low)
    assert curve.limits.lower[0, 10] == 0


def test_limits_hold_the_curve_and_the_quantiles() -> None:
    curve = kaplan_meier(*random_bands())

    known = ~np.isnan(curve.unanswered)
    assert (curve.limits.lower <= curve.unanswered + 1e-12)[known].all()
    assert (curve.unanswered <= curve.limits.upper + 1e-12)[known].all()
    for q in (0.5, 0.9):
        found = quantile(curve, q)
        assert (found["lower"] <= found["estimate"] + 1e-9).drop_nulls().all()
        assert (found["estimate"] <= found["upper"] + 1e-9).drop_nulls().all()


def test_limits_of_the_median_hold_the_true_one_as_often_as_they_say() -> None:
    draw = chance()
    cases, size = 2000, 200
    response = np.floor(draw.exponential(20, (cases, size)) + 0.5).astype(int)
    age = draw.integers(0, 90, (cases, size))
    days = np.minimum(response, age)
    bands = np.searchsorted(DAY_BANDS, days, side="right") - 1
    answered, still_open = (
        np.stack([np.bincount(row[of], minlength=len(DAY_BANDS)) for row, of in pairs])
        for pairs in (
            zip(bands, response <= age, strict=True),
            zip(bands, response > age, strict=True),
        )
    )

    found = quantile(kaplan_meier(answered, still_open), 0.5)

    true = 20 * np.log(2)
    covered = ((found["lower"] <= true) & (found["upper"] >= true)).mean()
    assert covered == pytest.approx(0.95, abs=0.02)


def test_an_empty_row_has_no_curve() -> None:
    nothing = np.zeros((1, len(DAY_BANDS)), dtype=int)

    curve = kaplan_meier(nothing, nothing)

    assert np.isnan(curve.unanswered).all()
    assert quantile(curve, 0.5).row(0) == (None, None, None)
    assert set(answered_by(curve).row(0)) == {None}
    assert len(answered_by(curve).columns) == 3 * len(ANSWERED_BY)


@pytest.mark.parametrize(
    ("answered", "first_days"),
    [
        ([[1, -1]], (0, 5)),
        ([[1.5, 1.0]], (0, 5)),
        ([[1, 1]], (1, 5)),
        ([[1, 1]], (0, 0)),
        ([[1, 1]], (0, 5, 9)),
        ([1, 1], (0, 5)),
    ],
)
def test_what_are_not_counts_in_bands_is_refused(
    answered: list[list[float]], first_days: tuple[int, ...]
) -> None:
    with pytest.raises(EstimateError):
        kaplan_meier(answered, np.zeros_like(answered, dtype=int), first_days=first_days)


def test_a_day_beyond_the_curve_is_refused() -> None:
    with pytest.raises(EstimateError, match="day 90"):
        answered_by(kaplan_meier(*random_bands(1)), days=[90])
