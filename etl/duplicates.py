"""Duplicates: of the rows that speak of one record, the one that was changed last is kept.

Rows lie in the spool by month of registration while the source is read. The keys are then looked
through alone, a share of them at a time, so that memory does not grow with the source; which row
wins depends on the rows only, never on the order in which they came.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data.appeal import GENERALISED
from data.errors import SourceError
from etl.keyed import keyed_numbers

BUFFER_ROWS: Final = 250_000
SHARE_ROWS: Final = 8_000_000
"""Rows whose keys are compared at a time."""

KEYED: Final = ("person", "person_when_answered", "answer_print")
CONTENT: Final = (
    *(name for name in GENERALISED if name not in {"as_of", "appeal", *KEYED}),
    *KEYED,
)
"""What settles which of two rows wins, the numbers last that change with the keys."""


@dataclass
class Spool:
    """Accepted rows of a run on disk, by month, before duplicates are settled."""

    directory: Path
    rows: int = 0
    _buffer: list[pl.DataFrame] = field(default_factory=list)
    _buffered: int = 0
    _parts: int = 0

    def add(self, frame: pl.DataFrame) -> None:
        self.rows += frame.height
        self._buffer.append(frame)
        self._buffered += frame.height
        if self._buffered >= BUFFER_ROWS:
            self.flush()

    def flush(self) -> None:
        if not self._buffered:
            return
        together = pl.concat(self._buffer).with_columns(
            month=pl.col("registered").dt.strftime("%Y-%m")
        )
        for (month,), part in together.partition_by(
            "month", as_dict=True, include_key=False
        ).items():
            place = self.directory / str(month)
            place.mkdir(exist_ok=True)
            part.write_parquet(place / f"{self._parts:06}.parquet", compression="lz4")
        self._parts += 1
        self._buffer, self._buffered = [], 0

    def months(self) -> list[str]:
        return sorted(path.name for path in self.directory.iterdir())

    def first_day(self) -> date:
        """The first day of registration."""
        return self._day(pl.col("registered").min())

    def last_day(self) -> date:
        """The last day that a row speaks of."""
        return self._day(pl.max_horizontal(pl.col("registered").max(), pl.col("answered").max()))

    def _day(self, of_rows: pl.Expr) -> date:
        if not self.rows:
            raise SourceError(
                "Source",
                "every row of it is held back by a rule.",
                "Look at the rows in quarantine and mend the mapping.",
            )
        found: date = self.scan().select(of_rows).collect(engine="streaming").item()
        return found

    def scan(self, month: str = "*") -> pl.LazyFrame:
        return pl.scan_parquet(self.directory / month / "*.parquet", glob=True)


def losing_rows(spool: Spool) -> pl.Series:
    """The positions of the rows that are duplicates, declared so or by their key, sorted."""
    if not spool.rows:
        return pl.Series("row", [], dtype=pl.UInt64)
    shares = -(-spool.rows // SHARE_ROWS)
    found = [_losers_in(spool, share, shares) for share in range(shares)]
    return pl.concat([_declared(spool), *found]).unique().sort()


def _declared(spool: Spool) -> pl.Series:
    return (
        spool.scan().filter("declared_duplicate").select("row").collect(engine="streaming")["row"]
    )


def _losers_in(spool: Spool, share: int, shares: int) -> pl.Series:
    in_share = (pl.col("key").hash() % shares == share) & ~pl.col("declared_duplicate")
    keys = spool.scan().filter(in_share).select(pl.col("key").hash().alias("hash"))
    repeated = keys.group_by("hash").len().filter(pl.col("len") > 1)
    suspects = repeated.collect(engine="streaming")["hash"].implode()
    rows = (
        spool.scan()
        .filter(in_share & pl.col("key").hash().is_in(suspects))
        .collect(engine="streaming")
    )
    return _losers(rows)


def _losers(rows: pl.DataFrame) -> pl.Series:
    """All rows but the winner of each key: changed last, then by content, so that no order of
    delivery matters. Rows that are equal in all of it are equal once staged."""
    ranked = rows.sort(
        "key", "latest", *CONTENT, "row", descending=[False, True, *(True for _ in CONTENT), False]
    )
    return ranked.filter(~pl.col("key").is_first_distinct())["row"]


def write_months(
    spool: Spool, losers: pl.Series, target: Path, as_of: date, key: bytes
) -> Iterator[tuple[str, int]]:
    """Writes the staged months one by one, each sorted by its records' keys; gives their rows."""
    for month in spool.months():
        rows = spool.scan(month).collect()
        kept = rows.filter(~pl.col("row").is_in(losers.implode())).sort("key")
        numbers = pl.Series("appeal", keyed_numbers(kept["key"], key), pl.UInt64)
        staged = kept.with_columns(pl.lit(as_of, pl.Date).alias("as_of"), numbers)
        staged = staged.select(*GENERALISED)
        if staged.height:
            staged.write_parquet(target / f"{month}.parquet", compression="lz4")
            yield month, staged.height
