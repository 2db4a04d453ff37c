"""Complements: those who are left when all with a trait are taken away.

No table shows them, but whoever is told how many are women can take these from everyone. They are
counted, by appeals and by persons, under codes of their own: ``~women``, ``~under_30~over_60``.
"""

from collections.abc import Collection, Mapping

import polars as pl

from data.dimensions import FlagDimension
from data.measures import MEASURES, Count


def without(*codes: str) -> str:
    """The code of those who have none of the codes."""
    return "".join(f"~{code}" for code in codes)


def exclusive(dimension: FlagDimension, codes: Collection[str]) -> list[tuple[str, str]]:
    """The pairs of the codes of which nobody has both: what is left without both can be told."""
    return [pair for pair in dimension.exclusive if {*pair} <= {*codes}]


def conditions(dimension: FlagDimension, codes: Collection[str]) -> Mapping[str, pl.Expr]:
    """By complement of the dimension, the appeals that are in it."""
    left = [(code,) for code in codes] + exclusive(dimension, codes)
    return {without(*gone): ~pl.any_horizontal(gone) for gone in left}


def is_sensitive(measure: str) -> bool:
    """True for a count of which, as of a trait, both sides are guarded."""
    declared = MEASURES.get(measure)
    return isinstance(declared, Count) and declared.sensitive
