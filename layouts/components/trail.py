"""The trail: where a page stands, from the widest step to the one above it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.words import Words


def trail(steps: Sequence[Component], words: Words) -> Component:
    """Links to the pages above, as a list that screen readers can name."""
    return html.Nav(
        html.Ol([html.Li(step) for step in steps]),
        className="trail",
        **aria(label=words("pages_trail")),
    )
