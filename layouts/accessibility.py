"""Who can use the site, how that was tested, and what is known not to work."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.contact import ways_to_tell
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

REVIEWED: Final = date(2026, 11, 24)
"""When somebody last held the statement against the site."""
PARTS: Final[Mapping[str, Sequence[str]]] = {
    "works": ("scripts", "charts", "keyboard", "screen", "languages"),
    "tested": ("program", "walks", "not"),
    "gaps": ("live", "voice", "acts", "signs"),
}


def layout(observe: Observer, view: View, words: Words) -> Component:
    """What works, how it was tested, the gaps, and whom to tell of others."""
    return html.Article(
        [
            html.H1(words("accessibility_finding")),
            html.P(words("accessibility_lead", date=words.date(REVIEWED)), className="lead"),
            *(each for part, points in PARTS.items() for each in _part(part, points, words)),
            html.H2(words("accessibility_barrier")),
            html.P(words("accessibility_barrier_text")),
            *ways_to_tell(observe, view, words),
        ],
        className="accessibility",
    )


def _part(part: str, points: Sequence[str], words: Words) -> list[Component]:
    items = [html.Li(words(f"accessibility_{part}_{point}")) for point in points]
    return [html.H2(words(f"accessibility_{part}")), html.Ul(items)]


PAGE: Final = Page("accessibility", layout)
