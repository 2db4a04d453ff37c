"""A headline number: what it is, how much, what that means, and what it is compared with."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.components.link import link
from layouts.components.reading import Number, Reading
from layouts.view import View
from layouts.words import Words


def card(
    shown: Reading,
    view: View,
    words: Words,
    meaning: str,
    compared: str = "",
    beside: Sequence[Component] = (),
) -> Component:
    """One card; the name leads to the indicator's own page. ``beside`` stands below it."""
    name = words(f"indicator_{shown.indicator}")
    missing = "" if shown.value is not None else " card-missing"
    to_method = link(name, view.href(page="indicator", code=shown.indicator))
    parts = [
        html.H2(to_method, className="card-name"),
        html.P(
            shown.opened([Number(shown.phrase(words), shown)], words),
            className=f"card-number{missing}",
        ),
        html.P(meaning, className="card-meaning"),
    ]
    if compared:
        parts.append(html.P(compared, className="card-compared"))
    return html.Section([*parts, *beside], className="card")


def fact(key: str, number: str, words: Words, **said: object) -> Component:
    """A number of the site itself: its name and meaning are the words of ``key``."""
    return html.Section(
        [
            html.H2(words(key), className="card-name"),
            html.P(number, className="card-number"),
            html.P(words(f"{key}_meaning", **said), className="card-meaning"),
        ],
        className="card",
    )


def cards(shown: list[Component]) -> Component:
    """Cards side by side, in rows of three or four so that no row is left short."""
    in_row = 3 if len(shown) % 3 == 0 else 4
    return html.Div(shown, className=f"cards cards-{in_row}")
