"""The committed reference lists, as text columns."""

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def read(name: str) -> pl.DataFrame:
    """The list ``data/reference/<name>.csv``; every column is text, an empty cell is ''."""
    return _texts(files("data") / "reference" / f"{name}.csv")


@cache
def own(name: str) -> pl.DataFrame:
    """The list ``<name>.csv`` beside this module."""
    return _texts(files("etl.demo") / f"{name}.csv")


def _texts(path: object) -> pl.DataFrame:
    return pl.read_csv(str(path), infer_schema=False).with_columns(pl.all().fill_null(""))
