"""The same line chart as a plain plotly dict, for readers with scripts: hover, zoom, a picture."""

from typing import Any, Final

from layouts.figures.line import LineChart, Point, Series
from layouts.figures.marks import MARKS, Mark
from layouts.figures.shades import Marked

_INK: Final = "#757575"
"""Readable on the light and on the dark page."""


def line_plotly(chart: LineChart) -> dict[str, Any]:
    """Traces and layout; the words of each point are the words of the table."""
    traces = [
        _trace(series, mark, has_letter=chart.has_letters)
        for series, mark in zip(chart.series, MARKS, strict=False)
    ]
    return {"data": traces, "layout": _layout(chart)}


def _trace(series: Series, mark: Mark, *, has_letter: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": series.name,
        "x": [point.period for point in series.points],
        "y": [point.value for point in series.points],
        "customdata": [[point.label, point.text] for point in series.points],
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}"
        f"<extra>{series.name if has_letter else ''}</extra>",
        "line": {"color": mark.colour, "dash": mark.plotly_dash, "width": 2.25},
        "marker": {"size": 5, "color": mark.colour},
        "connectgaps": False,
    }


def _layout(chart: LineChart) -> dict[str, Any]:
    points = chart.series[0].points
    scale = chart.scale
    return {
        "height": chart.height,
        "margin": {"l": 4, "r": 8, "t": 18, "b": 28},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": _INK, "size": 13},
        "showlegend": False,
        "hovermode": "x unified" if chart.has_letters else "closest",
        "hoverlabel": {"font": {"color": "#1a1a1a"}, "bgcolor": "#ffffff"},
        "xaxis": {
            "type": "category",
            "tickvals": [point.period for point in points if point.tick],
            "ticktext": [point.tick for point in points if point.tick],
            "showgrid": False,
            "fixedrange": False,
        },
        "yaxis": {
            "range": [scale.low, scale.high],
            "tickvals": list(scale.ticks),
            "ticktext": [chart.tick(value) for value in scale.ticks],
            "gridcolor": "rgba(128,128,128,0.25)",
            "zeroline": False,
            "automargin": True,
        },
        "shapes": [*_provisional(points), *map(_mark, chart.marked)],
        "annotations": [
            *(_provisional_word(chart) if _late(points) else []),
            *(_mark_word(each, len(points)) for each in chart.marked),
        ],
    }


def _mark(marked: Marked) -> dict[str, Any]:
    """A line down a marked period."""
    place = {"x0": marked.index, "x1": marked.index, "y0": 0, "y1": 1}
    line = {"color": _INK, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "x", "yref": "paper", **place, "line": line}


def _mark_word(marked: Marked, count: int) -> dict[str, Any]:
    """The words of a mark, on the side where there is more room."""
    anchor = "right" if marked.index > count / 2 else "left"
    place = {"x": marked.index, "y": 1.09, "xanchor": anchor, "showarrow": False}
    return {"text": marked.text, "xref": "x", "yref": "paper", **place}


def _late(points: tuple[Point, ...]) -> list[int]:
    return [index for index, point in enumerate(points) if point.provisional]


def _provisional(points: tuple[Point, ...]) -> list[dict[str, Any]]:
    late = _late(points)
    if not late:
        return []
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": late[0] - 0.5,
            "x1": len(points) - 0.5,
            "y0": 0,
            "y1": 1,
            "fillcolor": "rgba(128,128,128,0.16)",
            "line": {"width": 0},
            "layer": "below",
        }
    ]


def _provisional_word(chart: LineChart) -> list[dict[str, Any]]:
    return [
        {
            "text": chart.provisional_word,
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "y": 1.09,
            "xanchor": "right",
            "showarrow": False,
        }
    ]
