"""One agency: its numbers beside the national ones, how they went, and what they are made of."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from layouts.components.alarms import alarms_of
from layouts.components.asking import ask, missing_note
from layouts.components.breakdown import Breakdown, Profile, breakdowns
from layouts.components.card import card, cards
from layouts.components.download import downloads
from layouts.components.ended import Ended
from layouts.components.link import link
from layouts.components.moved import what_moved
from layouts.components.outcomes import outcomes
from layouts.components.peers import way_to_peers
from layouts.components.people import people
from layouts.components.periods import Periods, grains_of
from layouts.components.reading import Reading, only_row, reading
from layouts.components.reorganised import breaks, reorganised
from layouts.components.replies import replies_section, reply_links
from layouts.components.satisfaction import satisfaction
from layouts.components.status import status_key
from layouts.components.switch import KEY, switch
from layouts.components.trail import trail
from layouts.components.trend import FORMS, course, trend
from layouts.components.waits import waits
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

HEADLINES: Final = (
    "received",
    "on_time_rate",
    "on_time_extended_rate",
    "extension_rate",
    "median_days",
    "p90_days",
    "satisfaction_mean",
    "satisfaction_response",
    "repeat_share",
    "open",
    "overdue",
)
LEADS: Final = ("on_time_rate", "received")
"""What the page leads with: it opens with the latest period that has it."""
COURSES: Final = ("received", "on_time_rate")
RESPONSE: Final = "response"
SHARES: Final = ("received", "received_share")
PARTS: Final = (
    Breakdown("agency_kinds", "agency_by_kind", "kind", "kind", SHARES),
    Breakdown("agency_channels", "agency_by_channel", "channel", "channel", SHARES),
    Breakdown("agency_themes", "agency_by_theme", "theme", "theme", SHARES),
    Breakdown("agency_groups", "agency_by_group", "group", "group", SHARES, overlaps=True),
    Breakdown("agency_regions", "agency_by_region", "region", "area", SHARES),
)


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The profile of the agency or sector in the address."""
    periods = Periods(observe.release, "agencies", LEADS)
    name = words.name(observe.release.codelists["agency"], view.code)
    ended = _ended(observe, view, periods.chosen(view))
    tables = ("agencies", RESPONSE, ended.tables[0], *(part.table for part in PARTS))
    return html.Article(
        [
            _trail(observe, view, words),
            html.H1(name),
            *reorganised(observe.release, view, words, view.code),
            *_overview(observe, view, words, periods),
            *replies_section(observe, view, words),
            *way_to_peers(observe, view, words, "agency"),
            *people(observe, view, words, "people", periods.chosen(view), agency=view.code),
            *waits(observe, view, words, RESPONSE, periods.chosen(view), agency=view.code),
            *what_moved(observe.release, view, periods.chosen(view), words),
            *satisfaction(observe, view, words, "agencies", periods.chosen(view), agency=view.code),
            *_courses(observe, view, words),
            *alarms_of(observe, view, words, agency=view.code),
            *outcomes(ended, view, words),
            *_parts(observe, view, words, periods.chosen(view)),
            html.P(words("agency_caution"), className="caution"),
            downloads(observe.release, view, words, *tables, "alerts", "adjusted"),
        ],
        className="profile",
    )


def _trail(observe: Observer, view: View, words: Words) -> Component:
    codes = observe.release.codelists["agency"]
    steps = [link(words("navigation_agencies"), view.href(page="agencies", code=""))]
    sector = codes[view.code].parent
    if sector not in {"", TOTAL}:
        steps.append(
            link(words.name(codes, sector), view.href(page="agencies", code="", sector=sector))
        )
    return trail(steps, words)


def _overview(observe: Observer, view: View, words: Words, periods: Periods) -> list[Component]:
    period = periods.chosen(view)
    own = ask(observe, "agencies", HEADLINES, agency=view.code, period=period)
    nation = only_row(ask(observe, "agencies", own.shown, period=period).observations)
    row = only_row(own.observations)
    shown = [each for name in own.shown if (each := reading(row, name)).is_possible]
    said = {e: reply_links(observe, view, words, (view.code, period, e)) for e in own.shown}
    compared = [
        card(e, view, words, _meaning(e, words), _beside(nation, e, words), said[e.indicator])
        for e in shown
    ]
    return [
        html.P(_finding(row, words, period), className="lead"),
        periods.links(view, words),
        cards(compared),
        *status_key(shown, words),
        *missing_note(own.missing, words),
    ]


def _finding(row: dict[str, object], words: Words, period: str) -> str:
    said = {"period": words.period(period), "received": reading(row, "received").text(words)}
    if row.get("on_time_rate") is not None:
        share = reading(row, "on_time_rate").text(words)
        return words("agency_finding", share=share, **said)
    return words("agency_finding_received", **said)


def _meaning(shown: Reading, words: Words) -> str:
    return words(f"indicator_{shown.indicator}_meaning")


def _beside(nation: dict[str, object], shown: Reading, words: Words) -> str:
    if shown.indicator in {"received", "open", "overdue"} or nation[shown.indicator] is None:
        return ""
    return words("agency_nation", number=reading(nation, shown.indicator).phrase(words))


def _courses(observe: Observer, view: View, words: Words) -> list[Component]:
    grain = grains_of(observe.release, "agencies")[-1]
    own = ask(observe, "agencies", COURSES, by=grain, agency=view.code)
    name = words.name(observe.release.codelists["agency"], view.code)
    drawn = [
        trend(
            f"agency-{indicator.replace('_', '-')}",
            html.H3(words(f"pages_by_{grain}", name=words(f"indicator_{indicator}"))),
            [(line := course(name, own.observations, indicator))],
            words,
            marked=breaks(observe.release, line.periods, words, view.code),
            form=view.get(KEY),
        )
        for indicator in own.shown
    ]
    forms = switch(view, words, FORMS, view.get(KEY))
    return [html.H2(words("pages_course")), forms, html.Div(drawn, className="trends-pair")]


def _ended(observe: Observer, view: View, period: str) -> Ended:
    level = observe.release.codelists["agency"][view.code].level
    return Ended(observe, period, level, view.code)


def _parts(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    if observe.release.codelists["agency"][view.code].level != "agency":
        return []
    links = {"region": lambda code: view.href(page="region", code=code)}
    return breakdowns(Profile(observe, words, period, "agency", view.code), PARTS, links)


PAGE: Final = Page("agency", layout)
