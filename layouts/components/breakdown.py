"""What a number is made of: one row a code with its count, its share and a bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from layouts.components.asking import Answer, ask, has_table
from layouts.components.bar import with_bar
from layouts.components.link import link
from layouts.components.periods import at_grain
from layouts.components.reading import Reading, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer
from layouts.words import Words


@dataclass(frozen=True)
class Breakdown:
    """Which table is broken down by which level, with the words key of its heading."""

    heading: str
    table: str
    level: str
    dimension: str
    names: tuple[str, ...]
    overlaps: bool = False
    """True where a case can be in several rows, so that they do not add up."""


def breakdown(
    shown: Breakdown,
    observe: Observer,
    words: Words,
    period: str,
    href_of: Callable[[str], str] | None = None,
    **where: str,
) -> Component | None:
    """The table of one breakdown, largest first; None when the release does not have it."""
    if not has_table(observe.release, shown.table):
        return None
    grains = observe.release.manifest.tables[shown.table].table.grains
    at = at_grain(period, grains)
    answer = ask(observe, shown.table, shown.names, by=shown.level, period=at, **where)
    if not answer.shown:
        return None
    return _section(shown, observe, words, answer, at, href_of)


def _section(
    shown: Breakdown,
    observe: Observer,
    words: Words,
    answer: Answer,
    period: str,
    href_of: Callable[[str], str] | None,
) -> Component:
    rows = _ordered(answer)
    first = [reading(row, answer.shown[0]) for row in rows]
    longest = max((each.value or 0 for each in first), default=0)
    lines = [
        Line(
            _name(observe, words, shown.dimension, str(row[shown.dimension]), href_of),
            _cells([reading(row, name) for name in answer.shown], words, longest),
        )
        for row in rows
    ]
    heading = words(shown.heading)
    numbers = Table(
        words("pages_table_of", heading=heading, period=words.period(period)),
        Column(words(f"dimension_{shown.dimension}"), is_number=False),
        [Column(words(f"indicator_{name}_short")) for name in answer.shown],
        lines,
        style="breakdown",
    )
    notes = [html.P(words("pages_overlap"), className="note")] if shown.overlaps else []
    every = [reading(row, name) for row in rows for name in answer.shown]
    return html.Section([html.H2(heading), *notes, table(numbers), *status_key(every, words)])


def _ordered(answer: Answer) -> list[dict[str, object]]:
    """Largest first; what has no value stands last, in the order of the code list."""
    first = answer.shown[0]
    rows = [r for r in rows_of(answer.observations) if TOTAL not in _last_key(answer, r)]
    return sorted(rows, key=lambda row: -float(row[first] if row[first] is not None else -1))


def _last_key(answer: Answer, row: dict[str, object]) -> tuple[object, ...]:
    level = answer.observations.query.by[0]
    names = [a.dimension for a in answer.observations.table.axes if level in a.levels]
    return tuple(row[name] for name in names)


def _name(
    observe: Observer,
    words: Words,
    dimension: str,
    code: str,
    href_of: Callable[[str], str] | None,
) -> str | Component:
    name = words.name(observe.release.codelists[dimension], code)
    return link(name, href_of(code)) if href_of else name


def _cells(
    readings: Sequence[Reading], words: Words, longest: float
) -> list[str | Component | list[str | Component]]:
    head, *rest = readings
    return [with_bar(head.cell(words), head.value, longest), *(each.cell(words) for each in rest)]
