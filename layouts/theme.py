"""One theme or group of themes: how much, how it went, where from, to whom, and by whom."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.codelists import Codelist
from data.dimensions import TOTAL
from layouts.components.asking import ask, has_table
from layouts.components.breakdown import Breakdown, Profile, breakdowns
from layouts.components.card import card, cards
from layouts.components.download import downloads
from layouts.components.league import Row, cells, heading, ordered
from layouts.components.link import link
from layouts.components.outlook import FILES, Subject, outlook
from layouts.components.periods import Periods, grains_of
from layouts.components.reading import only_row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Line, Table, table
from layouts.components.trail import trail
from layouts.components.trend import course, trend
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

TABLE: Final = "region_by_theme"
HEADLINES: Final = ("received", "received_share")
SHARES: Final = ("received_share", "received")
COUNTS: Final = ("received", "received_share")
MOST_BODIES: Final = 15
USUAL: Final = "-received"
REGIONS: Final = Breakdown("theme_regions", TABLE, "region", "area", SHARES)
PARTS: Final = {
    "theme": (
        REGIONS,
        Breakdown(
            "theme_agencies", "agency_by_theme", "agency", "agency", COUNTS, most=MOST_BODIES
        ),
        Breakdown("theme_groups", "theme_by_group", "group", "group", SHARES, overlaps=True),
    ),
    "theme_group": (
        REGIONS,
        Breakdown(
            "theme_agencies", "agency_by_theme_group", "agency", "agency", COUNTS, most=MOST_BODIES
        ),
    ),
}


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The profile of the theme in the address; without a table of themes, its name alone."""
    codes = observe.release.codelists["theme"]
    opening = [_trail(codes, view, words), html.H1(words.name(codes, view.code))]
    if not has_table(observe.release, TABLE):
        return html.Article([*opening, html.P(words("themes_not_collected"), className="note")])
    periods = Periods(observe.release, TABLE, ("received",))
    period = periods.chosen(view)
    parts = PARTS.get(codes[view.code].level, ())
    return html.Article(
        [
            *opening,
            *_overview(observe, view, words, periods),
            *_members(observe, view, words, period),
            *_course(observe, view, words),
            *outlook(
                observe, view, words, [Subject(words.name(codes, view.code), theme=view.code)]
            ),
            *_parts(observe, view, words, parts, period),
            *_acts(observe, view, words),
            html.P(words("themes_caution"), className="caution"),
            downloads(
                observe.release, view, words, *dict.fromkeys(part.table for part in parts), *FILES
            ),
        ],
        className="profile",
    )


def _trail(codes: Codelist, view: View, words: Words) -> Component:
    steps = [link(words("navigation_themes"), view.href(page="themes", code=""))]
    parent = codes[view.code].parent
    if parent not in {"", TOTAL}:
        steps.append(link(words.name(codes, parent), view.href(code=parent)))
    return trail(steps, words)


def _overview(observe: Observer, view: View, words: Words, periods: Periods) -> list[Component]:
    period = periods.chosen(view)
    own = ask(observe, TABLE, HEADLINES, theme=view.code, period=period)
    row = only_row(own.observations)
    shown = [reading(row, name) for name in own.shown]
    said = {name: reading(row, name).text(words) for name in HEADLINES}
    meanings = [words(f"indicator_{each.indicator}_meaning") for each in shown]
    return [
        html.P(words("theme_finding", period=words.period(period), **said), className="lead"),
        periods.links(view, words),
        cards([card(e, view, words, m) for e, m in zip(shown, meanings, strict=True)]),
        *status_key(shown, words),
    ]


def _members(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """The themes of a group, most appeals first unless the reader sorts them otherwise."""
    codes = observe.release.codelists["theme"]
    members = set(codes.children(view.code))
    if not members:
        return []
    answer = ask(observe, TABLE, COUNTS, by="theme", period=period)
    rows = [row for row in rows_of(answer.observations) if row["theme"] in members]

    def name_of(row: Row) -> str:
        return words.name(codes, str(row["theme"]))

    lines = [
        Line(link(name_of(row), view.href(code=str(row["theme"]))), cells(row, answer.shown, words))
        for row in ordered(rows, view.get("sort") or USUAL, name_of)
    ]
    numbers = Table(
        words("themes_caption", n=len(lines), period=words.period(period)),
        heading("name", words("level_theme"), view, is_number=False, usual=USUAL),
        [heading(n, words(f"indicator_{n}_short"), view, usual=USUAL) for n in answer.shown],
        lines,
        style="breakdown",
        name="themes",
    )
    every = [reading(row, name) for row in rows for name in answer.shown]
    return [html.H2(words("theme_members")), table(numbers), *status_key(every, words)]


def _course(observe: Observer, view: View, words: Words) -> list[Component]:
    grain = grains_of(observe.release, TABLE)[-1]
    own = ask(observe, TABLE, ("received",), by=grain, theme=view.code)
    name = words.name(observe.release.codelists["theme"], view.code)
    title = html.H3(words(f"pages_by_{grain}", name=words("indicator_received")))
    drawn = trend("theme-received", title, [course(name, own.observations, "received")], words)
    return [html.H2(words("pages_course")), drawn]


def _parts(
    observe: Observer, view: View, words: Words, parts: tuple[Breakdown, ...], period: str
) -> list[Component]:
    links = {
        "region": lambda code: view.href(page="region", code=code),
        "agency": lambda code: view.href(page="agency", code=code),
    }

    def rest_of(part: Breakdown, shown: str) -> str:
        return view.href(
            page="table",
            table=part.table,
            down=part.level,
            theme=view.code,
            period=shown,
            show=",".join(part.names),
        )

    profile = Profile(observe, words, period, "theme", view.code)
    return breakdowns(profile, parts, links, rest_of)


def _acts(observe: Observer, view: View, words: Words) -> list[Component]:
    """The way to the acts of the theme, where there is a register."""
    if observe.release.acts is None:
        return []
    return [html.P(link(words("theme_acts"), view.href(page="acts", theme=view.code)))]


PAGE: Final = Page("theme", layout)
