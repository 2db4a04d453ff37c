"""How appeals come and who writes them: channels, kinds, and groups of applicants."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.asking import ask, collected, has_table
from layouts.components.breakdown import Breakdown, Profile, breakdowns
from layouts.components.crosstab import crosstab
from layouts.components.cut import members
from layouts.components.download import downloads
from layouts.components.gaps import way_to_gaps
from layouts.components.periods import Periods, nearest
from layouts.components.reading import reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import Column, Table, table
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

SHARES: Final = ("received", "received_share")
SHARE: Final = "received_share"
WAYS: Final = (
    Breakdown("channels_channels", "agency_by_channel", "channel", "channel", SHARES),
    Breakdown("channels_kinds", "agency_by_kind", "kind", "kind", SHARES),
)
GROUPS: Final = Breakdown(
    "channels_groups", "region_by_group", "group", "group", SHARES, overlaps=True
)


@dataclass(frozen=True)
class Cross:
    """A table of shares: the words key of its heading, its table, what runs down and across."""

    heading: str
    table: str
    down: str
    across: str


YEARS: Final = Cross("channels_by_year", "agency_by_channel", "channel", "year")
BY_REGION: Final = Cross("groups_by_region", "region_by_group", "region", "group")
BY_THEME: Final = Cross("groups_by_theme", "theme_by_group", "theme", "group")


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, the parts of the period, channels over the years, groups by place and theme."""
    tables = [
        part.table for part in (*WAYS, GROUPS) if collected(observe.release, part.table, SHARES)
    ]
    if not tables:
        return _without(words)
    periods = Periods(observe.release, tables[0], ("received",))
    period = periods.chosen(view)
    return html.Article(
        [
            html.H1(_finding(observe, words, period)),
            html.P(words("channels_lead"), className="lead"),
            periods.links(view, words),
            *breakdowns(Profile(observe, words, period), (*WAYS, GROUPS)),
            *_cross(observe, YEARS, words, ""),
            *_cross(observe, BY_REGION, words, period),
            *_cross(observe, BY_THEME, words, period),
            *way_to_gaps(observe.release, view, words, "group"),
            html.P(words("channels_caution"), className="caution"),
            downloads(observe.release, view, words, *tables, BY_THEME.table),
        ],
        className="channels",
    )


def _without(words: Words) -> Component:
    note = html.P(words("channels_not_collected"), className="note")
    return html.Article([html.H1(words("page_channels_title")), note])


def _finding(observe: Observer, words: Words, period: str) -> str:
    """The channel by which most appeals came, as far as that is published."""
    part = WAYS[0]
    if not has_table(observe.release, part.table):
        return words("page_channels_title")
    answer = ask(observe, part.table, SHARES, by=part.level, period=period)
    known = [row for row in rows_of(answer.observations) if row[SHARE] is not None]
    if not known:
        return words("page_channels_title")
    largest = max(known, key=lambda row: float(row[SHARE]))
    name = words.name(observe.release.codelists[part.dimension], str(largest[part.dimension]))
    said = {"share": reading(largest, SHARE).text(words), "period": words.period(period)}
    return words("channels_finding", channel=name, **said)


def _cross(observe: Observer, shown: Cross, words: Words, period: str) -> list[Component]:
    """Shares by two keys: of a period or the nearest published, or over the years without one."""
    if not collected(observe.release, shown.table, (SHARE,)):
        return []
    where = {}
    if period:
        published = nearest(period, _periods(observe, shown.table))
        if published is None:
            return []
        where = {"period": published}
    answer = ask(observe, shown.table, (SHARE,), by=f"{shown.down},{shown.across}", **where)
    laid_out = crosstab(answer.observations, shown.down, shown.across)
    kept = answer.observations.table
    down, across = (members(observe.release, kept, level) for level in (shown.down, shown.across))
    heading = words(shown.heading)
    caption = [heading, *(words.period(code) for code in where.values())]
    numbers = Table(
        ": ".join(caption),
        Column(words(f"level_{shown.down}"), is_number=False),
        laid_out.columns(across, words),
        laid_out.lines(down, across, words),
        style="league crosstab",
        name=shown.heading.replace("_", "-"),
        is_sortable=laid_out.is_sortable,
    )
    every = [each for d in down for a in across for each in laid_out.readings(d, a)]
    return [html.H2(heading), *_overlap(shown, words), table(numbers), *status_key(every, words)]


def _periods(observe: Observer, name: str) -> Sequence[str]:
    return observe.release.tables[name]["period"].unique().to_list()


def _overlap(shown: Cross, words: Words) -> list[Component]:
    return (
        [html.P(words("pages_overlap_shares"), className="note")] if shown.across == "group" else []
    )


PAGE: Final = Page("channels", layout)
