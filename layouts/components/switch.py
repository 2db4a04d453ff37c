"""Chart, table or map: the ways to see the same numbers, as links, the one that is shown marked."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words

KEY = "view"


def switch(view: View, words: Words, forms: Sequence[str], shown: str) -> Component:
    """Links to the same page in its other forms."""
    return choice(view, words, KEY, {form: words(f"switch_{form}") for form in forms}, shown)


def choice(view: View, words: Words, key: str, labels: Mapping[str, str], shown: str) -> Component:
    """Links to the same page with other values of a key of its address."""
    items = [
        html.Strong(label, **aria(current="true"))
        if value == shown
        else link(label, view.href(**{key: value}))
        for value, label in labels.items()
    ]
    return html.Nav(
        html.Ul([html.Li(item) for item in items]),
        className="choice",
        **aria(label=words(f"switch_label_{key}")),
    )
