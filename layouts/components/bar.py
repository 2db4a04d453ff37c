"""A bar in a table cell: the number first, its length beside it."""

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria


def with_bar(content: list[str | Component], value: float | None, longest: float) -> Component:
    """The content of a cell with a bar as long as its value's part of the longest one."""
    width = 0.0 if value is None or longest <= 0 else min(100 * value / longest, 100)
    bar = html.Span(className="bar-fill", style={"width": f"{width:.1f}%"})
    return html.Span(
        [
            html.Span(content, className="bar-number"),
            html.Span(bar, className="bar", **aria(hidden="true")),
        ],
        className="bar-cell",
    )
