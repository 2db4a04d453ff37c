"""How appeals ended: the country's outcomes under every denominator, by sector and by region, and
how they went by the date of the answer."""

from collections.abc import Callable, Iterator
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.dimensions import dimension_of_level
from data.outcomes import POSITIVE
from layouts.components.asking import Answer, ask, has_table
from layouts.components.download import downloads
from layouts.components.ended import COUNT, SHARES, TABLES, Ended
from layouts.components.link import link
from layouts.components.outcomes import headline, outcomes
from layouts.components.periods import Periods, grains_of, nearest
from layouts.components.reading import Row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.surveyed import beside
from layouts.components.table import Column, Line, Table, table
from layouts.components.trend import course, trend
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

NATION: Final = TABLES[""][0]
CLOSING: Final = "outcomes_closing"
PAGES: Final = {"sector": "agency", "region": "region"}
"""The levels that are told apart here, each with the page of one of its codes."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding and its table, then who has how much of it; or that nothing is known."""
    if not has_table(observe.release, NATION):
        unknown = html.P(words("outcomes_unknown"), className="note")
        return html.Article([html.H1(words("page_outcomes_title")), unknown], className="outcomes")
    periods = Periods(observe.release, NATION, (COUNT,))
    if not periods.offered():
        to_come = words("pages_tables_to_come_quarter", names=words("table_outcomes"))
        return html.Article([html.H1(words("page_outcomes_title")), html.P(to_come)])
    ended = Ended(observe, periods.chosen(view))
    tables = [name for name, _ in TABLES.values() if has_table(observe.release, name)]
    return html.Article(
        [
            html.H1(headline(ended, words)),
            html.P(words("outcomes_page_lead"), className="lead"),
            periods.links(view, words),
            *outcomes(ended, view, words),
            html.P(link(words("claims_to_page"), view.href(page="claims"))),
            *(part for level in PAGES for part in _by(level, observe, ended.asked, view, words)),
            *_course(observe, words),
            *beside(observe.release, words),
            downloads(observe.release, view, words, *tables, CLOSING),
        ],
        className="outcomes",
    )


def _by(level: str, observe: Observer, asked: str, view: View, words: Words) -> Iterator[Component]:
    """The positive outcomes of each body or place of a level, under every denominator."""
    dimension, source = dimension_of_level(level).name, TABLES[level][0]
    if not has_table(observe.release, source):
        return
    period = nearest(asked, observe.release.tables[source]["period"].unique())
    if period is None:
        return
    where = {"outcome": POSITIVE, "period": period}
    answer = ask(observe, source, (COUNT, *SHARES), by=level, **where)
    codes = observe.release.codelists[dimension]
    rows = sorted(rows_of(answer.observations), key=lambda row: words.name(codes, row[dimension]))
    outcome = words.name(observe.release.codelists["outcome"], POSITIVE)
    yield html.H2(words(f"outcomes_by_{level}", name=outcome))
    numbers = Table(
        words(f"outcomes_by_{level}_caption", name=outcome, period=words.period(period)),
        Column(words(f"level_{level}"), is_number=False),
        [Column(words(f"indicator_{name}_short")) for name in answer.shown],
        [_line(row, answer, _linked(level, view, words, answer), words) for row in rows],
        style="league",
        name=f"outcomes-by-{level}",
        is_sortable=True,
    )
    yield table(numbers)
    yield from status_key([reading(row, n) for row in rows for n in answer.shown], words)


def _linked(level: str, view: View, words: Words, answer: Answer) -> Callable[[Row], Component]:
    dimension = dimension_of_level(level).name
    codes = answer.observations.release.codelists[dimension]

    def linked(row: Row) -> Component:
        code = str(row[dimension])
        return link(words.name(codes, code), view.href(page=PAGES[level], code=code))

    return linked


def _line(row: Row, answer: Answer, name_of: Callable[[Row], Component], words: Words) -> Line:
    return Line(name_of(row), [reading(row, name).cell(words) for name in answer.shown])


def _course(observe: Observer, words: Words) -> list[Component]:
    """The share of positive outcomes in what was answered in each period."""
    if not has_table(observe.release, CLOSING):
        return [html.P(words("outcomes_no_closing"), className="note")]
    grain = grains_of(observe.release, CLOSING)[-1]
    answer = ask(observe, CLOSING, ("outcome_share",), by=grain, outcome=POSITIVE)
    name = words.name(observe.release.codelists["outcome"], POSITIVE)
    title = html.H2(words(f"pages_by_{grain}", name=words("outcomes_course", name=name)))
    lines = [course(name, answer.observations, "outcome_share")]
    caution = html.P(words("outcomes_course_note"), className="note")
    return [trend("outcomes-closing", title, lines, words), caution]


PAGE: Final = Page("outcomes", layout)
