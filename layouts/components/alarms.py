"""Changes that are larger than chance: of all who are watched, or of one agency or region."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.alerts import ALERTS, NOMINAL
from data.dimensions import TOTAL
from data.releases import Release
from layouts.components.change import points, signed
from layouts.components.league import named
from layouts.components.link import link
from layouts.components.periods import year_before
from layouts.components.table import Column, Content, Line, Table, table
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

MOST: Final = 20
"""Changes listed on a page; all of them are in the file."""
MONTHS_OF_100_YEARS: Final = 1_200
PAGES: Final = {"agency": "agency", "area": "region"}

Row = dict[str, Any]


def alarms(observe: Observer, view: View, words: Words, only: str = "") -> list[Component]:
    """The changes of the last year, of agencies or of regions alone where ``only`` names their
    dimension. Nothing where the release watches nobody."""
    watched = _watched(observe.release)
    if only in PAGES:
        watched = watched.filter(pl.col(only) != TOTAL)
    if watched.is_empty():
        return []
    last = str(watched["period"].max())
    recent = watched.filter(pl.col("period") > year_before(last))
    span = {"first": words.period(str(recent["period"].min())), "last": words.period(last)}
    rows = _signals(recent)
    return [
        html.H2(words("alerts_heading"), id="alerts"),
        html.P(words("alerts_lead")),
        *_listed(observe, view, words, rows, words("alerts_caption", **span)),
        *([] if rows else [html.P(words("alerts_none", **span))]),
        html.P(words("alerts_rate", **_expected_by_chance(recent)), className="note"),
        html.P(words("alerts_caution"), className="caution"),
        html.P(_method(view, words)),
    ]


def alarms_of(observe: Observer, view: View, words: Words, **where: str) -> list[Component]:
    """All changes of one series of appeals: ``agency="AG001"``."""
    own = _watched(observe.release).filter(*(pl.col(k) == code for k, code in where.items()))
    if own.is_empty():
        return []
    span = {
        "first": words.period(str(own["period"].min())),
        "last": words.period(str(own["period"].max())),
    }
    rows = _signals(own)
    shown = _table(words, rows, words("alerts_caption", **span), None)
    return [
        html.H3(words("alerts_heading"), id="alerts"),
        table(shown) if rows else html.P(words("alerts_none", **span)),
        html.P([words("alerts_own"), " ", _method(view, words)], className="note"),
    ]


def _method(view: View, words: Words) -> Component:
    return link(words("act_method_link"), f"{view.href(page='method', code='')}#alerts")


def _watched(release: Release) -> pl.DataFrame:
    return release.analyses.get(ALERTS.name, pl.DataFrame(schema=ALERTS.schema))


def _signals(watched: pl.DataFrame) -> list[Row]:
    """The months that signal, latest first."""
    found = watched.filter(pl.col("signal").is_not_null())
    order = ("period", "indicator", "agency", "area")
    return found.sort(order, descending=[True, False, False, False]).to_dicts()


def _expected_by_chance(watched: pl.DataFrame) -> dict[str, int]:
    """How many false alarms there are at most to be expected of so many months."""
    false_alarms = ceil(NOMINAL * watched.height / MONTHS_OF_100_YEARS)
    return {"months": watched.height, "alarms": false_alarms}


def _listed(
    observe: Observer, view: View, words: Words, rows: Sequence[Row], caption: str
) -> list[Component]:
    if not rows:
        return []
    shown = rows[:MOST]
    names = [_who(observe, view, words, row) for row in shown]
    more = [html.P(words("alerts_more", n=len(rows), shown=MOST), className="note")]
    return [table(_table(words, shown, caption, names)), *(more if len(rows) > MOST else [])]


def _who(observe: Observer, view: View, words: Words, row: Row) -> Component:
    dimension = "agency" if row["agency"] != TOTAL else "area"
    code = row[dimension]
    name = named(observe.release.codelists[dimension], code, words)
    return link(name, view.href(page=PAGES[dimension], code=code))


def _table(
    words: Words, rows: Sequence[Row], caption: str, names: Sequence[Content] | None
) -> Table:
    """With ``names`` these head the rows, else the indicators do."""
    indicators: list[Content] = [words(f"indicator_{row['indicator']}") for row in rows]
    lines = [
        Line(name, [*([] if names is None else [indicator]), *_cells(words, row)])
        for name, indicator, row in zip(names or indicators, indicators, rows, strict=True)
    ]
    heads = [Column(words("pages_indicator"), is_number=False)]
    if names is not None:
        heads.insert(0, Column(words("alerts_who"), is_number=False))
    columns = [
        *heads[1:],
        Column(words("alerts_months"), is_number=False),
        Column(words("alerts_counted")),
        Column(words("alerts_expected")),
        Column(words("alerts_change")),
    ]
    return Table(caption, heads[0], columns, lines, name="alerts")


def _cells(words: Words, row: Row) -> list[str]:
    """The months, what was counted in them, what was expected, and the change."""
    first, last = words.period(row["since"]), words.period(row["period"])
    months = first if row["since"] == row["period"] else f"{first} – {last}"
    return [months, *_sizes(words, row), _change(words, row)]


def _sizes(words: Words, row: Row) -> tuple[str, str]:
    events, base, expected = (row[f"run_{name}"] for name in ("events", "base", "expected"))
    if base is None:
        return words.number(events), words.number(expected)
    return words.percent(100 * events / base), words.percent(100 * expected / base)


def _change(words: Words, row: Row) -> str:
    if row["change"] is None:
        return ""
    is_share = row["run_base"] is not None
    return points(words, row["change"]) if is_share else signed(words, row["change"])
