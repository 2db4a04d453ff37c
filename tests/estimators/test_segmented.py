"""Interrupted series: changes are those of a textbook regression, and limits hold what they say."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from etl.estimators.arrays import Booleans, Floats, Integers
from etl.estimators.loglinear import waves
from etl.estimators.segmented import Segmented, segmented

MONTHS = np.arange(2017 * 12, 2017 * 12 + 34)
CASES = 1_200


def random_counts(draw: np.random.Generator, cases: int = CASES) -> Floats:
    mean = np.exp(draw.uniform(3, 8, (cases, 1)) + 0.1 * draw.normal(size=(cases, len(MONTHS))))
    counts: Floats = draw.poisson(mean).astype(np.float64)
    return counts


def found(counts: Floats, interrupted: Integers, known: Booleans | None = None) -> Segmented:
    everything = np.ones(counts.shape, dtype=bool)
    return segmented(
        counts,
        np.full(counts.shape, 30.0),
        MONTHS[None, :] - interrupted[:, None],
        everything if known is None else known,
        season=waves(MONTHS, 2),
    )


def textbook(counts: Floats, interrupted: int, known: Booleans) -> Any:
    """The regression as it is written in articles, month by month, with another library."""
    rows, kept = [], []
    for count, month, is_known in zip(counts, MONTHS.tolist(), known, strict=True):
        after = month > interrupted
        angle = 2 * np.pi * (month % 12) / 12
        season = [np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)]
        step = [float(after), float(month - interrupted - 1) if after else 0.0]
        if month != interrupted and is_known:
            rows.append([1.0, float(month - interrupted), *step, *season])
            kept.append(count)
    model = sm.GLM(np.array(kept), np.array(rows), family=sm.families.Poisson())
    return model.fit(scale="X2", tol=1e-13, maxiter=100)


def test_changes_and_limits_are_those_of_the_reference() -> None:
    draw = np.random.default_rng(1)
    counts = random_counts(draw)
    interrupted = draw.choice(MONTHS[12:27], CASES)
    known = draw.random(counts.shape) > 0.05

    ours = found(counts, interrupted, known)

    assert ours.fit.settled.all()
    for case in range(CASES):
        theirs = textbook(counts[case], int(interrupted[case]), known[case])
        widened = ours.fit.lasting_dispersion[case] / theirs.scale
        t = stats.t.ppf(0.975, theirs.df_resid)
        for change, place in ((ours.level, 2), (ours.slope, 3)):
            error = theirs.bse[place] * np.sqrt(widened)
            assert np.log(change.ratio[case]) == pytest.approx(theirs.params[place], abs=1e-7)
            assert np.log(change.lower[case]) == pytest.approx(
                theirs.params[place] - t * error, abs=1e-6
            )
            assert np.log(change.upper[case]) == pytest.approx(
                theirs.params[place] + t * error, abs=1e-6
            )


def test_a_step_and_a_bend_that_were_made_are_found() -> None:
    after = np.maximum(0, MONTHS - MONTHS[17])
    counts = 1_000 * np.where(after > 0, 0.8 * 1.02 ** (after - 1), 1.0)

    ours = found(np.round(1_000 * counts)[None, :], MONTHS[[17]])

    assert ours.level.ratio[0] == pytest.approx(0.8, abs=1e-4)
    assert ours.slope.ratio[0] == pytest.approx(1.02, abs=1e-4)
    np.testing.assert_allclose(ours.expected[0], 1e6, rtol=1e-3)


def test_the_first_month_after_shows_the_change_of_level() -> None:
    draw = np.random.default_rng(2)
    ours = found(random_counts(draw), np.full(CASES, MONTHS[15]))

    np.testing.assert_allclose(
        ours.fit.fitted[:, 16] / ours.expected[:, 16], ours.level.ratio, rtol=1e-9
    )
    np.testing.assert_allclose(ours.fit.fitted[:, :15], ours.expected[:, :15], rtol=1e-9)


def test_the_month_itself_and_what_is_unknown_change_nothing() -> None:
    draw = np.random.default_rng(3)
    counts = random_counts(draw, 50)
    known = np.ones(counts.shape, dtype=bool)
    known[:, 4] = False
    other = counts.copy()
    other[:, 4], other[:, 17] = 10**6, 10**6

    first, second = (found(each, np.full(50, MONTHS[17]), known) for each in (counts, other))

    np.testing.assert_allclose(first.level.lower, second.level.lower, rtol=1e-7)


@pytest.mark.parametrize("place", [12, 17, 27])
def test_limits_of_a_change_that_is_none_hold_it_in_nineteen_of_twenty(place: int) -> None:
    draw = np.random.default_rng(4)
    season = 1 + 0.1 * np.sin(2 * np.pi * MONTHS / 12)
    counts = draw.poisson(season * np.exp(5 + 0.1 * draw.normal(size=(4_000, 34)))).astype(float)

    ours = found(counts, np.full(4_000, MONTHS[place]))

    held = (ours.level.lower < 1) & (ours.level.upper > 1)
    assert 0.94 < held.mean() < 0.985
