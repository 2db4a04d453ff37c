"""Sums start anew at nothing and after a signal, and signal by chance no oftener than is said."""

import numpy as np
import pytest

from data.analyses.alerts import LIMIT, NOMINAL
from etl.analyses.watch import Counted, watch
from etl.estimators.cusum import cusum

UNKNOWN = np.nan


def test_a_sum_never_falls_below_nothing_and_begins_where_it_left_it() -> None:
    found = cusum(np.array([[-1.0, 2.0, 1.0, -5.0, -1.0, 1.5, UNKNOWN, 2.0]]), 100, 3)

    assert found.sums.tolist() == [[0, 2, 3, 0, 0, 1.5, 1.5, 3.5]]
    assert found.since.tolist()[0][1:4] == [1, 1, 1]
    assert found.since.tolist()[0][5:] == [5, 5, 5]
    assert not found.signals.any()


def test_a_signal_ends_a_sum_and_the_next_begins_after_it() -> None:
    found = cusum(np.array([[3.0, 3.0, 3.0, 3.0]]), 5, 3)

    assert found.sums.tolist() == [[3, 6, 3, 6]]
    assert found.signals.tolist() == [[False, True, False, True]]
    assert found.since.tolist() == [[0, 0, 2, 2]]


def test_the_limit_itself_signals() -> None:
    assert cusum(np.array([[5.0]]), 5, 3).signals.all()
    assert not cusum(np.array([[4.999]]), 5, 3).signals.any()


def test_a_month_that_is_unknown_changes_nothing_and_does_not_signal() -> None:
    with_gap = cusum(np.array([[3.0, UNKNOWN, UNKNOWN, 3.0]]), 5, 3)

    assert with_gap.signals.tolist() == [[False, False, False, True]]
    assert with_gap.since[0, 3] == 0


def test_series_do_not_touch_each_other() -> None:
    draw = np.random.default_rng(1)
    evidence = draw.normal(-0.5, 1.5, (40, 30))
    together = cusum(evidence, 4, 3)

    for row in range(40):
        alone = cusum(evidence[[row]], 4, 3)
        assert np.array_equal(alone.sums[0], together.sums[row])
        assert np.array_equal(alone.since[0], together.since[row])


@pytest.mark.parametrize("spread", [0.0, 0.2])
@pytest.mark.parametrize("volume", [12, 20, 50, 300, 3_000])
def test_false_alarms_are_no_oftener_than_is_said(volume: int, spread: float) -> None:
    draw = np.random.default_rng(2)
    beyond = np.exp(spread / np.sqrt(2) * draw.normal(size=(6_000, 34)))
    season = 1 + 0.5 * np.sin(2 * np.pi * np.arange(34) / 12)
    counts = draw.poisson(volume * season * beyond).astype(np.float64)
    shown = np.where((counts > 0) & (counts < 10), np.nan, counts)

    found = watch(Counted(shown), Counted(counts.sum(axis=0, keepdims=True)))

    alarms = found.rise.signals.sum() + found.fall.signals.sum()
    assert 1_200 * alarms / found.known.sum() < NOMINAL


def test_a_change_by_half_is_found_and_the_limit_is_what_keeps_chance_away() -> None:
    draw = np.random.default_rng(3)
    counts = draw.poisson(200, (400, 34)).astype(np.float64)
    counts[:40, 24:] = draw.poisson(300, (40, 10))

    found = watch(Counted(counts), Counted(counts.sum(axis=0, keepdims=True)))

    assert found.rise.signals[:40, 12:15].any(axis=1).mean() > 0.9
    assert found.fall.signals[:40].sum() <= 1
    assert found.rise.sums[~found.rise.signals].max() < LIMIT
