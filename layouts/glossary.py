"""What the words of the site mean, in the order of the alphabet, each with an anchor of its own."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.league import folded
from layouts.components.link import file_link, link
from layouts.page import Observer, Page
from layouts.terms import TERMS, Term, anchor
from layouts.view import View
from layouts.words import Words


def layout(_observe: Observer, view: View, words: Words) -> Component:
    """The terms as links, then one entry a term."""
    terms = sorted(TERMS, key=lambda term: folded(words(term.key)))
    jumps = [html.Li(file_link(words(term.key), f"#{anchor(term)}")) for term in terms]
    return html.Article(
        [
            html.H1(words("glossary_finding", n=len(terms))),
            html.P(words("glossary_lead"), className="lead"),
            html.Nav(html.Ul(jumps), className="terms", **aria(label=words("glossary_letter"))),
            html.Dl([_entry(term, view, words) for term in terms], className="glossary"),
        ],
        className="glossary-page",
    )


def _entry(term: Term, view: View, words: Words) -> Component:
    parts: list[Component] = [html.Dt(words(term.key)), html.Dd(_meaning(term, view, words))]
    return html.Div(parts, id=anchor(term))


def _meaning(term: Term, view: View, words: Words) -> list[str | Component]:
    meaning: list[str | Component] = [words(f"{term.key}_meaning")]
    if term.more:
        more = words(f"page_{term.more}_title")
        meaning += [" ", link(more, view.href(page=term.more))]
    return meaning


PAGE: Final = Page("glossary", layout)
