"""The tables of a release and their columns: in which order they stand and what they are called.

An indicator is called by its name, a plain count by its measure's.
"""

from data.datasets import TABLES
from data.indicators import INDICATORS
from data.observe import STATUS_SUFFIX
from data.releases import Release
from layouts.words import Words


def title(column: str, words: Words) -> str:
    """The full name of a column."""
    return words(f"indicator_{column}" if column in INDICATORS else f"measure_{column}")


def short(column: str, words: Words) -> str:
    """The name of a column for a narrow heading."""
    return words(f"indicator_{column}_short" if column in INDICATORS else f"measure_{column}")


def in_order(release: Release) -> list[str]:
    """The tables of a release as they are declared; those of another catalogue after them."""
    tables = release.manifest.tables
    return [*(name for name in TABLES if name in tables), *(n for n in tables if n not in TABLES)]


def value_columns(release: Release, table: str) -> tuple[str, ...]:
    """The columns of a table of the release that hold values: measures and indicators."""
    columns = release.tables[table].columns
    return tuple(name for name in columns if f"{name}{STATUS_SUFFIX}" in columns)
