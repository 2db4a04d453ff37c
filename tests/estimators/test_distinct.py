"""Different numbers by a sketch: merged in any order, and as near to the truth as is stated."""

from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from data.measures import APPLICANTS
from etl.estimators.arrays import EstimateError
from etl.estimators.distinct import (
    DISTINCT,
    RANK,
    REGISTER,
    estimates,
    merged,
    sketched,
)

KEYS = ["cell"]
STANDARD_ERROR = APPLICANTS[0].standard_error
NUMBERS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 2**64 - 1)), min_size=1, max_size=60
)
TRIALS = 200
SIZES = (1, 40, 1_000, 9_000, 40_000, 150_000)
"""From where nearly every number has a register of its own to where each register has many."""


def sketch(numbers: list[tuple[str, int]]) -> pl.DataFrame:
    schema = {"cell": pl.String, "number": pl.UInt64}
    return sketched(pl.DataFrame(numbers, schema=schema, orient="row"), KEYS, "number")


def alike(first: pl.DataFrame, second: pl.DataFrame) -> None:
    assert_frame_equal(first, second, check_row_order=False)


def about(numbers: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> float:
    frame = pl.DataFrame({"cell": ["a"] * len(numbers), "number": numbers})
    return float(estimates(sketched(frame, KEYS, "number"), KEYS)[DISTINCT][0])


@given(NUMBERS, NUMBERS, NUMBERS)
@settings(max_examples=60, deadline=None)
def test_sketches_merge_in_any_order_and_twice_changes_nothing(
    first: list[tuple[str, int]], second: list[tuple[str, int]], third: list[tuple[str, int]]
) -> None:
    one, two, three = sketch(first), sketch(second), sketch(third)

    alike(merged([one, two], KEYS), merged([two, one], KEYS))
    alike(
        merged([merged([one, two], KEYS), three], KEYS),
        merged([one, merged([two, three], KEYS)], KEYS),
    )
    alike(merged([one, one], KEYS), one)
    alike(merged([one, two], KEYS), sketch(first + second))


@pytest.mark.parametrize("size", SIZES)
def test_an_estimate_is_within_its_stated_error_as_often_as_is_said(size: int) -> None:
    """Within 1.96 standard errors in at least 95 of a hundred trials, less what chance takes of so
    few; and on the whole neither too high nor too low."""
    chance = np.random.default_rng(size)
    found = np.array(
        [about(chance.integers(0, 2**64, size, dtype=np.uint64)) for _ in range(TRIALS)]
    )
    off = found / size - 1

    within = np.abs(off) <= 1.96 * STANDARD_ERROR + 0.5 / size
    assert within.mean() >= 0.95 - 1.96 * np.sqrt(0.95 * 0.05 / TRIALS)
    assert abs(off.mean()) <= 4 * STANDARD_ERROR / np.sqrt(TRIALS)


def test_numbers_need_not_be_random() -> None:
    ordered = np.arange(30_000, dtype=np.uint64)

    assert about(ordered) == pytest.approx(30_000, rel=3 * STANDARD_ERROR)
    assert about(ordered << np.uint64(40)) == pytest.approx(30_000, rel=3 * STANDARD_ERROR)


def test_how_often_and_in_which_order_a_number_comes_makes_no_difference() -> None:
    chance = Random(3)  # noqa: S311 (repeatable, no secret)
    numbers = [("a", chance.getrandbits(64)) for _ in range(500)]

    alike(sketch(numbers), sketch([*numbers[::-1], *numbers]))


def test_a_sketch_holds_no_number_and_has_a_most_size() -> None:
    numbers = np.random.default_rng(1).integers(0, 2**64, 200_000, dtype=np.uint64)
    frame = pl.DataFrame({"cell": ["a"] * len(numbers), "number": numbers})

    found = sketched(frame, KEYS, "number")

    assert found.columns == ["cell", REGISTER, RANK]
    assert found.height <= 2**14
    assert found[REGISTER].is_unique().all()


def test_a_missing_number_is_refused() -> None:
    frame = pl.DataFrame(
        {"cell": ["a", "a"], "number": [1, None]}, schema_overrides={"number": pl.UInt64}
    )

    with pytest.raises(EstimateError):
        sketched(frame, KEYS, "number")
