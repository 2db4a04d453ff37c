"""A line chart over periods with all that belongs to it: heading, key, words, table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.indicators import INDICATORS
from data.observe import Observations
from data.releases import Release
from data.statuses import NOT_YET, PROVISIONAL
from layouts.components.chart import chart
from layouts.components.exhibit import exhibited
from layouts.components.key import drawing_of, series_key
from layouts.components.periods import is_complete
from layouts.components.reading import Reading, Row, reading, rows_of, written
from layouts.components.table import Column, Line, Table, table
from layouts.figures.line import LineChart, Point, Series, line_svg
from layouts.figures.line_plotly import line_plotly
from layouts.figures.shades import Marked
from layouts.words import Words

CHART: Final = "chart"
TABLE: Final = "table"
FORMS: Final = (CHART, TABLE)
"""The forms in which a course is shown."""


@dataclass(frozen=True)
class Course:
    """How an indicator went: a name for the line and its readings, first period to last."""

    name: str
    periods: tuple[str, ...]
    readings: tuple[Reading, ...]
    in_part: tuple[bool, ...]


def course(name: str, observations: Observations, indicator: str) -> Course:
    """The course of an indicator in an answer with one row a period."""
    return course_of(name, rows_of(observations), indicator, observations.release)


def course_of(name: str, rows: Sequence[Row], indicator: str, release: Release) -> Course:
    """The course of an indicator in rows of which each has another period."""
    in_order = sorted(rows, key=lambda row: str(row["period"]))
    periods = tuple(str(row["period"]) for row in in_order)
    return Course(
        name,
        periods,
        tuple(reading(row, indicator) for row in in_order),
        tuple(not is_complete(period, release) for period in periods),
    )


def trend(
    chart_id: str,
    title: Component,
    courses: Sequence[Course],
    words: Words,
    *,
    form: str = CHART,
    marked: Sequence[Marked] = (),
) -> Component:
    """The chart in its frame, with a key where there are several lines and the table below; or
    the table alone.

    ``title`` is a heading whose text also names the chart and its table; ``marked`` names periods
    by their place in the courses.
    """
    text = str(title.children)
    drawn = _with_marks(_line_chart(text, courses, words), marked)
    numbers = _table(text, courses, words)
    shown = [table(numbers)] if form == TABLE else _drawn(chart_id, drawn, courses, numbers, words)
    section = html.Section([title, *shown, *_to_come(courses, words)], className="trend")
    return exhibited(section, replace(numbers.exhibit, name=chart_id, drawing=drawing_of(drawn)))


def _drawn(
    chart_id: str, drawn: LineChart, courses: Sequence[Course], numbers: Table, words: Words
) -> list[Component]:
    folded = html.Details([html.Summary(words("pages_show_table")), table(numbers)])
    figure = chart(
        chart_id,
        line_plotly(drawn),
        alt=drawn.description,
        words=words,
        table=folded,
        svg=line_svg(drawn),
    )
    key = [series_key([each.name for each in courses])] if len(courses) > 1 else []
    return [*key, figure]


def _with_marks(drawn: LineChart, marked: Sequence[Marked]) -> LineChart:
    """The chart with its marks, told in its description too."""
    points = drawn.series[0].points
    said = " ".join(f"{points[each.index].label}: {each.text}." for each in marked)
    description = f"{drawn.description} {said}".strip()
    return replace(drawn, description=description, marked=tuple(marked))


def _to_come(courses: Sequence[Course], words: Words) -> list[Component]:
    """Says which periods still wait for their answers; nothing when none does."""
    waiting = sorted(
        period
        for shown in courses
        for period, each in zip(shown.periods, shown.readings, strict=True)
        if each.status is NOT_YET
    )
    if not waiting:
        return []
    first, last = words.period(waiting[0]), words.period(waiting[-1])
    periods = first if first == last else words("pages_span", first=first, last=last)
    return [html.P(words("pages_to_come", periods=periods), className="note")]


def _line_chart(title: str, courses: Sequence[Course], words: Words) -> LineChart:
    indicator = courses[0].readings[0].indicator
    unit = INDICATORS[indicator].unit
    series = tuple(Series(each.name, _points(each, words)) for each in courses)
    return LineChart(
        title=title,
        description=" ".join(described(each, words) for each in courses),
        series=series,
        tick=lambda value: _tick(words, indicator, value),
        provisional_word=words("status_provisional"),
        from_zero=unit not in {"share", "score"},
        at_most={"share": 100, "score": 5}.get(unit),
        least_span=10 if unit == "share" else 1,
        whole=unit == "count",
    )


def _tick(words: Words, indicator: str, value: float) -> str:
    places = 0 if float(value).is_integer() else 1
    if INDICATORS[indicator].unit == "share":
        return words.percent(value, places)
    return words.decimal(value, places)


def _points(shown: Course, words: Words) -> tuple[Point, ...]:
    years = ["", *(period[:4] for period in shown.periods)]
    begins = [year if year != before else "" for before, year in pairwise(years)]
    return tuple(
        Point(
            period,
            words.period(period),
            tick,
            None if each.value is None else float(each.value),
            each.text(words),
            each.status is PROVISIONAL or in_part,
        )
        for period, each, in_part, tick in zip(
            shown.periods, shown.readings, shown.in_part, begins, strict=True
        )
    )


def described(shown: Course, words: Words) -> str:
    """A sentence with the lowest, highest and last values: what a chart is read for."""
    known = [
        (float(each.value), period)
        for period, each in zip(shown.periods, shown.readings, strict=True)
        if each.value is not None
    ]
    if not known:
        return words("pages_chart_empty", name=shown.name)
    indicator = shown.readings[0].indicator
    ends = {"low": min(known), "high": max(known), "last": known[-1]}
    said = {
        key: words("pages_value_at", value=written(words, indicator, value), period=words.period(p))
        for key, (value, p) in ends.items()
    }
    return words("pages_chart_alt", name=shown.name, **said)


def _table(title: str, courses: Sequence[Course], words: Words) -> Table:
    lines = [
        Line(
            words("pages_in_part", period=words.period(period))
            if courses[0].in_part[index]
            else words.period(period),
            [each.readings[index].cell(words) for each in courses],
        )
        for index, period in reversed(list(enumerate(courses[0].periods)))
    ]
    columns = [Column(each.name) for each in courses]
    return Table(title, Column(words("dimension_period"), is_number=False), columns, lines)
