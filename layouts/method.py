"""The list of indicators, each with what it means; how they are compared and watched; and
the way to how people are protected."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.indicators import INDICATORS
from layouts.components.clock import CLOCK, clock
from layouts.components.contents import contents
from layouts.components.how_made import POINTS, how_made
from layouts.components.link import link
from layouts.components.read_first import NAME as READ_FIRST
from layouts.components.read_first import read_first_section
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

INDICATORS_PLACE: Final = "indicators"
PROTECTION: Final = "protection"


def layout(observe: Observer, view: View, words: Words) -> Component:
    """One line an indicator: its name, with a link to its page, and its meaning."""
    return html.Article(
        [
            html.H1(words("method_finding")),
            html.P(words("method_lead"), className="lead"),
            contents(words, _sections(words)),
            *read_first_section(words, observe.release),
            html.H2(words("method_indicators"), id=INDICATORS_PLACE),
            html.Dl(
                [
                    part
                    for name, each in INDICATORS.items()
                    if not each.limit_of
                    for part in _line(name, view, words)
                ],
                className="meanings",
            ),
            *clock(observe.release, words),
            *how_made(words),
            html.H2(words("page_disclosure_title"), id=PROTECTION),
            html.P(words("method_protection_text")),
            html.P(link(words("method_protection_link"), view.href(page="disclosure"))),
        ],
        className="method",
    )


def _sections(words: Words) -> dict[str, str]:
    compared = {name: words(f"method_{name}") for name in POINTS}
    return {
        READ_FIRST: words("read_first"),
        INDICATORS_PLACE: words("method_indicators"),
        CLOCK: words("method_clock"),
        **compared,
        PROTECTION: words("page_disclosure_title"),
    }


def _line(name: str, view: View, words: Words) -> list[Component]:
    to_page = link(words(f"indicator_{name}"), view.href(page="indicator", code=name))
    return [html.Dt(to_page), html.Dd(words(f"indicator_{name}_meaning"))]


PAGE: Final = Page("method", layout)
