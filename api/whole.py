"""A whole table of a release as a workbook, with the names of codes in the reader's language.

Making one takes seconds, so one is made at a time, and it is kept; who comes meanwhile waits a
little, and is then told to come again rather than hold a place in the queue.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from api.books import explained
from api.grid import Column
from api.taken import marks_of, sources_of
from api.workbooks import Sheet, workbook
from data.errors import UnknownFileError
from data.observe import STATUS_SUFFIX
from data.releases import Release
from data.statuses import NORMAL
from data.withdrawals import Withdrawal
from layouts.components.columns import title
from layouts.components.whole import is_small_enough
from layouts.kept import PATIENCE, Kept
from layouts.words import Words

MOST_KEPT: Final = 40


@dataclass(frozen=True)
class Bindery:
    """Where workbooks of whole tables are made and kept."""

    words: Mapping[str, Words]
    kept: Kept = field(default_factory=lambda: Kept(MOST_KEPT, PATIENCE))

    def book(self, release: Release, table: str, lang: str, withdrawal: Withdrawal | None) -> bytes:
        """The workbook of a table; refused for what is none, and while others are being made."""
        if lang not in self.words or not is_small_enough(release, table):
            raise UnknownFileError("Nothing there", "There is no such workbook.", "Take the CSV.")
        marks = marks_of(release, withdrawal, self.words[lang])
        key = f"{release.id} {table} {lang} {marks}"
        return self.kept.get(key, lambda: made(release, table, marks, self.words[lang]))


def made(release: Release, table: str, marks: tuple[str, ...], words: Words) -> bytes:
    """The table, what its numbers and signs mean, and where it is from."""
    name = words("taken_whole", table=words(f"table_{table}"))
    lines = (name, *marks, *sources_of(release, words), words("taken_only_normal"))
    columns = tuple(columns_of(release, table, words))
    sheet = Sheet(words("taken_sheet_table"), lines, columns)
    meanings = explained(values_of(release.tables[table]), words)
    return workbook(name, [sheet, *meanings], date.fromisoformat(release.manifest.as_of))


def values_of(frame: pl.DataFrame) -> list[str]:
    """The columns that hold numbers, which are those with a status."""
    return [name for name in frame.columns if f"{name}{STATUS_SUFFIX}" in frame.columns]


def columns_of(release: Release, table: str, words: Words) -> Iterator[Column]:
    """Keys with the names of their codes, then each number, with its statuses if any says more."""
    frame = release.tables[table]
    for key in release.manifest.tables[table].table.keys:
        heading = words(f"dimension_{key}")
        yield Column(heading, tuple(frame[key]))
        names = release.codelists.get(key)
        if names is not None:
            named = {code: words.name(names, code) for code in frame[key].unique()}
            heading = words("taken_name_of", heading=heading)
            yield Column(heading, tuple(named[code] for code in frame[key]))
    for name in values_of(frame):
        heading, statuses = title(name, words), frame[f"{name}{STATUS_SUFFIX}"]
        yield Column(heading, tuple(frame[name]), name)
        if (statuses != NORMAL.code).any():
            yield Column(words("taken_status_of", heading=heading), tuple(statuses))
