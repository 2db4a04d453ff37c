"""What every kind of source looks like to the pipeline: named columns of text, in batches."""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import polars as pl

UNREADABLE: Final = "_unreadable"
"""Column beside the asked ones: empty, or the SHA-256 of a row whose values have no columns."""

BATCH_ROWS: Final = 50_000


class Reader(Protocol):
    """One table of a source, opened for reading."""

    def names(self) -> frozenset[str] | None:
        """The columns that there are; None when they are known only after reading."""

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The asked columns and ``UNREADABLE`` as text, a bounded number of rows at a time.

        Values that are not given are null or empty. Only the asked columns are kept in memory.
        """

    def seen(self) -> frozenset[str]:
        """The columns that were met while reading."""


def frame_of(columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Rows of text, the last value of each being ``UNREADABLE``, as a batch."""
    schema = dict.fromkeys((*columns, UNREADABLE), pl.String)
    if not rows:
        return pl.DataFrame(schema=schema)
    values = zip(*rows, strict=True)
    return pl.DataFrame(
        [
            pl.Series(name, column, dtype=pl.String)
            for name, column in zip(schema, values, strict=True)
        ]
    )
