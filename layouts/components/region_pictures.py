"""One indicator of all regions as a map with its numbers, or as bars with the course of each."""

from collections.abc import Mapping
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.asking import Answer
from layouts.components.bar import with_bar
from layouts.components.league import Row, ordered
from layouts.components.link import link
from layouts.components.map import region_map
from layouts.components.reading import reading, rows_of
from layouts.components.spark import courses_by, grain_of_courses, spark
from layouts.components.table import Column, Content, Line, Table, table
from layouts.components.trend import Course
from layouts.figures.choropleth import Place
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

MAP: Final = "map"
CHART: Final = "chart"
TABLE: Final = "table"
MAPPED: Final = (MAP, CHART, TABLE)
UNMAPPED: Final = (TABLE, CHART)
"""The forms of a page whose regions have outlines, and of one whose regions have none."""


def picture(
    observe: Observer, view: View, words: Words, answer: Answer, wanted: tuple[str, str]
) -> list[Component]:
    """The picture of a form and an indicator; none in the form of a table."""
    form, shown = wanted
    if form == MAP:
        bars = _bars(answer, shown, view, words)
        drawn = [_map(answer, shown, view, words, bars), table(bars)]
        return [html.Div(drawn, className="map-and-table"), html.H2(words("regions_all"))]
    if form == CHART:
        level = observe.release.codelists["area"].levels[0]
        courses = courses_by(observe, "regions", shown, level, words)
        by = words(f"spark_by_{grain_of_courses(observe, 'regions', shown)}")
        return [table(_bars(answer, shown, view, words, (by, courses)))]
    return []


def _map(answer: Answer, shown: str, view: View, words: Words, bars: Table) -> Component:
    observations = answer.observations
    codes = observations.release.codelists["area"]
    places = [
        Place(
            str(row["area"]),
            words.name(codes, str(row["area"])),
            None if row[shown] is None else float(row[shown]),
            reading(row, shown).text(words),
            view.href(page="region", code=str(row["area"])),
        )
        for row in rows_of(observations)
    ]
    return region_map(places, bars.exhibit, words)


def _bars(
    answer: Answer,
    shown: str,
    view: View,
    words: Words,
    beside: tuple[str, Mapping[str, Course]] = ("", {}),
) -> Table:
    """One row a region, in the order of the alphabet; with a course beside each where asked for."""
    observations, (by, courses) = answer.observations, beside
    codes = observations.release.codelists["area"]

    def name_of(row: Row) -> str:
        return words.name(codes, str(row["area"]))

    rows = ordered(rows_of(observations), "", name_of)
    longest = max((float(row[shown] or 0) for row in rows), default=0.0)
    lines = [
        Line(
            link(name_of(row), view.href(page="region", code=str(row["area"]))),
            [_bar(row, shown, longest, words), *_course(row, courses, words)],
        )
        for row in rows
    ]
    period = words.period(observations.query.fixed["period"])
    return Table(
        words("pages_table_of", heading=words(f"indicator_{shown}"), period=period),
        Column(words("level_region"), is_number=False),
        [
            Column(words(f"indicator_{shown}_short")),
            *([Column(by, is_number=False)] if by else []),
        ],
        lines,
        style="bars bars-wide" if by else "bars",
        name="regions-chart" if by else "",
    )


def _bar(row: Row, shown: str, longest: float, words: Words) -> Content:
    found = reading(row, shown)
    return with_bar(found.cell(words), found.value, longest)


def _course(row: Row, courses: Mapping[str, Course], words: Words) -> list[Content]:
    found = courses.get(str(row["area"]))
    return [spark(found, words)] if found else []
