"""The first page: what happened to people's appeals, in six numbers and one comparison."""

from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.periods import grain_of
from layouts.components.aria import aria
from layouts.components.asking import ask, collected, missing_note
from layouts.components.card import card, cards
from layouts.components.clearance import CLOSING, clearance
from layouts.components.download import downloads
from layouts.components.ended import Ended
from layouts.components.harassment import harassment
from layouts.components.harassment import tables as tables_of_harassment
from layouts.components.link import link
from layouts.components.outcomes import outcomes_in_short
from layouts.components.people import people
from layouts.components.periods import (
    Periods,
    grains_of,
    is_complete,
    periods_of,
    year_before,
)
from layouts.components.reading import Reading, only_row, reading
from layouts.components.satisfaction import satisfaction
from layouts.components.status import status_key
from layouts.components.stock import stock
from layouts.components.table import Column, Line, Table, table
from layouts.components.trend import course, trend
from layouts.components.waits import waits
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

HEADLINES: Final = {
    "agencies": (
        "received",
        "on_time_rate",
        "median_days",
        "satisfaction_mean",
        "satisfaction_response",
    ),
    "regions": ("per_10000",),
    "acts_by_theme": ("acts",),
}
"""Where in the release the headline indicators are."""
CARDS: Final = (
    "received",
    "on_time_rate",
    "median_days",
    "satisfaction_mean",
    "per_10000",
    "acts",
)
CHANGED: Final = (
    "received",
    "on_time_rate",
    "median_days",
    "p90_days",
    "satisfaction_mean",
    "satisfaction_response",
    "repeat_share",
)
LEADS: Final = ("on_time_rate", "received")
"""What the page leads with: it opens with the latest period that has it."""
RESPONSE: Final = "response"
DOORS: Final = ("agencies", "regions", "acts")


def layout(observe: Observer, view: View, words: Words) -> Component:
    """Finding, headline numbers, what changed, the course by month, reports of harassment, and
    three ways onwards."""
    periods = Periods(observe.release, "agencies", LEADS)
    period = periods.chosen(view)
    files = ("agencies", CLOSING, "regions", *tables_of_harassment(observe))
    readings = _headlines(observe, period)
    return html.Article(
        [
            html.H1(_finding(readings, words, period)),
            html.P(_lead(readings, words), className="lead"),
            periods.links(view, words),
            *_cards(observe, readings, view, words, period),
            *missing_note(_missing(observe), words),
            html.Div(
                [*_changed(observe, periods, words), _course(observe, words)],
                className="two-columns",
            ),
            *people(observe, view, words, "people", period),
            *waits(observe, view, words, RESPONSE, period),
            *stock(observe, words),
            *clearance(observe, words),
            *satisfaction(observe, view, words, "agencies", period),
            *outcomes_in_short(Ended(observe, period), view, words),
            *harassment(observe, view, words, period),
            _doors(observe, view, words),
            downloads(observe.release, view, words, *files),
        ],
        className="home",
    )


def _headlines(observe: Observer, period: str) -> dict[str, Reading]:
    """The readings of the period by indicator, from the tables that have it."""
    found: dict[str, Reading] = {}
    for where, names in HEADLINES.items():
        shown = collected(observe.release, where, names)
        if shown and _has(observe, where, period):
            row = only_row(ask(observe, where, shown, period=period).observations)
            found |= {each: reading(row, each) for each in shown}
    return found


def _has(observe: Observer, where: str, period: str) -> bool:
    return period in periods_of(observe.release, where, grain_of(period))


def _missing(observe: Observer) -> list[str]:
    """The headline indicators that the source does not collect."""
    return [
        name
        for where, names in HEADLINES.items()
        for name in names
        if name not in collected(observe.release, where, names)
    ]


def _finding(readings: dict[str, Reading], words: Words, period: str) -> str:
    said = {"period": words.period(period), "received": readings["received"].text(words)}
    on_time = readings.get("on_time_rate")
    if on_time is None or on_time.value is None:
        return words("home_finding_received", **said)
    return words("home_finding", share=on_time.text(words), **said)


