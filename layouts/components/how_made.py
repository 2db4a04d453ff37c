"""How bodies, groups and series are compared, and what may not be concluded from it."""

from collections.abc import Mapping
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.words import Words

POINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "comparison": ("reference", "interval", "spread", "chance", "ranks", "mix", "open"),
    "adjusted": ("expected", "shown", "odds", "moved", "itself", "limits", "cause"),
    "equity": ("rest", "limits", "chance", "few", "cause"),
    "denominators": ("wholes", "events", "marks", "rounding", "bounds", "shown"),
    "acts": ("model", "beside", "limits", "needs", "cause"),
    "forecast": ("model", "limits", "test", "rule", "cause"),
    "alerts": ("compare", "sums", "rate", "spread", "small", "cause"),
}
"""By section, whose name is its place on the page, what there is to say."""


def how_made(words: Words) -> list[Component]:
    """A heading and a list for each section."""
    return [part for name in POINTS for part in _section(name, words)]


def _section(name: str, words: Words) -> list[Component]:
    points = [html.Li(words(f"method_{name}_{point}")) for point in POINTS[name]]
    return [html.H2(words(f"method_{name}"), id=name), html.Ul(points)]
