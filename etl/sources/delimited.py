"""Delimited text, record by record: quoted line ends stay, no row is bent to fit.

A row with another number of values than the header is not cut or filled: its values cannot be
trusted to stand in their columns, so it is passed on as unreadable, known by its hash alone.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Final

import polars as pl

from data.errors import SourceError
from etl.mapping import CsvSection
from etl.sources.compressed import BROKEN, open_bytes
from etl.sources.reader import BATCH_ROWS, frame_of

LONGEST_VALUE: Final = 1 << 20

Row = tuple[str | None, ...]


class DelimitedReader:
    """A CSV file, plain or compressed, in any encoding."""

    def __init__(self, path: Path, layout: CsvSection) -> None:
        self._path = path
        self._layout = layout
        self._header = tuple(layout.header) or self._read_header()

    def names(self) -> frozenset[str]:
        return frozenset(self._header)

    def seen(self) -> frozenset[str]:
        return self.names()

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        self._refuse_twins(columns)
        with self._open() as text:
            rows = self._rows(text)
            if not self._layout.header:
                next(rows, None)
            picked = self._picked(rows, columns)
            while batch := list(islice(picked, BATCH_ROWS)):
                yield frame_of(columns, batch)

    def _picked(self, rows: Iterator[list[str]], columns: Sequence[str]) -> Iterator[Row]:
        width = len(self._header)
        pick = _picker([self._header.index(name) for name in columns])
        nothing = (None,) * len(columns)
        for row in rows:
            if len(row) == width:
                yield (*pick(row), None)
            elif row:
                yield (*nothing, sha256("\x1f".join(row).encode()).hexdigest())

    def _refuse_twins(self, columns: Sequence[str]) -> None:
        for name in columns:
            if self._header.count(name) > 1:
                raise SourceError(
                    "Header",
                    f"{self._path.name} has {self._header.count(name)} columns '{name}'.",
                    "Have the file exported with a name of its own for each column.",
                )

    def _read_header(self) -> tuple[str, ...]:
        with self._open() as text:
            return tuple(name.strip() for name in next(self._rows(text), []))

    def _open(self) -> io.TextIOWrapper:
        try:
            raw = open_bytes(self._path)
        except OSError as error:
            raise SourceError(
                "Source", f"{self._path.name} cannot be opened.", "Check the path and its rights."
            ) from error
        encoding = self._layout.encoding
        # A byte order mark would otherwise become part of the first column's name.
        return io.TextIOWrapper(raw, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")

    def _rows(self, text: io.TextIOWrapper) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_VALUE)
        reader = csv.reader(text, delimiter=self._layout.delimiter, quotechar=self._layout.quote)
        try:
            yield from reader
        except UnicodeDecodeError:
            raise SourceError(
                "Encoding",
                f"{self._path.name}, after line {reader.line_num}: the bytes are not "
                f"{self._layout.encoding}.",
                "Name the encoding in [csv] encoding, such as 'cp1251'.",
            ) from None
        except csv.Error:
            raise SourceError(
                "Delimited text",
                f"{self._path.name}, line {reader.line_num}: the quotes do not close, or a value "
                "is longer than a mebibyte.",
                "Check [csv] quote and delimiter, or have the file exported again.",
            ) from None
        except BROKEN:
            raise SourceError(
                "Source",
                f"{self._path.name} is damaged or cut off after line {reader.line_num}.",
                "Fetch the file again.",
            ) from None


def _picker(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    only = places[0]
    return lambda row: (row[only],)
