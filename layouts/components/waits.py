"""How long people wait: the days to an answer and the shares answered by a day, with their limits.

Appeals that are still open are counted in all of them.
"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.indicators import INDICATORS
from data.measures import WAITS
from layouts.components.asking import ask, has_table
from layouts.components.bar import with_bar
from layouts.components.link import link
from layouts.components.periods import nearest
from layouts.components.reading import Row, only_row, reading
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

NAMES: Final = tuple(wait.name for wait in WAITS)
ESTIMATES: Final = tuple(wait.name for wait in WAITS if not wait.limit)
LIMITS: Final = ("_lower", "_upper")


def waits(
    observe: Observer, view: View, words: Words, source: str, period: str, **where: str
) -> list[Component]:
    """The section from a table of response times, for a period or the nearest published; ``where``
    says whose (``agency="AG001"``), all when it is empty. Nothing where there is no such table."""
    if not has_table(observe.release, source):
        return []
    published = nearest(period, observe.release.tables[source]["period"].unique())
    if published is None:
        return []
    answer = ask(observe, source, NAMES, period=published, **where)
    if not answer.shown:
        return []
    row = only_row(answer.observations)
    shown = [reading(row, each) for each in answer.shown]
    heading = html.H2(words("waits_heading"), id="waits")
    note = html.P(words("waits_note"), className="note")
    return [heading, note, table(_table(row, view, words, published)), *status_key(shown, words)]


def _table(row: Row, view: View, words: Words, period: str) -> Table:
    return Table(
        words("pages_table_of", heading=words("waits_heading"), period=words.period(period)),
        Column(words("waits_of_received"), is_number=False),
        [Column(words("waits_estimate")), Column(words("waits_interval"))],
        [_line(row, name, view, words) for name in ESTIMATES],
        style="breakdown",
        name="waits",
    )


def _line(row: Row, name: str, view: View, words: Words) -> Line:
    shown = reading(row, name)
    cell = shown.cell(words)
    heading = [link(words(f"indicator_{name}"), view.href(page="indicator", code=name))]
    if INDICATORS[name].unit == "share":
        return Line(heading, [with_bar(cell, shown.value, 100), _interval(row, name, words)])
    return Line([*heading, f", {words('unit_days')}"], [cell, _interval(row, name, words)])


def _interval(row: Row, name: str, words: Words) -> str:
    """Both ends; an end that was not reached is said in words. Nothing without an estimate that is
    published."""
    lower, upper = (reading(row, f"{name}{limit}") for limit in LIMITS)
    if lower.value is None:
        return ""
    return f"{lower.text(words)} – {upper.text(words)}"
