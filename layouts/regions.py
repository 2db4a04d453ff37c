"""All regions: a map of one indicator, and a table of them all beside it."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.asking import Answer, ask, collected, empty_note, missing_note
from layouts.components.download import downloads
from layouts.components.gaps import way_to_gaps
from layouts.components.league import Row, cells, heading, named, ordered
from layouts.components.link import link
from layouts.components.map import has_map
from layouts.components.periods import Periods
from layouts.components.reading import only_row, reading, rows_of
from layouts.components.region_pictures import CHART, MAPPED, UNMAPPED, picture
from layouts.components.status import status_key
from layouts.components.switch import KEY, choice, switch
from layouts.components.table import TOTAL_LINE, Line, Table, table
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

INDICATORS: Final = ("per_10000", "received", "on_time_rate", "median_days")
COLUMNS: Final = (*INDICATORS, "satisfaction_mean", "satisfaction_response", "repeat_share")


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, the choice of indicator and year, the map and the table."""
    shown = _shown(observe, view)
    periods = Periods(observe.release, "regions", (shown, "received"))
    period = periods.chosen(view)
    level = observe.release.codelists["area"].levels[0]
    answer = ask(observe, "regions", COLUMNS, by=level, period=period)
    rows = rows_of(answer.observations)
    is_mapped = has_map([str(row["area"]) for row in rows])
    forms = MAPPED if is_mapped else UNMAPPED
    form = view.get(KEY) if view.get(KEY) in forms else forms[0]
    return html.Article(
        [
            html.H1(_finding(observe, words, rows, shown, period)),
            html.P(words(f"indicator_{shown}_meaning"), className="lead"),
            html.Div(
                [
                    _switch(answer, shown, view, words),
                    periods.links(view, words),
                ],
                className="choices",
            ),
            switch(view, words, forms, form),
            *([] if is_mapped else [html.P(words("regions_no_map"), className="note")]),
            *picture(observe, view, words, answer, (form, shown)),
            *(_numbers(observe, view, words, answer, shown) if form != CHART else []),
            *empty_note(answer, words),
            *missing_note(answer.missing, words),
            *way_to_gaps(observe.release, view, words, "region"),
            html.P(words("regions_caution"), className="caution"),
            downloads(observe.release, view, words, "regions"),
        ],
        className="regions",
    )


def _shown(observe: Observer, view: View) -> str:
    """The indicator in the address when the source collects it, else the first that it does."""
    asked = view.get("indicator")
    offered = collected(observe.release, "regions", INDICATORS)
    return asked if asked in offered else offered[0]


def _finding(observe: Observer, words: Words, rows: list[Row], shown: str, period: str) -> str:
    known = [row for row in rows if row[shown] is not None]
    name = words(f"indicator_{shown}")
    if len(known) < 2:
        return words("regions_finding_few", indicator=name, period=words.period(period))
    ends = {
        "low": min(known, key=lambda row: float(row[shown])),
        "high": max(known, key=lambda row: float(row[shown])),
    }
    codes = observe.release.codelists["area"]
    said = {
        end: words(
            "pages_value_of", name=words.name(codes, row["area"]), value=_text(row, shown, words)
        )
        for end, row in ends.items()
    }
    return words("regions_finding", indicator=name, period=words.period(period), **said)


def _text(row: Row, shown: str, words: Words) -> str:
    return reading(row, shown).text(words)


def _switch(answer: Answer, shown: str, view: View, words: Words) -> Component:
    offered = [name for name in INDICATORS if name in answer.shown]
    labels: dict[str, str] = {name: words(f"indicator_{name}_short") for name in offered}
    return choice(view, words, "indicator", labels, shown)


def _numbers(
    observe: Observer, view: View, words: Words, answer: Answer, shown: str
) -> list[Component]:
    codes = observe.release.codelists["area"]
    rows = rows_of(answer.observations)
    period = answer.observations.query.fixed["period"]
    names = (shown, *(name for name in answer.filled if name != shown))
    total = only_row(ask(observe, "regions", names, period=period).observations)

    def name_of(row: Row) -> str:
        return named(codes, str(row["area"]), words)

    lines = [
        Line(
            link(name_of(row), view.href(page="region", code=row["area"])), cells(row, names, words)
        )
        for row in ordered(rows, view.get("sort"), name_of)
    ]
    numbers = Table(
        words("regions_caption", n=len(rows), period=words.period(period)),
        heading("name", words("level_region"), view, is_number=False),
        [heading(name, words(f"indicator_{name}_short"), view) for name in names],
        [Line(name_of(total), cells(total, names, words), TOTAL_LINE), *lines],
        style="league",
        name="regions",
    )
    every = [reading(row, name) for row in rows for name in names]
    return [table(numbers), *status_key(every, words)]


PAGE: Final = Page("regions", layout)
