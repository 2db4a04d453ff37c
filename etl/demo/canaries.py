"""Markers in the personal columns of some rows: nothing after the door may ever hold one.

The rows that dirty copies are made of are among them, so that duplicates and rows held back carry
markers too.
"""

from typing import Final

import polars as pl

from etl.demo.chance import below

MARK: Final = "QANARIYA"
_SERIAL = pl.col("murojaat_id").str.slice(-8)
MARKERS: Final = {
    "fio": pl.format(f"{MARK}-FIO-{{}}", _SERIAL),
    "telefon": pl.format("+99800{}", _SERIAL),
    "manzil": pl.format(f"{MARK}-MANZIL-{{}}", _SERIAL),
    "pinfl": pl.format("990000{}", _SERIAL),
    "pasport": pl.format("ZZ{}", _SERIAL),
    "matn": pl.format(f"{MARK}-MATN-{{}}", _SERIAL),
    "javob_matni": pl.format(f"{MARK}-JAVOB-{{}}", _SERIAL),
}
"""Personal column → its marker, unlike anything generated: no PINFL begins with 99, no passport
with ZZ, no telephone number with +99800."""


def planted(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with markers in some, and the markers by column, one row each.

    Marked are every row that has a dirty copy, and one in fifty of the others.
    """
    is_chosen = pl.col("dirt").is_not_null() | (below(50, "canary") == 0)
    told = rows.filter(is_chosen).select(**MARKERS)
    marked = rows.with_columns(
        pl.when(is_chosen).then(_marked(column)).otherwise(column).alias(column)
        for column in MARKERS
    )
    return marked, told


def _marked(column: str) -> pl.Expr:
    """A text keeps its words, and tells the telephone number too."""
    if column not in {"matn", "javob_matni"}:
        return MARKERS[column]
    text = pl.col(column).fill_null("")
    return pl.concat_str(text, pl.lit(" "), MARKERS[column], pl.lit(" "), MARKERS["telefon"])
