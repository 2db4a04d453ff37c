"""What was looked for, and all that has such a name in any language, grouped by what it is."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.link import link
from layouts.components.search_box import search_box
from layouts.finding.entries import Entry
from layouts.finding.index import Found, index_of
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

SHOWN: Final = 8
"""How many of a kind are listed before the reader asks for all."""
DOORS: Final = ("agencies", "regions", "method")


def layout(observe: Observer, view: View, words: Words) -> Component:
    """How many were found, the field, how the words were understood, and the groups."""
    query = view.get("q").strip()
    found = index_of(observe.release.codelists).find(query, view.lang)
    return html.Article(
        [
            html.H1(_finding(query, found, words)),
            search_box(view, words, observe.release, query),
            *_respelled(found, view, words),
            *_missing(found, words),
            *(_groups(found, view, words) if found.entries else _nothing(query, view, words)),
        ],
        className="search",
    )


def _finding(query: str, found: Found, words: Words) -> str:
    if not query:
        return words("page_search_title")
    return words("search_finding", n=len(found.entries), query=found.respelled or query)


def _respelled(found: Found, view: View, words: Words) -> list[Component]:
    if not found.respelled:
        return []
    to_it = link(found.respelled, view.href(q=found.respelled))
    return [html.P([words("search_respelled", query=view.get("q")), " ", to_it], className="note")]


def _missing(found: Found, words: Words) -> list[Component]:
    if not found.entries or not found.missing:
        return []
    listed = words("search_missing", words=", ".join(found.missing))
    return [html.P(listed, className="note")]


def _groups(found: Found, view: View, words: Words) -> list[Component]:
    """The kinds in the order of their best entry; only the one that the reader chose, if any."""
    kinds = list(dict.fromkeys(entry.kind for entry in found.entries))
    asked = view.get("kind")
    if asked in kinds:
        every = link(words("search_every_kind"), view.href(kind=None))
        return [_group(asked, found.entries, view, words, whole=True), html.P(every)]
    return [_group(kind, found.entries, view, words, whole=False) for kind in kinds]


def _group(
    kind: str, listed: Sequence[Entry], view: View, words: Words, *, whole: bool
) -> Component:
    of_kind = [entry for entry in listed if entry.kind == kind]
    shown = of_kind if whole else of_kind[:SHOWN]
    parts = [
        html.H2([kind_name(kind, words), " ", html.Small(words.number(len(of_kind)))]),
        html.Ul([html.Li(_result(entry, view, words)) for entry in shown], className="results"),
    ]
    if len(shown) < len(of_kind):
        more = words("search_all_of_kind", n=len(of_kind))
        parts.append(html.P(link(more, view.href(kind=kind))))
    return html.Section(parts, className="results-group")


def kind_name(kind: str, words: Words) -> str:
    """What things of a kind are called."""
    return words(f"found_{kind}") if f"found_{kind}" in words else words(f"dimension_{kind}")


def _result(entry: Entry, view: View, words: Words) -> list[Component]:
    href = view.href(page=entry.page, code=entry.code) + entry.fragment
    to_page = link(entry.title(words.lang), href)
    about = entry.within(words.lang) or dict(entry.about).get(words.lang, "")
    return [to_page, html.Span(about, className="result-about")] if about else [to_page]


def _nothing(query: str, view: View, words: Words) -> list[Component]:
    """What can be looked for, and the lists that hold it."""
    advice = words("search_nothing") if query else words("search_lead")
    lists = [html.Li(link(words(f"navigation_{name}"), view.href(page=name))) for name in DOORS]
    return [html.P(advice, className="lead"), html.Ul(lists)]


PAGE: Final = Page("search", layout)
