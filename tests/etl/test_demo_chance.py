"""Chance: the published generator, exact shares, exact counts."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.chance import choice, exactly, scrambled
from etl.demo.quotas import apportion, scaled

WORD = 2**64


def splitmix(state: int) -> int:
    """The output function of splitmix64, as its authors published it."""
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB % WORD
    return state ^ (state >> 31)


@given(st.lists(st.integers(0, WORD - 1), min_size=1))
def test_words_are_scrambled_by_splitmix64(words: list[int]) -> None:
    frame = pl.DataFrame({"word": pl.Series(words, dtype=pl.UInt64)})

    assert frame.select(scrambled(pl.col("word")))["word"].to_list() == list(map(splitmix, words))


def test_the_first_outputs_of_splitmix64_are_the_known_ones() -> None:
    golden = 0x9E3779B97F4A7C15
    states = pl.Series([golden * i % WORD for i in (1, 2, 3)], dtype=pl.UInt64)

    assert pl.select(scrambled(pl.lit(states))).to_series().to_list() == [
        16294208416658607535,
        7960286522194355700,
        487617019471545679,
    ]


@given(st.integers(0, 10**6), st.lists(st.floats(0.001, 1000), min_size=1, max_size=40))
def test_parts_add_up_to_their_total(total: int, weights: list[float]) -> None:
    parts = apportion(total, weights)

    assert sum(parts) == total
    unit = total / sum(weights)
    assert all(abs(p - w * unit) < 1 for p, w in zip(parts, weights, strict=True))


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_scaling_rounds_to_the_nearest(total: int, part: int) -> None:
    assert abs(scaled(total, part, 10**7) - total * part / 10**7) <= 0.5 + 1e-6


@given(st.integers(0, 50), st.integers(0, WORD - 1))
def test_exactly_so_many_rows_are_chosen_and_only_among_those_allowed(count: int, key: int) -> None:
    rows = pl.DataFrame(
        {"key": pl.Series([key ^ (i << 20) for i in range(120)], dtype=pl.UInt64)}
    ).with_columns(allowed=pl.int_range(120) % 2 == 0, likely=pl.int_range(120) / 200 + 0.1)

    chosen = rows.with_columns(
        chosen=exactly(count, pl.col("likely"), pl.col("allowed"), "test")
    ).filter("chosen")

    assert chosen.height == count
    assert chosen["allowed"].all()


def test_a_choice_follows_its_weights_and_its_group() -> None:
    drawn = choice([[3, 1, 0], [0, 0, 1]], 12)
    keys = pl.int_range(40_000, dtype=pl.UInt64, eager=True).alias("index").to_frame()
    rows = keys.select(key=scrambled(pl.col("index")), group=pl.col("index") % 2).with_columns(
        number=drawn.drawn("test", pl.col("group"))
    )

    first = rows.filter(pl.col("group") == 0)["number"]
    assert rows.filter(pl.col("group") == 1)["number"].unique().to_list() == [2]
    assert 0.73 < (first == 0).mean() < 0.77  # type: ignore[operator]
    assert not (first == 2).any()
