"""Which periods a release has, which one is shown first, and which one it is compared with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.datasets import GRAINS, TOTAL, Grain
from data.observe import STATUS_SUFFIX
from data.periods import PATTERNS, coarser, grain_of, last_day
from data.releases import Release
from data.statuses import NOT_APPLICABLE
from layouts.components.aria import aria
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words


def periods_of(release: Release, table: str, grain: Grain) -> tuple[str, ...]:
    """The periods of a grain that a table of the release has, first to last."""
    codes = release.tables[table]["period"].unique().to_list()
    return tuple(sorted(code for code in codes if re.match(PATTERNS[grain], code)))


def grains_of(release: Release, table: str) -> tuple[Grain, ...]:
    """The grains that a table of the release has periods of, longest first."""
    return tuple(grain for grain in GRAINS if periods_of(release, table, grain))


def grains_with(release: Release, table: str, indicator: str) -> tuple[Grain, ...]:
    """The grains that an indicator is published for in a table, longest first."""
    applies = pl.col(f"{indicator}{STATUS_SUFFIX}") != NOT_APPLICABLE.code
    codes = release.tables[table].filter(applies)["period"].unique().to_list()
    return tuple(grain for grain in GRAINS if any(grain_of(code) == grain for code in codes))


def is_complete(period: str, release: Release) -> bool:
    """True when the release's data cover the whole period."""
    begun = first_month(period) >= release.manifest.first_day[:7]
    return begun and last_day(period).isoformat() <= release.manifest.as_of


def first_month(period: str) -> str:
    """The code of the month that a period begins with."""
    grain = grain_of(period)
    if grain == "year":
        return f"{period}-01"
    return f"{period[:4]}-{3 * int(period[-1]) - 2:02}" if grain == "quarter" else period


def valued(release: Release, table: str, leads: Sequence[str]) -> frozenset[str]:
    """The periods in which the first of the indicators that has any value in total has one."""
    frame = release.tables[table]
    axes = release.manifest.tables[table].table.dimensions
    totals = frame.filter(*(pl.col(axis) == TOTAL for axis in axes))
    for name in leads:
        if name in frame.columns and totals[name].is_not_null().any():
            return frozenset(totals.filter(pl.col(name).is_not_null())["period"])
    return frozenset()


@dataclass(frozen=True)
class Periods:
    """The periods of a table on a page that leads with some indicators, the chief one first."""

    release: Release
    table: str
    leads: tuple[str, ...]

    @cached_property
    def opening(self) -> str:
        """The period to open with: of the longest grain there is, the latest that has values."""
        ripe = valued(self.release, self.table, self.leads)
        every = [code for grain in GRAINS for code in periods_of(self.release, self.table, grain)]
        whole = [code for code in every if is_complete(code, self.release)]
        for codes in ([c for c in whole if c in ripe], whole, [c for c in every if c in ripe]):
            if codes:
                return _latest_of_longest(codes)
        return every[-1]

    def chosen(self, view: View) -> str:
        """The period in the address when the table has it, else the opening one."""
        asked = view.get("period")
        known = asked and asked in periods_of(self.release, self.table, grain_of(asked))
        return asked if known else self.opening

    def latest(self, grain: Grain) -> str | None:
        """The last whole period of a grain in which the leading indicator has a value."""
        ripe = valued(self.release, self.table, self.leads)
        codes = periods_of(self.release, self.table, grain)
        found = [code for code in codes if code in ripe and is_complete(code, self.release)]
        return found[-1] if found else None

    def offered(self) -> tuple[str, ...]:
        """All years, and the quarters and months that have ended since the last of them."""
        codes: list[str] = []
        for grain in GRAINS:
            since = last_day(codes[-1]) if codes else None
            of_grain = periods_of(self.release, self.table, grain)
            codes += [code for code in of_grain if since is None or last_day(code) > since]
        return tuple(codes)

    def links(self, view: View, words: Words) -> Component:
        """The periods as links, the shown one marked; one that is not whole says so."""
        shown = self.chosen(view)
        codes = sorted({*self.offered(), shown}, key=lambda code: (last_day(code), code))
        items = [html.Li(self._link(code, view, words, current=code == shown)) for code in codes]
        return html.Nav(html.Ul(items), className="choice", **aria(label=words("dimension_period")))

    def _link(self, code: str, view: View, words: Words, *, current: bool) -> Component:
        label = words.period(code)
        if not is_complete(code, self.release):
            label = words("pages_in_part", period=label)
        if current:
            return html.Strong(label, **aria(current="true"))
        return link(label, view.href(period=None if code == self.opening else code))


def _latest_of_longest(codes: Sequence[str]) -> str:
    longest = next(grain for grain in GRAINS if any(grain_of(code) == grain for code in codes))
    return [code for code in codes if grain_of(code) == longest][-1]


def year_before(period: str) -> str:
    """The same period one year earlier."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def nearest(period: str, published: Iterable[str]) -> str | None:
    """The period itself, the shortest longer one that holds it, or else the latest there is."""
    known = set(published)
    longer: str | None = period
    while longer is not None and longer not in known:
        longer = coarser(longer)
    return longer or _latest(known)


def _latest(codes: set[str]) -> str | None:
    if not codes:
        return None
    return _latest_of_longest(sorted(codes))
