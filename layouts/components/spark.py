"""The course of a number in a table row: a small line that tells its lowest, highest and last."""

from collections.abc import Sequence

from dash.development.base_component import Component

from layouts.components.markup import markup
from layouts.components.trend import Course, described
from layouts.figures.spark import spark_svg
from layouts.words import Words


def spark(shown: Course, words: Words) -> Component:
    """The line; its words are those of a chart."""
    values: Sequence[float | None] = [
        None if each.value is None else float(each.value) for each in shown.readings
    ]
    return markup(spark_svg(values, described(shown, words)), className="spark-place")
