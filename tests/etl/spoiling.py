"""Spoiling a file of a release, to see that the verifier finds it."""

from collections.abc import Callable

import polars as pl

Spoil = Callable[[pl.DataFrame], pl.DataFrame]


def put(column: str, value: object, where: pl.Expr) -> Spoil:
    """Another value in a column of the rows of ``where``, of which there must be some."""

    def spoilt(frame: pl.DataFrame) -> pl.DataFrame:
        assert frame.filter(where).height
        changed = pl.when(where).then(pl.lit(value, frame.schema[column])).otherwise(column)
        return frame.with_columns(changed.alias(column))

    return spoilt
