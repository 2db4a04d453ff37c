"""What a reader sees after telling of an error."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.link import link
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

ONWARDS: Final = ("corrections", "home")


def layout(_observe: Observer, view: View, words: Words) -> Component:
    """Thanks, what happens next, and ways onwards."""
    onwards = [html.Li(link(words(f"page_{name}_title"), view.href(page=name))) for name in ONWARDS]
    return html.Article(
        [
            html.H1(words("page_thanks_title")),
            html.P(words("thanks_text"), className="lead"),
            html.Ul(onwards),
        ],
        className="message",
    )


PAGE: Final = Page("thanks", layout, is_cited=False)
