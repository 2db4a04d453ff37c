"""The share that an agency would have if it were asked what all are asked, beside the raw one."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.adjusted import ADJUSTED, LEVELS, SHARES
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.change import PLACES, bare_points
from layouts.components.league import Row
from layouts.components.link import link
from layouts.components.periods import nearest
from layouts.components.table import Column, Content
from layouts.view import View
from layouts.words import Words

ADJUSTED_BY: Final = SHARES[0].indicator
"""The share that the page of agencies shows adjusted."""
COLUMN: Final = "adjusted"
LIMITS: Final = ("adjusted_lower", "adjusted_upper")
MOVED: Final = tuple(f"by_{level}" for level in LEVELS)
SHOWN: Final = (COLUMN, *LIMITS, "expected_rate", "own", *MOVED)
MOSTLY_ITSELF: Final = 50.0
"""Per cent of what is expected that are its own from which on an agency is told to be compared
mostly with itself."""


def told(release: Release, indicator: str) -> pl.DataFrame:
    """What a release tells of an adjusted indicator, without what it does not tell."""
    shares = release.analyses.get(ADJUSTED.name, pl.DataFrame(schema=ADJUSTED.schema))
    return shares.filter(pl.col("indicator") == indicator, pl.col("expected").is_not_null())


def with_adjusted(release: Release, period: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with what is expected of them and what they have adjusted for it, as far as the
    release has it for the period."""
    of_period = told(release, ADJUSTED_BY).filter(pl.col("period") == period)
    if of_period.is_empty():
        return tuple(rows)
    known = {row["agency"]: row for row in of_period.select("agency", *SHOWN).to_dicts()}
    nothing = dict.fromkeys(SHOWN)
    return tuple({**row, **known.get(row["agency"], nothing)} for row in rows)


def has_adjusted(rows: Sequence[Row]) -> bool:
    return any(COLUMN in row for row in rows)


def adjusted_columns(words: Words) -> list[Column]:
    """Nothing sorts by them: two agencies that are asked unlike things are not ranked by them."""
    return [Column(words("adjusted_expected_short")), Column(words("adjusted_short"))]


def adjusted_cells(row: Row, words: Words) -> list[Content]:
    """What is expected and what moved it most, then the adjusted share; empty where not told."""
    if row.get("expected_rate") is None:
        return ["", ""]
    return [
        _expected_cell(row, words),
        [*adjusted_share(row, words, ADJUSTED_BY), *_own(row, words)],
    ]


def adjusted_share(row: Row, words: Words, indicator: str) -> list[str | Component]:
    """The adjusted share with its limits behind it; nothing where nothing can be adjusted."""
    if row[COLUMN] is None:
        return []
    places = INDICATORS[indicator].decimals
    lower, upper = (words.decimal(row[name], places) for name in LIMITS)
    limits = html.Span(f"\N{NO-BREAK SPACE}({lower}–{upper})", className="interval")
    return [words.percent(row[COLUMN], places), limits]


def moved_most(row: Row) -> str | None:
    """The level that moved most what is expected; None where all hardly moved it."""
    known = {level: row[f"by_{level}"] for level in LEVELS if row[f"by_{level}"] is not None}
    if not known:
        return None
    most = max(known, key=lambda level: abs(known[level]))
    return most if round(known[most], PLACES) else None


def is_mostly_itself(row: Row) -> bool:
    return row["own"] is not None and row["own"] >= MOSTLY_ITSELF


def _expected_cell(row: Row, words: Words) -> list[str | Component]:
    share = words.percent(row["expected_rate"], INDICATORS[ADJUSTED_BY].decimals)
    level = moved_most(row)
    if level is None:
        return [share]
    moved = f"{words(f'level_{level}')} {bare_points(words, row[f'by_{level}'])}"
    return [share, html.Br(), html.Span(moved, className="interval")]


def _own(row: Row, words: Words) -> list[Any]:
    if not is_mostly_itself(row):
        return []
    return [html.Br(), html.Span(words("adjusted_itself_short"), className="interval")]


def adjusted_note(words: Words, method_href: str) -> Component:
    """What the two columns mean, what may not be concluded, and how they are made; folded."""
    return html.Details(
        [
            html.Summary(words("adjusted_heading")),
            html.P(words("adjusted_meaning")),
            html.P(words("adjusted_moved")),
            html.P(words("adjusted_not_concluded")),
            html.P(link(words("act_method_link"), method_href)),
        ],
        className="bands",
    )


def way_to_adjusted(release: Release, view: View, period: str, words: Words) -> list[Component]:
    """Where the adjusted shares are, from a period that is no year."""
    year = nearest(period, told(release, ADJUSTED_BY)["period"].unique())
    if year is None:
        return []
    there = link(words.period(year), view.href(period=year))
    return [html.P([words("adjusted_by_year"), " ", there], className="note")]
