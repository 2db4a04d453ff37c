"""Extract: from the columns of a source to the texts of canonical fields, and nothing else.

Only mapped columns are asked for. Every value is text; what a mapping calls missing is null.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from data.errors import SourceError
from etl.drift import Drift
from etl.mapping import ColumnSection, Mapping
from etl.sources.ahead import read_ahead
from etl.sources.opening import is_database, open_file, open_table
from etl.sources.reader import UNREADABLE, Reader
from etl.stages import Raw

IDENTIFIER: Final = "identifier_"
"""Prefix of the raw columns that become a person's HMAC; numbered as the mapping lists them."""

ANSWER_TEXT: Final = "answer_text"
"""The raw column that becomes the HMAC of the answer's text."""


def open_source(mapping: Mapping, location: str | None, scratch: Path) -> Reader:
    """Opens the source that a mapping describes, at a location that overrides the mapping's own."""
    told = mapping.source
    where = location or told.location
    if not where:
        raise SourceError(
            "Source", "nothing says where it lies.", "Give --source, or [source] location."
        )
    if is_database(where, told.format):
        return open_table(where, told.table, told.query)
    path = Path(where) if location else mapping.directory / where
    return open_file(path, mapping.csv, told.format, scratch)


def extract(reader: Reader, mapping: Mapping, drift: Drift) -> Iterator[Raw]:
    """Batches of raw texts: a column for each mapped field and identifier, ``row``, ``UNREADABLE``.

    A mapped column that the source does not have becomes a finding of ``drift``; nothing is read
    then, except where it takes reading to know.
    """
    names = reader.names()
    if names is not None and not _all_there(names, mapping, drift):
        return
    texts = _texts(mapping)
    first = 0
    for batch in read_ahead(reader.batches(mapping.read_columns)):
        rows = pl.int_range(first, first + batch.height, dtype=pl.UInt64).alias("row")
        yield Raw(batch.select(rows, *texts, pl.col(UNREADABLE).replace("", None)))
        first += batch.height
    if names is None and first:
        _all_there(reader.seen(), mapping, drift)


def _all_there(names: frozenset[str], mapping: Mapping, drift: Drift) -> bool:
    gone = [name for name in mapping.read_columns if name not in names]
    for name in gone:
        drift.column_gone(name, _readers_of(name, mapping))
    return not gone


def _readers_of(name: str, mapping: Mapping) -> list[str]:
    fields = [
        f"columns.{field}" for field, column in mapping.columns.items() if name in column.from_
    ]
    hidden = (*mapping.pseudonymise.person, *mapping.pseudonymise.answer)
    return fields + ["pseudonymise"] * (name in hidden)


def _texts(mapping: Mapping) -> list[pl.Expr]:
    missing = mapping.source.missing
    fields = [_field(column, missing).alias(name) for name, column in mapping.columns.items()]
    identifiers = [
        _given(name, missing).alias(f"{IDENTIFIER}{number}")
        for number, name in enumerate(mapping.pseudonymise.person)
    ]
    answer = mapping.pseudonymise.answer
    texts = [_joined(answer, missing).alias(ANSWER_TEXT)] if answer else []
    return fields + identifiers + texts


def _joined(names: tuple[str, ...], missing: tuple[str, ...]) -> pl.Expr:
    return pl.concat_str(
        (_given(name, missing) for name in names), separator=" ", ignore_nulls=True
    )


def _field(column: ColumnSection, missing: tuple[str, ...]) -> pl.Expr:
    if not column.from_:
        return pl.lit(None, pl.String)
    text = pl.coalesce(_given(name, missing) for name in column.from_)
    if column.pattern is None:
        return text
    # A text that does not match stays whole, so that it is told as unknown and not as missing.
    return pl.coalesce(text.str.extract(column.pattern), text)


def _given(name: str, missing: tuple[str, ...]) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return text.replace(dict.fromkeys(("", *missing)))
