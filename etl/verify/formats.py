"""The two formats of a file: the CSV has the rows of the Parquet file, a name after each code."""

from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl

from etl.verify.opened import Opened, texts
from etl.verify.tables import GENERATED


def format_findings(
    release: Opened, directory: Path, name: str, frame: pl.DataFrame, coded: Collection[str]
) -> Iterator[str]:
    """Compares ``<name>.csv`` with its Parquet file; ``coded`` names the columns of codes."""
    told = texts(directory / f"{name}.csv")
    expected = [
        part
        for column in frame.columns
        for part in ([column, f"{column}_name"] if column in coded else [column])
    ]
    marked = [GENERATED] if release.manifest.source.generated else []
    if told.columns != [*expected, *marked]:
        yield f"{name}.csv: its columns are not those of the Parquet file with names"
        return
    same = told.select(pl.col(c).cast(kind, strict=False) for c, kind in frame.schema.items())
    if not same.equals(frame):
        yield f"{name}.csv and {name}.parquet differ"
