"""One region or district: its numbers beside the country's, its districts, themes and groups."""

from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from layouts.components.alarms import alarms_of
from layouts.components.asking import ask, empty_note, missing_note
from layouts.components.breakdown import Breakdown, Profile, breakdowns
from layouts.components.card import card, cards
from layouts.components.download import downloads
from layouts.components.ended import Ended
from layouts.components.league import cells, heading, ordered
from layouts.components.link import link
from layouts.components.outcomes import outcomes
from layouts.components.outlook import FILES, Subject, outlook
from layouts.components.peers import way_to_peers
from layouts.components.people import people
from layouts.components.periods import Periods, grains_of
from layouts.components.reading import Reading, only_row, reading, rows_of
from layouts.components.satisfaction import satisfaction
from layouts.components.status import status_key
from layouts.components.switch import KEY, choice, switch
from layouts.components.table import Line, Table, table
from layouts.components.trail import trail
from layouts.components.trend import FORMS, course, trend
from layouts.components.waits import waits
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

HEADLINES: Final = (
    "received",
    "per_10000",
    "on_time_rate",
    "median_days",
    "satisfaction_mean",
    "satisfaction_response",
)
DISTRICT_COLUMNS: Final = ("received", "on_time_rate", "median_days", "repeat_share")
LEADS: Final = ("on_time_rate", "received")
"""What the page leads with: it opens with the latest period that has it."""
VOLUMES: Final = {"number": "received", "10000": "per_10000"}
"""By what the address says: appeals as they are counted, or for as many people."""
COURSES: Final = ("on_time_rate",)
PEOPLE: Final = "people_by_region"
RESPONSE: Final = "response_by_region"
SHARES: Final = ("received", "received_share")
PARTS: Final = {
    "region": (
        Breakdown("region_themes", "region_by_theme", "theme", "theme", SHARES),
        Breakdown("region_groups", "region_by_group", "group", "group", SHARES, overlaps=True),
    ),
    "district": (
        Breakdown("region_themes", "district_by_theme_group", "theme_group", "theme", SHARES),
        Breakdown("region_sectors", "district_by_sector", "sector", "agency", SHARES),
        Breakdown("region_groups", "district_by_group", "group", "group", SHARES, overlaps=True),
    ),
}


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The profile of the area in the address."""
    codes = observe.release.codelists["area"]
    periods = Periods(observe.release, "regions", LEADS)
    period = periods.chosen(view)
    parts = PARTS.get(codes[view.code].level, ())
    return html.Article(
        [
            _trail(observe, view, words),
            html.H1(words.name(codes, view.code)),
            *_overview(observe, view, words, periods),
            *way_to_peers(observe, view, words, "area"),
            *_people(observe, view, words, period),
            *_waits(observe, view, words, period),
            *satisfaction(observe, view, words, "regions", period, area=view.code),
            *_courses(observe, view, words),
            *alarms_of(observe, view, words, area=view.code),
            *outlook(observe, view, words, [Subject(words.name(codes, view.code), area=view.code)]),
            *_outcomes(observe, view, words, period),
            *_districts(observe, view, words, period),
            *breakdowns(Profile(observe, words, period, "area", view.code), parts),
            html.P(words("regions_caution"), className="caution"),
            downloads(
                observe.release,
                view,
                words,
                "regions",
                *(part.table for part in parts),
                "alerts",
                *FILES,
            ),
        ],
        className="profile",
    )


def _trail(observe: Observer, view: View, words: Words) -> Component:
    codes = observe.release.codelists["area"]
    steps = [link(words("navigation_regions"), view.href(page="regions", code=""))]
    parent = codes[view.code].parent
    if parent not in {"", TOTAL}:
        steps.append(link(words.name(codes, parent), view.href(code=parent)))
    return trail(steps, words)


def _overview(observe: Observer, view: View, words: Words, periods: Periods) -> list[Component]:
    period = periods.chosen(view)
    own = ask(observe, "regions", HEADLINES, area=view.code, period=period)
    nation = only_row(ask(observe, "regions", own.shown, period=period).observations)
    row = only_row(own.observations)
    shown = [each for name in own.shown if (each := reading(row, name)).is_possible]
    said = {"period": words.period(period), "received": reading(row, "received").text(words)}
    return [
        html.P(words("region_finding", **said), className="lead"),
        periods.links(view, words),
        cards(
            [
                card(
                    each,
                    view,
                    words,
                    words(f"indicator_{each.indicator}_meaning"),
                    _beside(nation, each, words),
                )
                for each in shown
            ]
        ),
        *status_key(shown, words),
        *missing_note(own.missing, words),
    ]


def _beside(nation: dict[str, Any], shown: Reading, words: Words) -> str:
    if shown.indicator == "received" or nation[shown.indicator] is None:
        return ""
    return words("agency_nation", number=reading(nation, shown.indicator).phrase(words))


def _people(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """How many people wrote of a region; of a district there are mostly too few."""
    if observe.release.codelists["area"][view.code].level != "region":
        return []
    return people(observe, view, words, PEOPLE, period, area=view.code)


def _waits(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    if observe.release.codelists["area"][view.code].level != "region":
        return []
    return waits(observe, view, words, RESPONSE, period, area=view.code)


def _courses(observe: Observer, view: View, words: Words) -> list[Component]:
    grain = grains_of(observe.release, "regions")[-1]
    volume, per = _volume(observe, view, words)
    own = ask(observe, "regions", (volume, *COURSES), by=grain, area=view.code)
    name = words.name(observe.release.codelists["area"], view.code)
    drawn = [
        trend(
            f"region-{indicator.replace('_', '-')}",
            html.H3(words(f"pages_by_{grain}", name=words(f"indicator_{indicator}"))),
            [course(name, own.observations, indicator)],
            words,
            form=view.get(KEY),
        )
        for indicator in own.shown
    ]
    return [
        html.H2(words("pages_course")),
        html.Div([switch(view, words, FORMS, view.get(KEY)), *per], className="choices"),
        html.Div(drawn, className="trends-pair"),
    ]


def _volume(observe: Observer, view: View, words: Words) -> tuple[str, list[Component]]:
    """The course of appeals to show, and the choice between counts and rates if there are any."""
    relative = ask(observe, "regions", (VOLUMES["10000"],), by="year", area=view.code)
    if not relative.shown:
        return VOLUMES["number"], []
    labels = {key: words(f"indicator_{name}_short") for key, name in VOLUMES.items()}
    shown = view.get("per")
    return VOLUMES[shown], [choice(view, words, "per", labels, shown)]


def _outcomes(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """How the appeals of a region ended; a district has too few of most outcomes."""
    if observe.release.codelists["area"][view.code].level != "region":
        return []
    return outcomes(Ended(observe, period, "region", view.code), view, words)


def _districts(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """The region's districts, most appeals first unless the reader sorts them otherwise."""
    codes = observe.release.codelists["area"]
    members = set(codes.children(view.code))
    if not members:
        return []
    answer = ask(observe, "regions", DISTRICT_COLUMNS, by="district", period=period)
    rows = [row for row in rows_of(answer.observations) if row["area"] in members]

    def name_of(row: dict[str, Any]) -> str:
        return words.name(codes, str(row["area"]))

    lines = [
        Line(link(name_of(row), view.href(code=str(row["area"]))), cells(row, answer.filled, words))
        for row in ordered(rows, view.get("sort"), name_of)
    ]
    numbers = Table(
        words("region_districts_caption", n=len(lines), period=words.period(period)),
        heading("name", words("level_district"), view, is_number=False),
        [heading(name, words(f"indicator_{name}_short"), view) for name in answer.filled],
        lines,
        style="league",
        name="districts",
    )
    every = [reading(row, name) for row in rows for name in answer.filled]
    key = [*status_key(every, words), *empty_note(answer, words)]
    return [html.H2(words("region_districts")), table(numbers), *key]


PAGE: Final = Page("region", layout)
