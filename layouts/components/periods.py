"""Which periods a release has, which one is shown first, and which one it is compared with."""

import re
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from data.datasets import GRAINS, Grain
from data.periods import PATTERNS, coarser, grain_of, last_day
from data.releases import Release
from layouts.components.aria import aria
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words


def periods_of(release: Release, table: str, grain: Grain) -> tuple[str, ...]:
    """The periods of a grain that a table of the release has, first to last."""
    codes = release.tables[table]["period"].unique().to_list()
    return tuple(sorted(code for code in codes if re.match(PATTERNS[grain], code)))


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


def latest_complete(release: Release, table: str, grain: Grain) -> str | None:
    """The last period of a grain that has ended before the date of the data."""
    whole = [code for code in periods_of(release, table, grain) if is_complete(code, release)]
    return whole[-1] if whole else None


def first_shown(release: Release, table: str) -> str:
    """The period to open with: the latest complete year, else a shorter one, else the last."""
    for grain in GRAINS:
        if (code := latest_complete(release, table, grain)) is not None:
            return code
    return periods_of(release, table, "year")[-1]


def chosen(view: View, release: Release, table: str) -> str:
    """The period in the address when the table has it, else the first one to show."""
    asked = view.get("period")
    known = asked and asked in periods_of(release, table, grain_of(asked))
    return asked if known else first_shown(release, table)


def year_before(period: str) -> str:
    """The same period one year earlier."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def at_grain(period: str, grains: Sequence[Grain]) -> str:
    """The period itself, or the shortest longer one that a table with these grains has."""
    longer: str | None = period
    while longer is not None and grain_of(longer) not in grains:
        longer = coarser(longer)
    return longer or period[:4]


def year_links(view: View, words: Words, release: Release, period: str) -> Component:
    """The years as links, the shown one marked; a year that is not over says so."""
    years = periods_of(release, "agencies", "year")
    shown = [_year_link(view, words, year, release, current=year == period) for year in years]
    return html.Nav(
        html.Ul([html.Li(each) for each in shown]),
        className="choice",
        **aria(label=words("dimension_period")),
    )


def _year_link(
    view: View, words: Words, year: str, release: Release, *, current: bool
) -> Component:
    label = year if is_complete(year, release) else words("pages_in_part", period=year)
    if current:
        return html.Strong(label, **aria(current="true"))
    opening = year == first_shown(release, "agencies")
    return link(label, view.href(period=None if opening else year))
