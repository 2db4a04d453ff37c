"""Quarantine: rows that broke a rule stay in the vault, and come back when they can be read.

The file of a source holds every row of it that was ever held back and that the source no longer
gives. In each run a held row is dropped when the source gives it again, or gives its record in
another form; otherwise it is read once more by the mapping as it now is. So nothing is lost when
a source forgets, and nothing is counted twice when it does not.
"""

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from etl.record import FIELDS
from etl.rules import UNREADABLE_ROW
from etl.sources.reader import BATCH_ROWS, UNREADABLE
from etl.vault import publish_private

COLUMNS: Final = {
    **dict.fromkeys(FIELDS, pl.String),
    "person": pl.UInt64,
    "person_when_answered": pl.UInt64,
    "answer_print": pl.UInt64,
    UNREADABLE: pl.String,
    "row": pl.UInt64,
    "rule": pl.String,
    "fingerprint": pl.String,
}
"""Raw texts by canonical field, numbers in place of identifiers and of the answer, the position
in the source when it was read, the rule (null for a held row that is accepted now), and the SHA-256
of all raw texts; not of the numbers, which change when a key is gone."""


class Quarantine:
    """The held rows of a source during one run."""

    def __init__(self, path: Path, scratch: Path) -> None:
        self._path = path
        self._scratch = scratch
        self._parts = 0
        self._held = _read(path) if path.is_file() else pl.DataFrame(schema=COLUMNS)
        self._given = pl.Series([False]).new_from_index(0, self._held.height)
        self._seen: Counter[str] = Counter()

    def note_given(self, raw: pl.DataFrame) -> None:
        """Marks the held rows whose record is in a batch of the source."""
        if not self._held.height:
            return
        keys = [name for name in ("source", "appeal_id") if name in raw.columns]
        known = (
            self._held.select(keys)
            .with_row_index()
            .join(raw.select(keys).unique(), on=keys, how="semi", nulls_equal=True)
        )
        known = known.filter(pl.col("appeal_id").is_not_null())
        self._given = self._given.scatter(known["index"], values=True)

    def hold(self, rejected: pl.DataFrame) -> None:
        """Keeps rejected rows of the source, their identifiers already replaced."""
        if not rejected.height:
            return
        whole = _whole(rejected)
        self._seen.update(whole["fingerprint"])
        self._write(whole)

    def returning(self, first: int) -> Iterator[pl.DataFrame]:
        """The held rows that the source no longer gives, as raw batches numbered from ``first``.

        Rows that were unreadable have no values to read again, and are not among them.
        """
        readable = self._held["rule"].fill_null("") != UNREADABLE_ROW
        left = self._held.filter(~self._given & ~self._is_seen() & readable)
        numbered = left.with_columns(
            pl.int_range(first, first + left.height, dtype=pl.UInt64).alias("row")
        )
        yield from numbered.drop("rule", "fingerprint").iter_slices(BATCH_ROWS)

    def _is_seen(self) -> pl.Series:
        """True for as many held rows of the same texts as the source has given of them."""
        prints = self._held.select(
            seen=pl.col("fingerprint").replace_strict(
                dict(self._seen), default=0, return_dtype=pl.Int64
            ),
            rank=pl.int_range(pl.len()).over("fingerprint"),
        )
        return prints["rank"] < prints["seen"]

    def keep(self, returned: pl.DataFrame, rejected: pl.DataFrame) -> None:
        """Keeps the rows that came back, with the rule that they break now or with none."""
        now = returned.join(rejected.select("row", "rule"), on="row", how="left")
        self._write(_whole(now))

    def commit(self) -> None:
        """Makes what was held and kept the quarantine of the source."""
        parts = sorted(self._scratch.glob("held-*.parquet"))
        draft = self._path.with_name(f".{self._path.name}")
        held = pl.scan_parquet(parts) if parts else pl.LazyFrame(schema=COLUMNS)
        held.sink_parquet(draft, compression="zstd")
        publish_private(draft, self._path)

    def _write(self, whole: pl.DataFrame) -> None:
        whole.write_parquet(self._scratch / f"held-{self._parts:06}.parquet")
        self._parts += 1


def _read(path: Path) -> pl.DataFrame:
    """The held rows of a file, also of one from when a person had one number and the hash was of
    that as well."""
    rows = pl.read_parquet(path)
    if "person_when_answered" not in rows.columns:
        rows = rows.with_columns(person_when_answered=pl.col("person"))
    return _whole(rows)


def _whole(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with all columns of the file and their fingerprint."""
    spare = {name: pl.lit(None, kind) for name, kind in COLUMNS.items() if name not in rows.columns}
    filled = rows.with_columns(**spare)
    texts = filled.select(*FIELDS, UNREADABLE)
    prints = [_fingerprint(values) for values in texts.iter_rows()]
    marked = filled.with_columns(pl.Series("fingerprint", prints, dtype=pl.String))
    return marked.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())


def _fingerprint(values: tuple[object, ...]) -> str:
    return sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()
