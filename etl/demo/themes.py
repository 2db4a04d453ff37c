"""The 24 themes by number, and what is assumed of each."""

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl

from etl.demo.reference import read


@cache
def themes() -> tuple[str, ...]:
    """Codes of the themes in the order of the reference list; a theme's number is its position."""
    return tuple(read("theme").filter(pl.col("parent") != "")["code"])


def by_theme(values: Mapping[str, float], elsewhere: float) -> pl.Expr:
    """A value for each row by the theme's number, ``elsewhere`` for themes not named."""
    listed: Sequence[float] = [float(values.get(theme, elsewhere)) for theme in themes()]
    return pl.lit(pl.Series(listed)).gather("theme")
