"""How many different numbers there are, by a sketch that merges: HyperLogLog in a table.

A number is scrambled to 64 random bits. The first of them name one of the sketch's registers; a
register keeps the longest run of zeros that the others of its numbers began with. Registers of two
sketches merge by the larger one, so months, bodies and places add up in any order and twice the
same changes nothing; only registers that are not empty are kept, so a small sketch is small.

Read by Ertl's improved estimator (O. Ertl, New cardinality estimation algorithms for HyperLogLog
sketches, 2017, arXiv:1702.01284, algorithm 6), which is unbiased from nothing to billions and needs
no table of corrections.
"""

from collections.abc import Iterable, Sequence
from math import log
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.measures import SKETCH_REGISTERS
from etl.estimators.arrays import EstimateError, Floats

REGISTER_BITS: Final = SKETCH_REGISTERS.bit_length() - 1

REGISTER: Final = "register"
RANK: Final = "rank"
DISTINCT: Final = "distinct"
_RUN_BITS: Final = 64 - REGISTER_BITS
_RANKS: Final = range(1, _RUN_BITS + 2)
_STEPS: Final = 64
"""So many terms of the two series of the estimator, each far below the last digit by then."""

Words = npt.NDArray[np.uint64]


def sketched(frame: pl.DataFrame, keys: Sequence[str], numbers: str) -> pl.DataFrame:
    """The sketches of a column of unsigned 64-bit numbers, one for each combination of ``keys``: a
    row for each ``register`` that is not empty, with its ``rank``. Raises ``EstimateError`` where a
    number is missing."""
    column = frame[numbers]
    if column.null_count():
        raise EstimateError(
            "Not numbers",
            f"'{numbers}' lacks {column.null_count()} that are to be told apart.",
            "Give each row a number; one that stands for nobody else where none is known.",
        )
    words = _scrambled(column.cast(pl.UInt64).to_numpy())
    registers = (words >> np.uint64(_RUN_BITS)).astype(np.uint16)
    placed = frame.select(*keys).with_columns(
        pl.Series(REGISTER, registers), pl.Series(RANK, _ranks(words))
    )
    return merged([placed], keys)


def merged(sketches: Iterable[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """Sketches of whatever numbers as those of all of them together."""
    return pl.concat(sketches).group_by(*keys, REGISTER).agg(pl.max(RANK))


def estimates(sketches: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """``keys`` and ``distinct``: about how many different numbers each sketch has seen, with a
    standard error of 1.04 / √``SKETCH_REGISTERS``."""
    ranked = sketches.group_by(*keys, RANK).len("registers")
    by_rank = [
        pl.col("registers").filter(pl.col(RANK) == rank).sum().alias(str(rank)) for rank in _RANKS
    ]
    counted = ranked.group_by(*keys).agg(by_rank)
    held = counted.select(map(str, _RANKS)).to_numpy().astype(np.float64)
    return counted.select(*keys, pl.Series(DISTINCT, _estimated(held)))


def _scrambled(numbers: Words) -> Words:
    """Numbers one to one as random bits (the finaliser of SplitMix64): that of a person is random
    already, that of an appeal in a test need not be."""
    words = numbers + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _ranks(words: Words) -> npt.NDArray[np.uint8]:
    """The place of the first one among the bits that name no register."""
    rest = words & np.uint64(2**_RUN_BITS - 1)
    # So few bits are exact as a float, whose exponent says how many they are.
    length = np.frexp(rest.astype(np.float64))[1]
    ranks: npt.NDArray[np.uint8] = (_RUN_BITS + 1 - length).astype(np.uint8)
    return ranks


def _estimated(held: Floats) -> Floats:
    """Ertl's estimate for each row of counts of registers by rank."""
    empty = SKETCH_REGISTERS - held.sum(axis=1)
    sum_of_chances = SKETCH_REGISTERS * _tau(1 - held[:, -1] / SKETCH_REGISTERS)
    for rank in reversed(range(_RUN_BITS)):
        sum_of_chances = 0.5 * (sum_of_chances + held[:, rank])
    sum_of_chances += SKETCH_REGISTERS * _sigma(empty / SKETCH_REGISTERS)
    found: Floats = SKETCH_REGISTERS**2 / (2 * log(2)) / sum_of_chances
    return found


def _sigma(share: Floats) -> Floats:
    """What the empty registers tell: x + Σ x^(2^k) · 2^(k−1)."""
    total, power, weight = share.copy(), share.copy(), 1.0
    for _ in range(_STEPS):
        power = power * power
        total += power * weight
        weight += weight
    return total


def _tau(share: Floats) -> Floats:
    """What the full registers tell: (1 − x − Σ (1 − x^(2^−k))² · 2^−k) / 3."""
    total, root, weight = 1 - share, share.copy(), 1.0
    for _ in range(_STEPS):
        root = np.sqrt(root)
        weight *= 0.5
        total -= (1 - root) ** 2 * weight
    inside: Floats = np.where(share > 0, total / 3, 0.0)
    return inside
