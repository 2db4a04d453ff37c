"""What a long page holds, as links to its sections."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.words import Words


def contents(words: Words, sections: Mapping[str, str]) -> Component:
    """A list of the sections: the place of each on the page, and its name."""
    items = [html.Li(html.A(name, href=f"#{place}")) for place, name in sections.items()]
    return html.Nav(html.Ul(items), className="contents", **aria(label=words("page_contents")))
