"""Whole tables as workbooks: which there are, and where."""

from typing import Final

from data.releases import Release

MOST_ROWS: Final = 100_000
"""Of a table that is made into a workbook; longer ones are there as CSV and Parquet."""


def is_small_enough(release: Release, table: str) -> bool:
    """True for a table of the release that a spreadsheet can hold."""
    record = release.manifest.tables.get(table)
    return record is not None and record.rows <= MOST_ROWS


def workbook_href(release: Release, table: str, lang: str) -> str:
    """The permanent address of the workbook of a table."""
    return f"/releases/{release.id}/{lang}/{table}.xlsx"
