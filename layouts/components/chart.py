"""The one frame that every chart stands in: drawing, words for it, and the table of its numbers."""

from typing import Any

from babel.dates import get_day_names, get_month_names
from dash import dcc, html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.markup import markup
from layouts.words import Words


def config(words: Words) -> Any:
    """What all charts share: nothing leaves the site, and axes speak the reader's language."""
    return {
        "showSendToCloud": False,
        "displaylogo": False,
        "responsive": True,
        "displayModeBar": False,  # a picture holds no buttons: its frame has the ways to take it
        "locale": words.lang,
        "locales": {words.lang: _locale(words)},
    }


def _locale(words: Words) -> dict[str, Any]:
    symbols = words.locale.number_symbols["latn"]
    return {
        "dictionary": {},
        "format": {
            "days": _names(get_day_names, words, "wide", (6, 0, 1, 2, 3, 4, 5)),
            "shortDays": _names(get_day_names, words, "abbreviated", (6, 0, 1, 2, 3, 4, 5)),
            "months": _names(get_month_names, words, "wide", tuple(range(1, 13))),
            "shortMonths": _names(get_month_names, words, "abbreviated", tuple(range(1, 13))),
            "date": "%d.%m.%Y",
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
        },
    }


def _names(names_of: Any, words: Words, width: str, order: tuple[int, ...]) -> list[str]:
    names = names_of(width, "stand-alone", words.locale)
    return [names[index] for index in order]


def chart(
    chart_id: str,
    figure: dict[str, Any],
    *,
    alt: str,
    words: Words,
    table: Component | None = None,
    svg: str = "",
) -> Component:
    """A figure with its text and table. ``figure`` is a plain plotly dict, ``svg`` its still form.

    ``svg`` is markup that the server has made and escaped itself. It is seen until the live figure
    is drawn: by readers without scripts for good, or the table alone when there is none.
    """
    graph = dcc.Graph(
        id=chart_id, figure=figure, config=config(words), className="chart-live", responsive=True
    )
    still = [markup(svg, className="chart-still")] if svg else []
    drawing = html.Div([graph, *still], className="chart-drawing", role="group", **aria(label=alt))
    return html.Figure(
        [drawing, *([table] if table is not None else [])],
        className="chart",
        id=f"{chart_id}-frame",
    )