def _lead(readings: dict[str, Reading], words: Words) -> str:
    median = readings.get("median_days")
    if median is None or median.value is None:
        return words("home_lead")
    return words("home_lead_median", days=median.phrase(words))


def _cards(
    observe: Observer, readings: dict[str, Reading], view: View, words: Words, period: str
) -> list[Component]:
    before = _headlines(observe, year_before(period)) if _is_comparable(observe, period) else {}
    shown = [readings[name] for name in CARDS if name in readings and readings[name].is_possible]
    drawn = [
        card(
            each, view, words, _meaning(each, readings, words), _before(before, each, words, period)
        )
        for each in shown
    ]
    return [cards(drawn), *status_key(shown, words)]


def _meaning(shown: Reading, readings: dict[str, Reading], words: Words) -> str:
    """What the number means; satisfaction never stands without its response rate."""
    response = readings.get("satisfaction_response")
    if (
        shown.indicator == "satisfaction_mean"
        and response is not None
        and response.value is not None
    ):
        return words("home_satisfaction_meaning", response=response.text(words))
    return words(f"indicator_{shown.indicator}_meaning")


def _is_comparable(observe: Observer, period: str) -> bool:
    """True when the same period a year before is published and whole."""
    before = year_before(period)
    return _has(observe, "agencies", before) and is_complete(before, observe.release)


def _before(before: dict[str, Reading], shown: Reading, words: Words, period: str) -> str:
    earlier = before.get(shown.indicator)
    if earlier is None or earlier.value is None:
        return ""
    at = words.period(year_before(period))
    return words("home_before", period=at, number=earlier.phrase(words))


def _changed(observe: Observer, periods: Periods, words: Words) -> list[Component]:
    """The latest quarter whose answers are in, beside the same quarter a year before."""
    latest = periods.latest("quarter")
    if latest is None or not _has(observe, "agencies", year_before(latest)):
        return []
    now = ask(observe, "agencies", CHANGED, period=latest)
    then = ask(observe, "agencies", now.shown, period=year_before(latest))
    rows = only_row(then.observations), only_row(now.observations)
    lines = [_change(words, name, *rows) for name in now.shown]
    columns = [Column(words.period(year_before(latest))), Column(words.period(latest))]
    numbers = Table(
        words("home_changed_caption"),
        Column(words("pages_indicator"), is_number=False),
        [*columns, Column(words("home_direction"), is_number=False)],
        lines,
        name="changed",
    )
    every = [reading(row, name) for row in rows for name in now.shown]
    heading = html.H2(words("home_changed"))
    return [html.Section([heading, table(numbers), *status_key(every, words)])]


def _change(words: Words, name: str, then: dict[str, Any], now: dict[str, Any]) -> Line:
    before, after = reading(then, name), reading(now, name)
    return Line(
        words(f"indicator_{name}"),
        [before.cell(words), after.cell(words), _direction(before, after, words)],
    )


def _direction(before: Reading, after: Reading, words: Words) -> str | Component:
    if before.value is None or after.value is None:
        return ""
    if after.value == before.value:
        return words("home_same")
    key = "home_higher" if after.value > before.value else "home_lower"
    return html.Span(words(key), className="direction")


def _course(observe: Observer, words: Words) -> Component:
    grain = grains_of(observe.release, "agencies")[-1]
    answer = ask(observe, "agencies", ("received",), by=grain)
    title = html.H2(words(f"pages_by_{grain}", name=words("indicator_received")))
    name = words("pages_everywhere")
    return trend("home-received", title, [course(name, answer.observations, "received")], words)


def _doors(observe: Observer, view: View, words: Words) -> Component:
    doors = [name for name in DOORS if name != "acts" or observe.release.acts is not None]
    return html.Nav(
        [
            html.Section(
                [
                    html.H2(link(words(f"navigation_{name}"), view.href(page=name))),
                    html.P(words(f"home_door_{name}")),
                ],
                className="door",
            )
            for name in doors
        ],
        className="doors",
        **aria(label=words("home_doors")),
    )


PAGE: Final = Page("home", layout)
