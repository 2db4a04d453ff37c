"""How many different people stand behind the appeals of each year, with the error of the estimate.

It is told of years alone: nobody is told apart over longer than that.
"""

from collections.abc import Mapping
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.measures import APPLICANTS, Distinct
from layouts.components.asking import ask, has_table
from layouts.components.link import link
from layouts.components.periods import nearest
from layouts.components.reading import Reading, Row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

PEOPLE, LOWER, UPPER = (each.name for each in APPLICANTS)
EACH: Final = "appeals_per_applicant"
NAMES: Final = ("received", PEOPLE, LOWER, UPPER, EACH)
COLUMNS: Final = ("received", PEOPLE, EACH)


def people(
    observe: Observer, view: View, words: Words, source: str, period: str, **where: str
) -> list[Component]:
    """The section from a table of people: the year of a period in a sentence, and every year in a
    table; ``where`` says whose (``agency="AG001"``). Nothing where no year tells of people."""
    if not has_table(observe.release, source):
        return []
    answer = ask(observe, source, NAMES, by="year", **where)
    if answer.missing:
        return []
    rows = {str(row["period"]): row for row in rows_of(answer.observations) if row[PEOPLE]}
    year = nearest(period, rows)
    if year is None:
        return []
    shown = [reading(row, name) for row in rows.values() for name in COLUMNS]
    return [
        html.H2(words("people_heading"), id="people"),
        html.P(_finding(rows[year], year, words), className="finding"),
        table(_table(rows, view, words)),
        html.P(_note(words), className="note"),
        *status_key(shown, words),
    ]


def error_of(measure: Distinct, words: Words) -> str:
    """The standard error of an estimate of people, as it is written."""
    return words.percent(100 * measure.standard_error, 1)


def _finding(row: Row, year: str, words: Words) -> str:
    names = {"received": "received", "applicants": PEOPLE, "lower": LOWER, "upper": UPPER}
    said = {place: reading(row, name).text(words) for place, name in names.items()}
    each = reading(row, EACH).text(words)
    return words("people_finding", period=words.period(year), each=each, **said)


def _note(words: Words) -> str:
    chief = APPLICANTS[0]
    return words("people_note", error=error_of(chief, words), n=chief.minimum)


def _table(rows: Mapping[str, Row], view: View, words: Words) -> Table:
    headings = [
        link(words(f"indicator_{name}_short"), view.href(page="indicator", code=name))
        for name in COLUMNS
    ]
    received, people_column, each = map(Column, headings)
    return Table(
        words("people_by_year"),
        Column(words("level_year"), is_number=False),
        [received, people_column, Column(words("people_interval")), each],
        [_line(rows[year], year, words) for year in sorted(rows)],
        name="people",
    )


def _line(row: Row, year: str, words: Words) -> Line:
    received, wrote, each = (reading(row, name).cell(words) for name in COLUMNS)
    return Line(words.period(year), [received, wrote, _interval(row, words), each])


def _interval(row: Row, words: Words) -> str:
    ends: list[Reading] = [reading(row, name) for name in (LOWER, UPPER)]
    return " – ".join(end.text(words) for end in ends)
