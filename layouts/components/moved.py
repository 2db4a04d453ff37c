"""From the shares of all agencies to those of one: what it is asked, and what it makes of that."""

from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.adjusted import LEVELS, SHARES
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.adjusted import (
    COLUMN,
    LIMITS,
    adjusted_share,
    is_mostly_itself,
    moved_most,
    told,
)
from layouts.components.change import points
from layouts.components.league import Row
from layouts.components.link import link
from layouts.components.periods import nearest
from layouts.components.table import Column, Content, Line, Table, table
from layouts.view import View
from layouts.words import Words

PLACE: Final = "moved"

Rows = dict[str, Row]
"""By indicator."""


def what_moved(release: Release, view: View, period: str, words: Words) -> list[Component]:
    """The section of an agency in the year nearest to the period; nothing where none is told."""
    year, rows = _rows(release, view.code, period)
    if not rows:
        return []
    return [
        html.H2(words("moved_heading"), id=PLACE),
        *(html.P(_sentences(name, row, words, year)) for name, row in rows.items()),
        table(_steps(rows, words, words("moved_caption", period=words.period(year)))),
        *_of_itself(rows, words),
        html.P(words("adjusted_not_concluded"), className="caution"),
        html.P(link(words("act_method_link"), f"{view.href(page='method', code='')}#adjusted")),
    ]


def _rows(release: Release, agency: str, period: str) -> tuple[str, Rows]:
    own = {
        each.indicator: told(release, each.indicator).filter(pl.col("agency") == agency)
        for each in SHARES
    }
    year = nearest(period, {code for each in own.values() for code in each["period"]})
    if year is None:
        return "", {}
    found = {name: each.filter(pl.col("period") == year).to_dicts() for name, each in own.items()}
    return year, {name: rows[0] for name, rows in found.items() if rows}


def _sentences(indicator: str, row: Row, words: Words, year: str) -> str:
    """How it is, what was to be expected, what moved that most, and what it comes to adjusted."""
    places = INDICATORS[indicator].decimals
    said = {
        "indicator": words(f"indicator_{indicator}"),
        "period": words.period(year),
        "share": words.percent(row["rate"], places),
        "expected": words.percent(row["expected_rate"], places),
        "reference": words.percent(row["reference"], places),
    }
    level = moved_most(row)
    moved = words("moved_most_none")
    if level is not None:
        moved = words(f"moved_most_{level}", points=points(words, row[f"by_{level}"]))
    adjusted = words("moved_unadjusted")
    if row[COLUMN] is not None:
        lower, upper = (words.percent(row[name], places) for name in LIMITS)
        share = words.percent(row[COLUMN], places)
        adjusted = words("moved_adjusted", adjusted=share, lower=lower, upper=upper)
    return " ".join((words("moved_sentence", **said), moved, adjusted))


def _steps(rows: Rows, words: Words, caption: str) -> Table:
    told_of = [
        level for level in LEVELS if any(row[f"by_{level}"] is not None for row in rows.values())
    ]
    lines = [
        _shares(rows, words, "reference", "moved_all"),
        *(_moved(rows, words, f"by_{level}", words(f"level_{level}")) for level in told_of),
        _shares(rows, words, "expected_rate", "moved_expected"),
        _moved(rows, words, "conduct", words("moved_conduct")),
        _shares(rows, words, "rate", "moved_observed"),
        Line(words("moved_comes_to"), _adjusted(rows, words), "total"),
    ]
    columns = [Column(words(f"indicator_{name}_short")) for name in rows]
    corner = Column(words("moved_step"), is_number=False)
    return Table(caption, corner, columns, lines, style="narrow", name=PLACE)


def _shares(rows: Rows, words: Words, name: str, key: str) -> Line:
    cells = [words.percent(row[name], INDICATORS[each].decimals) for each, row in rows.items()]
    return Line(words(key), cells, "total")


def _moved(rows: Rows, words: Words, name: str, label: str) -> Line:
    return Line(
        label, ["" if row[name] is None else points(words, row[name]) for row in rows.values()]
    )


def _adjusted(rows: Rows, words: Words) -> list[Content]:
    return [adjusted_share(row, words, name) for name, row in rows.items()]


def _of_itself(rows: Rows, words: Words) -> list[Component]:
    """Says of which shares the agency is compared mostly with itself."""
    return [
        html.P(
            words(
                "moved_itself",
                indicator=words(f"indicator_{name}"),
                share=words.percent(row["own"], 0),
            ),
            className="note",
        )
        for name, row in rows.items()
        if is_mostly_itself(row)
    ]
