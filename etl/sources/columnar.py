"""Parquet, a slice at a time: typed columns become text that says exactly the same."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from data.errors import SourceError
from etl.sources.reader import BATCH_ROWS, UNREADABLE


class ParquetReader:
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._schema = pl.read_parquet_schema(path)
        except (PolarsError, OSError):
            raise SourceError(
                "Source", f"{path.name} is no Parquet file that can be read.", "Fetch it again."
            ) from None

    def names(self) -> frozenset[str]:
        return frozenset(self._schema)

    def seen(self) -> frozenset[str]:
        return self.names()

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        texts = [_as_text(name, self._schema[name]) for name in columns]
        lazy = pl.scan_parquet(self._path)
        nothing = pl.lit(None, pl.String).alias(UNREADABLE)
        try:
            rows = lazy.select(pl.len()).collect().item()
            # Slices, for a scan as a whole reads many row groups ahead of what is asked for.
            for first in range(0, rows, BATCH_ROWS):
                yield lazy.slice(first, BATCH_ROWS).select(*texts, nothing).collect()
        except PolarsError:
            raise SourceError(
                "Source", f"{self._path.name} is damaged.", "Fetch the file again."
            ) from None


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Datetime):
        zone = "%:z" if kind.time_zone else ""
        return column.dt.strftime(f"%Y-%m-%d %H:%M:%S%.f{zone}")
    if kind == pl.Binary:
        return column.cast(pl.String, strict=False)
    return column.cast(pl.String)
