"""The terms that a page uses, each a link to its line in the glossary."""

from dash import html
from dash.development.base_component import Component

from layouts.components.link import link
from layouts.terms import Term, anchor, terms_of
from layouts.view import View
from layouts.words import Words


def terms_note(view: View, words: Words) -> list[Component]:
    """One line below a page; nothing where the page uses no special words."""
    terms = terms_of(view.page, view.code)
    if not terms:
        return []
    items = [html.Li(link(words(term.key), term_href(view, term))) for term in terms]
    heading = html.P(words("glossary_of_page"), className="key-heading")
    return [html.Div([heading, html.Ul(items)], className="terms")]


def term_href(view: View, term: Term) -> str:
    """The address of a term's line."""
    return f"{view.href(page='glossary', code='')}#{anchor(term)}"
