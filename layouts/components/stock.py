"""The stock: what had no answer at each month's end, how it went, and how old it is."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.measures import STANDING
from layouts.components.asking import Answer, ask, has_table
from layouts.components.bar import with_bar
from layouts.components.periods import valued
from layouts.components.reading import Row, only_row, reading
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.components.trend import course, trend
from layouts.page import Observer
from layouts.words import Words

STOCK: Final = "stock"
OPEN: Final = STANDING[0].name
OVERDUE: Final = "standing_overdue"
COURSES: Final = (OPEN, OVERDUE)
AGES: Final = tuple(each.name for each in STANDING if each.within == OPEN and each.name != OVERDUE)
DAYS_OVER: Final = tuple(each.name for each in STANDING if each.within == OVERDUE)


def stock(observe: Observer, words: Words) -> list[Component]:
    """The section, with the latest month that is published; nothing without such a table."""
    release = observe.release
    months = sorted(valued(release, STOCK, (OPEN,))) if has_table(release, STOCK) else []
    if not months:
        return []
    names = (*COURSES, *AGES, *DAYS_OVER)
    latest = ask(observe, STOCK, names, period=months[-1])
    row = only_row(latest.observations)
    return [
        html.H2(words("stock_heading"), id="stock"),
        *_finding(row, latest, words, months[-1]),
        _course(observe, words),
        html.Div(
            [
                _bands(row, latest, "age", AGES, words),
                _bands(row, latest, "overdue", DAYS_OVER, words),
            ],
            className="breakdowns",
        ),
        *status_key([reading(row, name) for name in latest.shown], words),
    ]


def _finding(row: Row, latest: Answer, words: Words, month: str) -> list[Component]:
    if not set(COURSES) <= set(latest.shown):
        return []
    said = {"open": reading(row, OPEN).text(words), "overdue": reading(row, OVERDUE).text(words)}
    return [html.P(words("stock_finding", month=words.period(month), **said))]


def _course(observe: Observer, words: Words) -> Component:
    answer = ask(observe, STOCK, COURSES, by="month")
    lines = [
        course(words(f"indicator_{name}_short"), answer.observations, name) for name in answer.shown
    ]
    title = html.H3(words("pages_by_month", name=words(f"indicator_{OPEN}")))
    return trend("home-stock", title, lines, words)


def _bands(
    row: Row, latest: Answer, kind: str, names: Sequence[str], words: Words
) -> Component | None:
    """A table of one row a band of days; None where the source cannot tell them."""
    shown = [reading(row, name) for name in names if name in latest.shown]
    if not shown:
        return None
    longest = max((each.value or 0 for each in shown), default=0)
    lines = [
        Line(
            words(f"indicator_{each.indicator}_short"),
            [with_bar(each.cell(words), each.value, longest)],
        )
        for each in shown
    ]
    caption = words(f"stock_by_{kind}")
    numbers = Table(
        caption,
        Column(words("stock_band"), is_number=False),
        [Column(words("stock_appeals"))],
        lines,
        style="breakdown",
        name=f"stock-{kind}",
    )
    return html.Section(table(numbers))
