"""Untidiness that a careful reader puts right: it stays within the clean appeals."""

from typing import Final

import polars as pl

from etl.demo.chance import happens
from etl.demo.columns import MOMENTS

TOLERATED: Final = {
    "theme_case_variant": 0.004,
    "theme_stray_spaces": 0.004,
    "dates_day_first": 0.003,
    "dates_iso_t": 0.003,
    "birth_date_not_available": 0.003,
}
"""Kind → share of appeals. A row may show several, but dates are written in one way."""


def untidy(rows: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """The rows with some of them untidy, and how many of each kind. Rows have a ``key``."""
    marked = rows.with_columns(
        happens(share, kind).alias(kind) for kind, share in TOLERATED.items()
    ).with_columns(dates_iso_t=pl.col("dates_iso_t") & ~pl.col("dates_day_first"))
    counts = {kind: int(marked[kind].sum()) for kind in TOLERATED}
    changed = marked.with_columns(
        mavzu=_theme(),
        tugilgan_sana=pl.when("birth_date_not_available")
        .then(pl.lit("n/a"))
        .otherwise("tugilgan_sana"),
        **{name: _moment(name) for name in MOMENTS},
    )
    return changed.select(rows.columns), counts


def _theme() -> pl.Expr:
    lowered = (
        pl.when("theme_case_variant").then(pl.col("mavzu").str.to_lowercase()).otherwise("mavzu")
    )
    spaced = pl.concat_str(pl.lit(" "), lowered, pl.lit("  "))
    return pl.when("theme_stray_spaces").then(spaced).otherwise(lowered)


def _moment(name: str) -> pl.Expr:
    """All moments of a row are written alike, so that their order is kept."""
    text = pl.col(name)
    day_first = pl.concat_str(
        text.str.slice(8, 2),
        pl.lit("."),
        text.str.slice(5, 2),
        pl.lit("."),
        text.str.slice(0, 4),
        text.str.slice(10, 6),
    )
    return (
        pl.when("dates_day_first")
        .then(day_first)
        .when("dates_iso_t")
        .then(text.str.replace(" ", "T", literal=True))
        .otherwise(text)
    )
