"""Quantiles come from day bands alone, in whole tenths of a day."""

from itertools import pairwise

import polars as pl
import pytest

from data.measures import DAY_BANDS
from etl.quantiles import quantile

NAMES = tuple(f"days__{first}" for first in DAY_BANDS)


def of_days(days: list[int], q: float) -> int | None:
    bands = [*DAY_BANDS, 10_000]
    counts = {
        name: [sum(1 for day in days if low <= day < high)]
        for name, low, high in zip(NAMES, bands[:-1], bands[1:], strict=True)
    }
    found: int | None = quantile(pl.DataFrame(counts), q).item()
    return found


@pytest.mark.parametrize(
    ("days", "q", "tenths"),
    [
        ([3] * 100, 0.5, 30),
        ([0] * 100, 0.5, 3),
        ([1] * 50 + [5] * 50, 0.5, 15),
        ([1] * 49 + [5] * 51, 0.5, 45),
        ([2] * 90 + [40] * 10, 0.9, 25),
        ([2] * 80 + [40] * 20, 0.9, 395),
        ([500] * 100, 0.5, 900),
    ],
)
def test_a_quantile_is_interpolated_within_its_band(days: list[int], q: float, tenths: int) -> None:
    assert of_days(days, q) == tenths


def test_no_answers_give_no_quantile() -> None:
    assert of_days([], 0.5) is None


def test_answers_on_one_day_that_has_a_band_of_its_own_give_that_day() -> None:
    single = [low for low, high in pairwise(DAY_BANDS[1:]) if high == low + 1]

    assert [of_days([day] * 30, 0.5) for day in single] == [10 * day for day in single]
