"""What appeals are about: every theme with its appeals, its share and its course."""

from collections.abc import Mapping
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.codelists import Codelist
from data.dimensions import TOTAL
from layouts.components.asking import Answer, ask, has_table
from layouts.components.bar import with_bar
from layouts.components.download import downloads
from layouts.components.league import Row, heading, ordered
from layouts.components.link import link
from layouts.components.periods import Periods
from layouts.components.reading import reading, rows_of
from layouts.components.spark import courses_by, grain_of_courses, spark
from layouts.components.status import status_key
from layouts.components.table import Column, Content, Line, Table, table
from layouts.components.trend import Course
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

TABLE: Final = "region_by_theme"
COLUMNS: Final = ("received", "received_share")
USUAL: Final = "-received"


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, the period, the table of themes, and what does not follow from it."""
    if not has_table(observe.release, TABLE):
        return _without(words)
    periods = Periods(observe.release, TABLE, ("received",))
    period = periods.chosen(view)
    answer = ask(observe, TABLE, COLUMNS, by=_finest(observe), period=period)
    if not answer.shown:
        return _without(words)
    rows = rows_of(answer.observations)
    every = [reading(row, name) for row in rows for name in answer.shown]
    return html.Article(
        [
            html.H1(_finding(answer, words, period)),
            html.P(words("themes_lead"), className="lead"),
            periods.links(view, words),
            table(_table(observe, answer, view, words)),
            *status_key(every, words),
            html.P(words("themes_caution"), className="caution"),
            downloads(observe.release, view, words, TABLE, "agency_by_theme"),
        ],
        className="themes",
    )


def _without(words: Words) -> Component:
    note = html.P(words("themes_not_collected"), className="note")
    return html.Article([html.H1(words("page_themes_title")), note])


def _finest(observe: Observer) -> str:
    return observe.release.codelists["theme"].levels[-1]


def _finding(answer: Answer, words: Words, period: str) -> str:
    """The theme with the most appeals, as far as that is published."""
    known = [row for row in rows_of(answer.observations) if row["received_share"] is not None]
    if not known:
        return words("page_themes_title")
    largest = max(known, key=lambda row: float(row["received"] or 0))
    name = words.name(answer.observations.release.codelists["theme"], largest["theme"])
    share = reading(largest, "received_share").text(words)
    return words("themes_finding", theme=name, share=share, period=words.period(period))


def _table(observe: Observer, answer: Answer, view: View, words: Words) -> Table:
    codes = observe.release.codelists["theme"]
    rows = rows_of(answer.observations)
    courses = courses_by(observe, TABLE, "received", _finest(observe), words)
    longest = max((float(row["received_share"] or 0) for row in rows), default=0.0)

    def name_of(row: Row) -> str:
        return words.name(codes, str(row["theme"]))

    lines = [
        Line(
            link(name_of(row), view.href(page="theme", code=str(row["theme"]))),
            [
                *_numbers(row, longest, words),
                *_course(courses, row, words),
                _group(row, codes, view, words),
            ],
        )
        for row in ordered(rows, view.get("sort") or USUAL, name_of)
    ]
    period = answer.observations.query.fixed["period"]
    return Table(
        words("themes_caption", n=len(rows), period=words.period(period)),
        heading("name", words("level_theme"), view, is_number=False, usual=USUAL),
        [
            *(heading(n, words(f"indicator_{n}_short"), view, usual=USUAL) for n in COLUMNS),
            Column(
                words(f"spark_by_{grain_of_courses(observe, TABLE, 'received')}"), is_number=False
            ),
            Column(words("level_theme_group"), is_number=False),
        ],
        lines,
        style="league",
        name="themes",
    )


def _numbers(row: Row, longest: float, words: Words) -> list[Content]:
    share = reading(row, "received_share")
    return [
        reading(row, "received").cell(words),
        with_bar(share.cell(words), share.value, longest),
    ]


def _course(courses: Mapping[str, Course], row: Row, words: Words) -> list[Content]:
    shown = courses.get(str(row["theme"]))
    return [spark(shown, words) if shown else ""]


def _group(row: Row, codes: Codelist, view: View, words: Words) -> Content:
    parent = codes[str(row["theme"])].parent
    if parent in {"", TOTAL}:
        return ""
    return link(words.name(codes, parent), view.href(page="theme", code=parent))


PAGE: Final = Page("themes", layout)
