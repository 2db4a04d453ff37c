"""Registers: rows that stand beside the appeals, in the same database or in a file of their own."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data.errors import SourceError
from etl.mapping import Mapping as SourceMapping
from etl.mapping import RegisterSection
from etl.sources.opening import is_database, open_file, open_table
from etl.sources.reader import Reader


def open_register(
    mapping: SourceMapping, section: RegisterSection, location: str | None, scratch: Path
) -> Reader:
    """The register that a section names; ``location`` overrides that of the appeals.

    Raises ``SourceError`` when the section names a table and the appeals are in no database.
    """
    if section.source:
        return open_file(mapping.directory / section.source, mapping.csv, None, scratch)
    where = location or mapping.source.location
    if not is_database(where, mapping.source.format):
        raise SourceError(
            "Mapping",
            "a section names a table beside the appeals, which are in a file.",
            "Name a file: source = …",
        )
    return open_table(where, section.table, section.query)


def named_texts(reader: Reader, names: Mapping[str, str], section: str) -> pl.DataFrame:
    """The columns of ``names`` (own name → name in the register) as trimmed text, null where empty.

    Raises ``SourceError`` when the register has not all of them.
    """
    known = reader.names()
    gone = sorted(set(names.values()) - known) if known is not None else []
    if gone:
        raise SourceError(
            "Schema drift",
            f"column_gone: what {section} names has no column '{gone[0]}'.",
            f"Name its columns in {section[:-1]}.columns].",
        )
    wanted = list(names.values())
    parts = list(reader.batches(wanted))
    texts = pl.concat(parts) if parts else pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
    return texts.select(
        pl.col(column).str.strip_chars().replace("", None).alias(name)
        for name, column in names.items()
    )
