"""Themes about which many proposed something in a year, and no act was adopted since."""

from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.acts_gap import GAP, MANY
from layouts.components.link import link
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

NAME: Final = "acts_gap"


def gap(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    """The section for a year; nothing where the release does not tell."""
    told = observe.release.analyses.get(NAME)
    if told is None or period not in told["period"]:
        return []
    open_themes = told.filter(pl.col("period") == period, pl.col("status") == GAP)
    rows = open_themes.sort("proposals", descending=True).to_dicts()
    heading = html.H2(words("gap_heading"), id="gap")
    year = words.period(period)
    if not rows:
        return [heading, html.P(words("gap_none", period=year, many=MANY))]
    codes = observe.release.codelists["theme"]
    lines = [
        Line(
            link(words.name(codes, row["theme"]), view.href(theme=row["theme"])),
            [_number(words, row["proposals"]), _number(words, row["taken_up"])],
        )
        for row in rows
    ]
    numbers = Table(
        words("gap_caption", period=year, many=MANY),
        Column(words("dimension_theme"), is_number=False),
        [Column(words(f"indicator_{name}_short")) for name in ("proposals", "taken_up")],
        lines,
        name="gap",
    )
    return [heading, table(numbers), html.P(words("gap_note"), className="note")]


def _number(words: Words, value: int | None) -> str:
    return "" if value is None else words.number(value)
