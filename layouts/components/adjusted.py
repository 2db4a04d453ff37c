"""Shares with the case mix taken out: beside the raw ones, and what moved one agency."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.adjusted import ADJUSTED, LEVELS, SHARES
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.league import Row
from layouts.components.table import Column, Content, Line, Table, table
from layouts.words import Words

ADJUSTED_BY: Final = SHARES[0].indicator
"""The share that the page of agencies shows adjusted."""
COLUMN: Final = "adjusted"
LIMITS: Final = ("adjusted_lower", "adjusted_upper")
MOSTLY_ITSELF: Final = 50.0
"""Per cent of what is expected that are its own from which on an agency is told to be compared
mostly with itself."""


def with_adjusted(release: Release, period: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with their adjusted share and its limits, as far as the release has them for the
    period."""
    known = {row["agency"]: row for row in _told(release, period, ADJUSTED_BY).to_dicts()}
    if not known:
        return tuple(rows)
    names = (COLUMN, *LIMITS)
    return tuple(
        {**row, **{name: known.get(row["agency"], {}).get(name) for name in names}} for row in rows
    )


def _told(release: Release, period: str, indicator: str) -> pl.DataFrame:
    shares = release.analyses.get(ADJUSTED.name, pl.DataFrame(schema=ADJUSTED.schema))
    return shares.filter(
        pl.col("period") == period,
        pl.col("indicator") == indicator,
        pl.col("expected").is_not_null(),
    )


def has_adjusted(rows: Sequence[Row]) -> bool:
    return any(COLUMN in row for row in rows)


def adjusted_cell(row: Row, words: Words) -> list[str | Component]:
    """The adjusted share with its limits behind it; nothing where there is none."""
    if row.get(COLUMN) is None:
        return [""]
    places = INDICATORS[ADJUSTED_BY].decimals
    lower, upper = (words.decimal(row[name], places) for name in LIMITS)
    limits = html.Span(f"\N{NO-BREAK SPACE}({lower}–{upper})", className="interval")
    return [words.percent(row[COLUMN], places), limits]


def adjusted_note(words: Words) -> Component:
    """What the adjusted share means and how it is made, folded."""
    return html.Details(
        [
            html.Summary(words("adjusted_heading")),
            html.P(words("adjusted_meaning")),
            html.P(words("adjusted_made")),
            html.P(words("adjusted_not_concluded")),
        ],
        className="bands",
    )


def what_moved(release: Release, period: str, agency: str, words: Words) -> list[Component]:
    """From the share of all to that of an agency: what it is asked, and what it makes of it."""
    found = _told(release, period, ADJUSTED_BY).filter(pl.col("agency") == agency).to_dicts()
    if not found:
        return []
    (row,) = found
    return [
        html.H2(words("moved_heading")),
        html.P(_sentence(row, words)),
        table(_steps(row, words, words("moved_caption", period=words.period(period)))),
        *_of_itself(row, words),
        html.P(words("adjusted_not_concluded"), className="caution"),
    ]


def _sentence(row: Row, words: Words) -> str:
    places = INDICATORS[ADJUSTED_BY].decimals
    said = {
        "share": words.percent(row["rate"], places),
        "expected": words.percent(row["expected_rate"], places),
    }
    if row[COLUMN] is None:
        return words("moved_sentence_unadjusted", **said)
    lower, upper = (words.percent(row[name], places) for name in LIMITS)
    adjusted = words.percent(row[COLUMN], places)
    return words("moved_sentence", adjusted=adjusted, lower=lower, upper=upper, **said)


def _steps(row: Row, words: Words, caption: str) -> Table:
    moved = [(words(f"level_{each}"), row[f"by_{each}"]) for each in LEVELS]
    lines = [
        Line(words("moved_all"), [words.percent(row["reference"])], "total"),
        *(Line(name, [_points(value, words)]) for name, value in moved if value is not None),
        Line(words("moved_expected"), [words.percent(row["expected_rate"])], "total"),
        Line(words("moved_conduct"), [_points(row["conduct"], words)]),
        Line(words("moved_observed"), [words.percent(row["rate"])], "total"),
    ]
    corner = Column(words("moved_step"), is_number=False)
    columns = [Column(words("moved_number"))]
    return Table(caption, corner, columns, lines, style="narrow", name="moved")


def _points(value: float, words: Words) -> Content:
    sign = "+" if value > 0 else ""
    return words("moved_points", number=f"{sign}{words.decimal(value, 1)}")


def _of_itself(row: Row, words: Words) -> list[Component]:
    if row["own"] is None or row["own"] < MOSTLY_ITSELF:
        return []
    return [html.P(words("moved_itself", share=words.percent(row["own"], 0)), className="note")]
