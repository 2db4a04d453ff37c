"""Markers in the personal columns of some rows: nothing after the door may ever hold one.

The rows that dirty copies are made of are among them, so that duplicates and rows held back carry
markers too.
"""

from typing import Final

import polars as pl

from etl.demo.chance import below

MARK: Final = "QANARIYA"
PLANTED: Final = ("fio", "telefon", "manzil", "pinfl", "pasport", "matn", "javob_matni")


def planted(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with markers in some, and the markers, one row each.

    Marked are every row that has a dirty copy, and one row in fifty of the others.
    Markers are unlike anything generated: no PINFL begins with 99, no telephone with +99800.
    """
    serial = pl.col("murojaat_id").str.slice(-8)
    marks = {
        "fio": pl.format("QANARIYA-FIO-{}", serial),
        "telefon": pl.format("+99800{}", serial),
        "manzil": pl.format("QANARIYA-MANZIL-{}", serial),
        "pinfl": pl.format("990000{}", serial),
        "pasport": pl.format("ZZ{}", serial),
        "matn": pl.format("{} QANARIYA-MATN-{} +99800{}", "matn", serial, serial),
        "javob_matni": pl.format("{} QANARIYA-JAVOB-{}", "javob_matni", serial),
    }
    is_chosen = pl.col("dirt").is_not_null() | (below(50, "canary") == 0)
    marked = rows.with_columns(
        pl.when(is_chosen).then(mark).otherwise(name).alias(name) for name, mark in marks.items()
    )
    return marked, marked.filter(is_chosen).select("murojaat_id", *PLANTED)
