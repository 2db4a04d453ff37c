"""Chance without state: a draw is a function of the row's key and of the draw's purpose.

So it is the same on any machine, with any number of threads and in any order of computation, and
a new draw changes no other. Keys are 64-bit words; a draw scrambles key and purpose (splitmix64).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import polars as pl

from etl.demo.quotas import apportion

_ROUNDS = ((2**30, 0xBF58476D1CE4E5B9), (2**27, 0x94D049BB133111EB))


def address(*parts: object) -> int:
    """A 64-bit number for a path of names, the same everywhere."""
    path = "/".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(path, digest_size=8).digest(), "big")


def fraction(*parts: object) -> float:
    """A number in [0, 1) for a path of names."""
    return (address(*parts) >> 11) / 2**53


def word(value: int) -> pl.Expr:
    """A 64-bit literal."""
    return pl.lit(value, dtype=pl.UInt64)


def scrambled(key: pl.Expr) -> pl.Expr:
    """The key as a uniform 64-bit word; products wrap around."""
    for divisor, factor in _ROUNDS:
        key = (key ^ (key // divisor)) * word(factor)
    return key ^ (key // 2**31)


def draw(purpose: str, key: str = "key") -> pl.Expr:
    """A uniform 64-bit word for each row."""
    return scrambled(pl.col(key) + word(address(purpose)))


def uniform(purpose: str, key: str = "key") -> pl.Expr:
    """A number in [0, 1) for each row."""
    return (draw(purpose, key) // 2**11).cast(pl.Float64) / 2**53


def below(bound: int, purpose: str, key: str = "key") -> pl.Expr:
    """A whole number from 0 to ``bound`` - 1 for each row."""
    return (draw(purpose, key) % bound).cast(pl.Int64)


def happens(probability: float | pl.Expr, purpose: str, key: str = "key") -> pl.Expr:
    """True with the given probability, row by row."""
    return uniform(purpose, key) < probability


def exactly(count: int, probability: pl.Expr, among: pl.Expr, purpose: str) -> pl.Expr:
    """True for exactly ``count`` rows of ``among``, likelier where ``probability`` is higher.

    Pareto order sampling: the rows with the smallest ratio of odds.
    """
    chance = uniform(purpose)
    ratio = chance / (1 - chance) * (1 - probability) / probability
    rank = pl.when(among).then(ratio).rank("ordinal")
    return (rank <= count).fill_null(value=False)


@dataclass(frozen=True)
class Choice:
    """Weighted choices as slots of a table: a draw is one look-up.

    ``table`` holds ``2**bits`` slots a group; a weight is exact to one slot.
    """

    table: pl.Series
    bits: int

    def drawn(self, purpose: str, group: pl.Expr | None = None, key: str = "key") -> pl.Expr:
        """The chosen number for each row, from the row's group where there are groups."""
        slot = (draw(purpose, key) // 2 ** (64 - self.bits)).cast(pl.Int64)
        if group is not None:
            slot = slot + group.cast(pl.Int64) * 2**self.bits
        return pl.lit(self.table).gather(slot)


def choice(groups: Sequence[Sequence[float]], bits: int) -> Choice:
    """A choice for each group among the positions of its weights."""
    slots: list[int] = []
    for weights in groups:
        for position, share in enumerate(apportion(2**bits, weights)):
            slots += [position] * share
    return Choice(pl.Series(slots, dtype=pl.Int64), bits)
