"""All regions: a map of one indicator, and a table of them all beside it."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.asking import Answer, ask, collected, empty_note, missing_note
from layouts.components.bar import with_bar
from layouts.components.download import downloads
from layouts.components.league import Row, cells, heading, named, ordered
from layouts.components.link import link
from layouts.components.map import has_map, region_map
from layouts.components.periods import Periods
from layouts.components.reading import only_row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Column, Line, Table, table
from layouts.figures.choropleth import Place
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
    if has_map([str(row["area"]) for row in rows]):
        bars = _bars(answer, shown, words)
        picture: list[Component] = [_map(answer, shown, view, words, bars), table(bars)]
    else:
        picture = [html.P(words("regions_no_map"), className="note")]
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
            html.Div(picture, className="map-and-table"),
            html.H2(words("regions_all")),
            *_numbers(observe, view, words, answer, shown),
            *empty_note(answer, words),
            *missing_note(answer.missing, words),
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
    choices: list[Component] = []
    for name in INDICATORS:
        if name not in answer.shown:
            continue
        label = words(f"indicator_{name}_short")
        if name == shown:
            choices.append(html.Strong(label, **aria(current="true")))
        else:
            choices.append(link(label, view.href(indicator=name)))
    return html.Nav(
        html.Ul([html.Li(each) for each in choices]),
        className="choice",
        **aria(label=words("pages_indicator")),
    )


def _map(answer: Answer, shown: str, view: View, words: Words, bars: Table) -> Component:
    observations = answer.observations
    codes = observations.release.codelists["area"]
    places = [
        Place(
            str(row["area"]),
            words.name(codes, str(row["area"])),
            None if row[shown] is None else float(row[shown]),
            _text(row, shown, words),
            view.href(page="region", code=str(row["area"])),
        )
        for row in rows_of(observations)
    ]
    return region_map(places, bars.exhibit, words)


def _bars(answer: Answer, shown: str, words: Words) -> Table:
    """The map in numbers: one row a region, in the order of the alphabet."""
    observations = answer.observations
    codes = observations.release.codelists["area"]
    rows = ordered(rows_of(observations), "", lambda row: words.name(codes, str(row["area"])))
    longest = max((float(row[shown] or 0) for row in rows), default=0.0)
    readings = [reading(row, shown) for row in rows]
    lines = [
        Line(
            words.name(codes, str(row["area"])),
            [with_bar(each.cell(words), each.value, longest)],
        )
        for row, each in zip(rows, readings, strict=True)
    ]
    heading_words = words(f"indicator_{shown}")
    period = words.period(observations.query.fixed["period"])
    return Table(
        words("pages_table_of", heading=heading_words, period=period),
        Column(words("level_region"), is_number=False),
        [Column(words(f"indicator_{shown}_short"))],
        lines,
        style="bars",
    )


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
        [Line(name_of(total), cells(total, names, words), "total"), *lines],
        style="league",
        name="regions",
    )
    every = [reading(row, name) for row in rows for name in names]
    return [table(numbers), *status_key(every, words)]


PAGE: Final = Page("regions", layout)
