"""The list of indicators, each with what it means."""

from dash import html
from dash.development.base_component import Component

from data.indicators import INDICATORS
from layouts.components.link import link
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words


def layout(_observe: Observer, view: View, words: Words) -> Component:
    """One line an indicator: its name, with a link to its page, and its meaning."""
    return html.Article(
        [
            html.H1(words("page_method_title")),
            html.Dl(
                [
                    part
                    for name in INDICATORS
                    for part in (
                        html.Dt(
                            link(words(f"indicator_{name}"), view.href(page="indicator", code=name))
                        ),
                        html.Dd(words(f"indicator_{name}_meaning")),
                    )
                ]
            ),
        ]
    )


PAGE = Page("method", layout)
