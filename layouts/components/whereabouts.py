"""Where a number stands in the files of its release, so that anyone can find it there again."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from data.observe import STATUS_SUFFIX
from data.query import Query
from data.releases import Release, ReleaseStore
from layouts.components.cell import Cell
from layouts.components.download import file_href, file_size
from layouts.components.link import file_link, link
from layouts.view import View
from layouts.words import Words


@dataclass(frozen=True)
class FileRow:
    """A row of a CSV file as it is written there: its line, and texts by column."""

    line: int
    texts: Mapping[str, str]

    def part(self, columns: Sequence[str]) -> str:
        """Some of the columns as CSV: a line of names and a line of values."""
        written = StringIO()
        rows = csv.DictWriter(written, columns, extrasaction="ignore", lineterminator="\n")
        rows.writeheader()
        rows.writerow(self.texts)
        return written.getvalue()


def file_row(content: bytes, keys: Mapping[str, str]) -> FileRow | None:
    """The row of a CSV file in which all keys have these codes."""
    rows = csv.DictReader(StringIO(content.decode()))
    for row in rows:
        if all(row[key] == code for key, code in keys.items()):
            return FileRow(rows.line_num, row)
    return None


def whereabouts(
    store: ReleaseStore, release: Release, cell: Cell, view: View, words: Words
) -> list[Component]:
    """The release, the file with its hash, the row as it is written, and lasting addresses."""
    name = f"{cell.table}.csv"
    found = file_row(store.content(release.id, name), cell.codes)
    return [
        html.Dl(_about(release, cell, name, found, words), className="parts"),
        *_as_written(cell, found),
        html.Ul([html.Li(each) for each in _addresses(release, cell, view, words)]),
    ]


def _about(
    release: Release, cell: Cell, name: str, found: FileRow | None, words: Words
) -> list[Component]:
    as_of = words.date(release.manifest.as_of)
    size = f" ({file_size(release, words, name)})"
    lines: dict[str, str | Component | list[str | Component]] = {
        "number_release": words("number_release_as_of", release=release.id, date=as_of),
        "number_table": words(f"table_{cell.table}"),
        "number_file": [file_link(name, file_href(release, name)), size],
        "data_checksum": html.Code(release.manifest.files[name].sha256),
        "number_line": words.number(found.line) if found else "",
    }
    return [part for key, text in lines.items() for part in (html.Dt(words(key)), html.Dd(text))]


def _as_written(cell: Cell, found: FileRow | None) -> list[Component]:
    if found is None:
        return []
    names = [part for key in cell.codes for part in (key, f"{key}_name") if part in found.texts]
    return [html.Pre(html.Code(found.part([*names, cell.column, f"{cell.column}{STATUS_SUFFIX}"])))]


def _addresses(release: Release, cell: Cell, view: View, words: Words) -> list[Component]:
    return [
        link(words("number_permalink"), view.href(release=release.id)),
        file_link(words("number_json"), interface_href(release, cell)),
        file_link(words("number_csv"), f"{interface_href(release, cell)}&format=csv"),
    ]


def interface_href(release: Release, cell: Cell) -> str:
    """The address at which programs get the same cell, for ever."""
    dataset = release.manifest.tables[cell.table].dataset
    return interface_address(Query(dataset, (cell.column,), (), cell.keys, release.id))


def interface_address(query: Query) -> str:
    """The address at which the data interface answers a query."""
    given = [(name, value) for name, value in query.parameters() if value]
    return f"/api/v1/data?{urlencode(given, safe=',')}"
