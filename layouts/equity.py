"""Gaps: how appeals of groups and places fare beside those of everybody else, with limits."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.analyses.equity import EQUITY, FIELDS, SHARES
from layouts.components.aria import aria
from layouts.components.download import downloads
from layouts.components.gaps import (
    MOST_DRAWN,
    Compared,
    drawn_and_listed,
    gaps_of,
    largest_told,
    readings,
)
from layouts.components.link import link
from layouts.components.status import status_key
from layouts.components.switch import choice
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

BY: Final = tuple(field.level for field in FIELDS)
INDICATORS: Final = tuple(share.indicator for share in SHARES)
CAUTIONS: Final = ("cause", "overlap", "people", "size", "persons", "raters")
"""What may not be concluded, a sentence each."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, who and what is compared, the gaps, and what may not be concluded from them."""
    told = gaps_of(observe.release).drop_nulls("gap")
    periods = sorted(told["period"].unique())
    if not periods:
        unknown = html.P(words("equity_unknown"), className="note")
        return html.Article([html.H1(words("page_equity_title")), unknown], className="equity")
    period = view.get("period") if view.get("period") in periods else periods[-1]
    compared = Compared(observe.release, view.get("by"), view.get("indicator"), period)
    return html.Article(
        [
            html.H1(_finding(compared, words)),
            html.P(words("equity_lead"), className="lead"),
            html.Div(_choices(periods, compared, view, words), className="choices"),
            *_gaps(compared, view, words),
            _caution(view, words),
            downloads(observe.release, view, words, EQUITY.name, *_tables(observe, compared)),
        ],
        className="equity",
    )


def _finding(compared: Compared, words: Words) -> str:
    said = {
        "indicator": words(f"equity_{compared.indicator}"),
        "period": words.period(compared.period),
    }
    if not compared.known:
        return words("equity_finding_none", **said)
    counted = {"n": len(compared.known), "apart": len(compared.apart)}
    return words(f"equity_finding_{compared.level}", **counted, **said)


def _choices(periods: list[str], compared: Compared, view: View, words: Words) -> list[Component]:
    levels = {level: words(f"equity_by_{level}") for level in BY}
    indicators = {name: words(f"equity_{name}") for name in INDICATORS}
    return [
        choice(view, words, "by", levels, compared.level),
        choice(view, words, "indicator", indicators, compared.indicator),
        _years(periods, compared.period, view, words),
    ]


def _years(periods: list[str], shown: str, view: View, words: Words) -> Component:
    items = [
        html.Strong(words.period(code), **aria(current="true"))
        if code == shown
        else link(words.period(code), view.href(period=None if code == periods[-1] else code))
        for code in periods
    ]
    listed = html.Ul([html.Li(item) for item in items])
    return html.Nav(listed, className="choice", **aria(label=words("dimension_period")))


def _gaps(compared: Compared, view: View, words: Words) -> list[Component]:
    if not compared.rows:
        return [html.P(words("equity_not_told"), className="note")]
    told = [html.P(largest_told(compared.apart, compared, words))] if compared.apart else []
    is_cut = len(compared.known) > MOST_DRAWN
    cut = [html.P(words("equity_drawn", most=MOST_DRAWN), className="note")] if is_cut else []
    return [
        *told,
        html.P(words(f"equity_rest_of_{compared.level}"), className="note"),
        *cut,
        drawn_and_listed(compared, view, words),
        *status_key(readings(compared), words),
    ]


def _caution(view: View, words: Words) -> Component:
    points = html.Ul([html.Li(words(f"equity_caution_{name}")) for name in CAUTIONS])
    method = link(words("act_method_link"), f"{view.href(page='method')}#equity")
    heading = html.H2(words("agencies_caution_heading"))
    return html.Section([heading, points, html.P(method)], className="caution")


def _tables(observe: Observer, compared: Compared) -> list[str]:
    """The tables that the gaps of the level are reckoned from."""
    field = next(field for field in FIELDS if field.level == compared.level)
    return [name for name in (field.table, field.outcomes) if name in observe.release.tables]


PAGE: Final = Page("equity", layout)
