"""How much of what came in was worked off: the ratio of both flows, and what it does not tell."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.grains import Grain
from layouts.components.asking import ask, collected, has_table
from layouts.components.periods import grains_of
from layouts.components.trend import course, trend
from layouts.page import Observer
from layouts.words import Words

CLOSING: Final = "closing"
"""The table of answers by the period that they were given in."""
RATIO: Final = "clearance_ratio"


def clearance(observe: Observer, words: Words) -> list[Component]:
    """The course of the country; nothing where it cannot be told."""
    release = observe.release
    if not has_table(release, CLOSING) or RATIO not in collected(release, CLOSING, (RATIO,)):
        return []
    grain = _steadiest(grains_of(release, CLOSING))
    line = course(
        words("pages_everywhere"), ask(observe, CLOSING, (RATIO,), by=grain).observations, RATIO
    )
    title = html.H3(words(f"pages_by_{grain}", name=words(f"indicator_{RATIO}")))
    meaning = html.P(words(f"indicator_{RATIO}_meaning"))
    caution = html.P(words(f"indicator_{RATIO}_caution"), className="caution")
    return [html.Div([trend("clearance", title, [line], words), meaning, caution])]


def _steadiest(grains: tuple[Grain, ...]) -> Grain:
    """Quarters where there are any: months swing by holidays and by chance."""
    return next((grain for grain in grains if grain == "quarter"), grains[0])
