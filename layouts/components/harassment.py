"""Reports of harassment: how many in the country, how they went, and in which sectors and regions.

They stand apart from other numbers, with what must be read beside them: few are no good news.
"""

from collections.abc import Iterator
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.asking import Answer, ask, has_table
from layouts.components.link import link
from layouts.components.periods import grains_of, nearest
from layouts.components.reading import only_row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.components.trend import course, trend
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

REPORTS: Final = "harassment"
NATION: Final = "harassment"
PARTS: Final = {"harassment_by_sector": "sector", "harassment_by_region": "region"}
"""Tables → the level that each is broken down by."""
SHOWN: Final = (REPORTS, "received")


def tables(observe: Observer) -> tuple[str, ...]:
    """The tables of reports that the release has."""
    return tuple(name for name in (NATION, *PARTS) if has_table(observe.release, name))


def harassment(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """The section for a period, or the nearest that is published; nothing where not collected."""
    if not has_table(observe.release, NATION):
        return []
    heading = link(words(f"indicator_{REPORTS}"), view.href(page="indicator", code=REPORTS))
    return [
        html.Section(
            [
                html.H2(heading),
                html.P(words(f"indicator_{REPORTS}_caution"), className="caution"),
                *_nation(observe, words, period),
                _course(observe, words),
                *_parts(observe, words, period),
            ],
            className="harassment",
        )
    ]


def _published(observe: Observer, name: str, period: str) -> str | None:
    return nearest(period, observe.release.tables[name]["period"].unique())


def _nation(observe: Observer, words: Words, period: str) -> list[Component]:
    published = _published(observe, NATION, period)
    if published is None:
        return []
    row = only_row(ask(observe, NATION, (REPORTS,), period=published).observations)
    said = words.period(published), reading(row, REPORTS).text(words)
    return [html.P(words("home_harassment", period=said[0], number=said[1]), className="lead")]


def _course(observe: Observer, words: Words) -> Component:
    grain = grains_of(observe.release, NATION)[-1]
    answer = ask(observe, NATION, (REPORTS,), by=grain)
    title = html.H3(words(f"pages_by_{grain}", name=words(f"indicator_{REPORTS}")))
    lines = [course(words("table_national"), answer.observations, REPORTS)]
    return trend("home-harassment", title, lines, words)


def _parts(observe: Observer, words: Words, period: str) -> list[Component]:
    """A table of sectors and one of regions, folded away: most of their cells are small."""
    answers = list(_answers(observe, period))
    if not answers:
        return []
    rows = [row for answer in answers for row in rows_of(answer.observations)]
    drawn = [table(_table(answer, words)) for answer in answers]
    return [
        html.Details([html.Summary(words("home_harassment_more")), *drawn]),
        *status_key([reading(row, each) for row in rows for each in SHOWN], words),
    ]


def _answers(observe: Observer, period: str) -> Iterator[Answer]:
    for name, level in PARTS.items():
        published = _published(observe, name, period) if has_table(observe.release, name) else None
        if published is not None:
            yield ask(observe, name, SHOWN, by=level, period=published)


def _table(answer: Answer, words: Words) -> Table:
    shown = answer.observations
    (dimension,), name = shown.table.dimensions, shown.table.name
    codes = shown.release.codelists[dimension]
    lines = [
        Line(
            words.name(codes, str(row[dimension])),
            [reading(row, each).cell(words) for each in SHOWN],
        )
        for row in rows_of(shown)
    ]
    period = words.period(shown.query.fixed["period"])
    return Table(
        words("pages_table_of", heading=words(f"table_{name}"), period=period),
        Column(words(f"level_{PARTS[name]}"), is_number=False),
        [Column(words(f"indicator_{each}_short")) for each in SHOWN],
        lines,
        style="breakdown",
        name=name.replace("_", "-"),
    )
