"""The course of a number in a table row: a small line that tells its lowest, highest and last."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.components.markup import markup
from layouts.components.trend import Course, described
from layouts.figures.spark import spark_svg
from layouts.words import Words


def spark(shown: Course, words: Words) -> Component:
    """The line, and beside it for those who do not see it the words that a chart has."""
    values: Sequence[float | None] = [
        None if each.value is None else float(each.value) for each in shown.readings
    ]
    told = html.Span(described(shown, words), className="visually-hidden")
    return markup(spark_svg(values), children=[told], className="spark-place")
