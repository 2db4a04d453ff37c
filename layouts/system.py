"""The rest of the system: what bodies report of themselves, and what the appeals tell of control.

Nothing here is joined or summed; each figure stands with who states it and when, and what a source
does not report is said to be missing.
"""

from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from data.grains import GRAINS
from data.periods import grain_of, last_day
from data.releases import Release
from data.reports import REORGANISATIONS, REPORTS, SURVEYS, Report
from layouts.components.aria import aria
from layouts.components.asking import ask, has_table
from layouts.components.breakdown import Breakdown, Profile, breakdowns
from layouts.components.card import card, cards
from layouts.components.contents import contents
from layouts.components.download import downloads
from layouts.components.link import link
from layouts.components.periods import nearest
from layouts.components.reading import only_row, reading
from layouts.components.reorganised import all_changes
from layouts.components.reported import Reported, periods_of, place_of, totals
from layouts.components.reported_course import course
from layouts.components.reported_table import figures
from layouts.components.status import status_key
from layouts.components.surveyed import surveyed
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

CONTROL: Final = "control"
CONTROLLED: Final = (
    "on_control",
    "reopened_share",
    "off_control_15_share",
    "off_control_30_share",
)
GROUPS: Final = Breakdown(
    "system_groups",
    "region_by_group",
    "group",
    "group",
    ("received", "received_share"),
    overlaps=True,
)
LEADING: Final = "reception_offices"


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, the ways to the sections, what appeals tell, and a section for each report."""
    period = _period(observe.release, view)
    files = (CONTROL, "control_by_region", GROUPS.table, *observe.release.reports)
    return html.Article(
        [
            html.H1(_finding(observe, view, words, period)),
            html.P(words("system_lead"), className="lead"),
            contents(words, _sections(words)),
            *_periods(observe.release, view, words, period),
            *_control(observe, view, words, period),
            *_groups(observe, words, period),
            *(_section(observe, view, words, report, period) for report in REPORTS.values()),
            html.P(words("system_caution"), className="caution"),
            downloads(observe.release, view, words, *files),
        ],
        className="system",
    )


def _offered(release: Release) -> list[str]:
    """The years that anything is reported of, and the quarters and months since the last."""
    every, codes = _reported_periods(release), list[str]()
    for grain in GRAINS:
        since = last_day(codes[-1]) if codes else None
        of_grain = sorted(code for code in every if grain_of(code) == grain)
        codes += [code for code in of_grain if since is None or last_day(code) > since]
    return codes


def _reported_periods(release: Release) -> set[str]:
    """All periods that anything is told of."""
    frames = [*release.reports.values(), *_tables(release)]
    return {p for frame in frames if "period" in frame.columns for p in frame["period"].unique()}


def _tables(release: Release) -> list[pl.DataFrame]:
    return [release.tables[CONTROL]] if has_table(release, CONTROL) else []


def _period(release: Release, view: View) -> str:
    """The period in the address when it is told of, else the last of the longest; none of none."""
    if view.get("period") in _reported_periods(release):
        return view.get("period")
    codes = _offered(release)
    longest = [code for code in codes if grain_of(code) == grain_of(codes[0])]
    return longest[-1] if longest else ""


def _finding(observe: Observer, view: View, words: Words, period: str) -> str:
    shown = _reported(observe, view, words, REPORTS[LEADING])
    if shown is not None:
        at = periods_of(shown, period)
        for row in shown.rows(at, [TOTAL]):
            if row["people"] is not None and row["offices"] is not None:
                said = {name: words.number(row[name]) for name in ("people", "offices")}
                return words("system_finding", period=words.period(at), **said)
    return words("page_system_title")


def _sections(words: Words) -> dict[str, str]:
    of_appeals = {CONTROL: words("system_control"), "groups": words("system_groups")}
    reported = {place_of(each): words(f"report_{each.name}") for each in REPORTS.values()}
    return of_appeals | reported


def _periods(release: Release, view: View, words: Words, period: str) -> list[Component]:
    """The periods as links, the shown one marked."""
    codes = {*_offered(release), period} - {""}
    items = [
        html.Li(
            html.Strong(words.period(code), **aria(current="true"))
            if code == period
            else link(words.period(code), view.href(period=code))
        )
        for code in sorted(codes, key=lambda code: (last_day(code), code))
    ]
    if not items:
        return []
    return [html.Nav(html.Ul(items), className="choice", **aria(label=words("dimension_period")))]


def _control(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """The control register of the country: what is on control, and what left it in how long."""
    heading = html.H2(words("system_control"), id=CONTROL)
    text = html.P(words("system_control_text"))
    if not has_table(observe.release, CONTROL):
        return [heading, text, _none(words)]
    at = nearest(period, observe.release.tables[CONTROL]["period"].unique())
    answer = ask(observe, CONTROL, CONTROLLED, period=at or period)
    if not answer.shown:
        return [heading, text, _none(words)]
    row = only_row(answer.observations)
    shown = [reading(row, name) for name in answer.shown]
    drawn = [
        card(each, view, words, words(f"indicator_{each.indicator}_meaning")) for each in shown
    ]
    said = words("reported_in", period=words.period(at or period))
    return [heading, text, html.P(said), cards(drawn), *status_key(shown, words)]


def _groups(observe: Observer, words: Words, period: str) -> list[Component]:
    """The appeals of target groups, as counted from the records."""
    if not period or not has_table(observe.release, GROUPS.table):
        return [html.H2(words("system_groups"), id="groups"), _none(words)]
    profile = Profile(observe, words, period, "area", TOTAL)
    return [html.Div(breakdowns(profile, [GROUPS]), id="groups")]


def _none(words: Words) -> Component:
    return html.P(words("reported_none"), className="note")


def _reported(observe: Observer, view: View, words: Words, report: Report) -> Reported | None:
    frame = observe.release.reports.get(report.name)
    if frame is None or frame.is_empty():
        return None
    return Reported(observe, view, words, report, frame)


def _section(observe: Observer, view: View, words: Words, report: Report, period: str) -> Component:
    """A report with its heading, what it is, who answers for it, and its figures or that none are
    reported."""
    shown = _reported(observe, view, words, report)
    owner = words("reported_owner", owner=words(f"owner_{report.owner}"))
    return html.Section(
        [
            html.H2(words(f"report_{report.name}"), id=place_of(report)),
            html.P(words(f"report_{report.name}_text")),
            *(_content(shown, report, period) if shown else _empty(report, words)),
            html.P(owner, className="provenance"),
        ]
    )


def _content(shown: Reported, report: Report, period: str) -> list[Component]:
    if report is REORGANISATIONS:
        return [all_changes(shown.observe.release, shown.view, shown.words)]
    if report is SURVEYS:
        return surveyed(shown.observe.release, shown.words)
    at = periods_of(shown, period)
    return [*totals(shown, at), *course(shown), *figures(shown, at)]


def _empty(report: Report, words: Words) -> list[Component]:
    said = words("reported_none_of", source=words(f"report_{report.name}_source"))
    return [html.P(said, className="note")]


PAGE: Final = Page("system", layout)
