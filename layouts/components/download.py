"""What can be taken home: the files behind a table, and how to check them."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.copying import copy_button
from layouts.components.link import file_link, link
from layouts.components.whole import is_small_enough, workbook_href
from layouts.view import View
from layouts.words import Words


def file_href(release: Release, name: str) -> str:
    """The permanent address of a file of the release."""
    return f"/releases/{release.id}/{name}"


def size(words: Words, count: int) -> str:
    """Bytes in the largest unit that leaves a number above one."""
    for unit, power in (("megabytes", 1_000_000), ("kilobytes", 1_000)):
        if count >= power:
            return words(f"size_{unit}", value=words.decimal(count / power, 1))
    return words("size_bytes", value=words.number(count))


def downloads(release: Release, view: View, words: Words, *tables: str) -> Component:
    """The files of some tables as CSV, Parquet and XLSX, with the release that they belong to."""
    links = [html.Li(each) for table in tables for each in _ways(release, view, words, table)]
    return html.Section(
        [
            html.H2(words("pages_downloads")),
            html.Ul(links, className="downloads"),
            html.P(
                [words("pages_each_number"), " ", *_own_table(release, view, words, tables)],
                className="provenance",
            ),
            provenance(release, view, words),
        ],
        className="downloads-section",
    )


def _own_table(
    release: Release, view: View, words: Words, tables: Sequence[str]
) -> list[Component]:
    """A way to lay the first of the tables out otherwise."""
    known = [table for table in tables if table in release.manifest.tables]
    if not known:
        return []
    return [link(words("pages_own_table"), view.href(page="table", table=known[0]))]


def _ways(
    release: Release, view: View, words: Words, table: str
) -> Iterator[Component | list[Component | str]]:
    """The files of one table; the workbook is made of it on demand."""
    for ending in ("csv", "parquet"):
        if f"{table}.{ending}" in release.manifest.files:
            yield _file(release, words, f"{table}.{ending}")
    if is_small_enough(release, table):
        yield file_link(f"{table}.xlsx", workbook_href(release, table, view.lang))


def file_size(release: Release, words: Words, name: str) -> str:
    """The size of a file of the release."""
    return size(words, release.manifest.files[name].bytes)


def _file(release: Release, words: Words, name: str) -> list[Component | str]:
    return [file_link(name, file_href(release, name)), f" ({file_size(release, words, name)})"]


def provenance(release: Release, view: View, words: Words) -> Component:
    """Where the numbers on this page come from, and how to show the very same page for ever."""
    as_of = words.date(release.manifest.as_of)
    return html.P(
        [
            words("pages_provenance", release=release.id, date=as_of),
            " ",
            link(words("pages_how_to_check"), view.href(page="data", code="")),
            " · ",
            link(words("pages_permalink"), view.href(release=release.id)),
            " ",
            *copy_button(words),
        ],
        className="provenance",
    )
