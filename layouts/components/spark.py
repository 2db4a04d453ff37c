"""The course of a number in a table row: a small line that tells its lowest, highest and last."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from data.dimensions import dimension_of_level
from layouts.components.asking import ask
from layouts.components.markup import markup
from layouts.components.periods import grains_of, grains_with
from layouts.components.reading import Row, rows_of
from layouts.components.trend import Course, course_of, described
from layouts.figures.spark import spark_svg
from layouts.page import Observer
from layouts.words import Words


def spark(shown: Course, words: Words) -> Component:
    """The line, and beside it for those who do not see it the words that a chart has."""
    values: Sequence[float | None] = [
        None if each.value is None else float(each.value) for each in shown.readings
    ]
    told = html.Span(described(shown, words), className="visually-hidden")
    return markup(spark_svg(values), children=[told], className="spark-place")


def courses_by(
    observe: Observer, table: str, indicator: str, level: str, words: Words
) -> Mapping[str, Course]:
    """The course of each code of a level, by the shortest periods that the indicator is told for;
    all other dimensions are at their totals."""
    release, key = observe.release, dimension_of_level(level).name
    by = f"{level},{grain_of_courses(observe, table, indicator)}"
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(ask(observe, table, (indicator,), by=by).observations):
        by_code[str(row[key])].append(row)
    return {
        code: course_of(words.name(release.codelists[key], code), rows, indicator, release)
        for code, rows in by_code.items()
    }


def grain_of_courses(observe: Observer, table: str, indicator: str) -> str:
    """The shortest periods that an indicator is told for in a table."""
    told = grains_with(observe.release, table, indicator)
    return (told or grains_of(observe.release, table))[-1]
