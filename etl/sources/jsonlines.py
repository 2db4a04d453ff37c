"""JSON lines: one object a line. Numbers keep the digits they were written with."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from data.errors import SourceError
from etl.sources.compressed import BROKEN, open_bytes
from etl.sources.reader import BATCH_ROWS, frame_of


class JsonLinesReader:
    """A file of JSON objects, plain or compressed; a key may be absent from a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: set[str] = set()

    def names(self) -> None:
        return None

    def seen(self) -> frozenset[str]:
        return frozenset(self._seen)

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        rows = (self._row(line, columns) for line in self._lines())
        while batch := list(islice(rows, BATCH_ROWS)):
            yield frame_of(columns, batch)

    def _row(self, line: bytes, columns: Sequence[str]) -> tuple[str | None, ...]:
        try:
            record = json.loads(line, parse_float=str, parse_int=str)
            self._seen.update(name for name in columns if name in record)
            return (*(_text(record.get(name)) for name in columns), None)
        except (ValueError, AttributeError, TypeError):
            return (*(None for _ in columns), sha256(line).hexdigest())

    def _lines(self) -> Iterator[bytes]:
        try:
            with open_bytes(self._path) as file:
                yield from _given(file)
        except BROKEN:
            raise SourceError(
                "Source",
                f"{self._path.name} is damaged or cut off.",
                "Check the path and its rights, or fetch the file again.",
            ) from None


def _given(file: BinaryIO) -> Iterator[bytes]:
    return (line for line in file if not line.isspace())


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
