"""One number of the release: what it says, how it is made, where it stands, what it was before."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.dimensions import DIMENSIONS, TOTAL
from data.releases import Release
from data.statuses import NORMAL
from layouts.components.cell import Cell, cell_at, row_of
from layouts.components.columns import title
from layouts.components.earlier import earlier
from layouts.components.link import link
from layouts.components.making import making
from layouts.components.reading import Reading, reading
from layouts.components.replies import reply_links
from layouts.components.whereabouts import whereabouts
from layouts.page import Observer, Page
from layouts.sitemap import SITEMAP
from layouts.view import View
from layouts.words import Words

PAGE_OF: Final = {
    address.coded_by: page for page, address in SITEMAP.items() if address.coded_by in DIMENSIONS
}
"""The page of a dimension's codes."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The number in the address; without one, what this page is for."""
    release = observe.release
    cell = cell_at(view, release)
    row = row_of(cell, release) if cell else None
    if cell is None or row is None:
        return _without(view, words)
    shown = reading(row, cell.column)
    return html.Article(
        [
            html.H1(_finding(cell, shown, words)),
            html.P(_where(release, cell, view, words), className="lead"),
            *_status(shown, words),
            *_replies(observe, cell, view, words),
            html.H2(words("number_making")),
            *making(release, cell, shown, view, words),
            html.H2(words("number_whereabouts")),
            *whereabouts(observe.store, release, cell, view, words),
            html.H2(words("number_earlier")),
            *earlier(observe.store, release, cell, shown, view, words),
        ],
        className="number-page",
    )


def _without(view: View, words: Words) -> Component:
    """For an address that names no number: a table that has many."""
    return html.Article(
        [
            html.H1(words("page_number_title")),
            html.P(words("number_none"), className="lead"),
            html.P(link(words("number_none_link"), view.href(page="agencies"))),
        ]
    )


def _finding(cell: Cell, shown: Reading, words: Words) -> str:
    what = title(cell.column, words)
    return words("number_finding", what=what, value=shown.phrase(words))


def _where(release: Release, cell: Cell, view: View, words: Words) -> list[str | Component]:
    """The codes that are no totals, those that have a page as links to it, and the period."""
    parts: list[str | Component] = []
    for dimension, code in cell.keys[1:]:
        if code != TOTAL:
            parts += [_named(release, dimension, code, view, words), ", "]
    return [*(parts or [words("pages_everywhere"), ", "]), words.period(cell.codes["period"])]


def _named(
    release: Release, dimension: str, code: str, view: View, words: Words
) -> str | Component:
    name = words.name(release.codelists[dimension], code)
    page = PAGE_OF.get(dimension)
    return link(name, view.href(page=page, code=code)) if page else name


def _replies(observe: Observer, cell: Cell, view: View, words: Words) -> list[Component]:
    """What the agency says of the number, where it is an agency's alone."""
    codes = {name: code for name, code in cell.codes.items() if code != TOTAL}
    if codes.keys() != {"agency", "period"}:
        return []
    return reply_links(observe, view, words, (codes["agency"], codes["period"], cell.column))


def _status(shown: Reading, words: Words) -> list[Component]:
    if shown.status is NORMAL:
        return []
    word, meaning = words(shown.status.word), words(f"{shown.status.word}_meaning")
    return [html.P([html.B(word), ": ", meaning])]


PAGE: Final = Page("number", layout)
