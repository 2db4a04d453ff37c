"""Bands: on which side of all agencies together a body is, as the release says it; no places."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.comparison import COMPARED, COMPARISON
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.league import Row
from layouts.components.table_tools import SORTED_BY
from layouts.words import Words

BANDS: Final = ("better", "like", "worse", "too_few")
"""In the order in which they are shown."""
BANDED_BY: Final = COMPARED[0]
BAND: Final = "verdict"
"""The key of a row's band among ``BANDS``, and of sorting by it."""
LIMITS: Final = ("rate_lower", "rate_upper")


def banded(release: Release, period: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with the place of their band in ``BANDS`` and the limits of their rate, as far as
    the release compares them in the period."""
    comparison = release.analyses.get(COMPARISON.name)
    if comparison is None:
        return tuple(rows)
    told = comparison.filter(
        pl.col("period") == period, pl.col("indicator") == BANDED_BY, pl.col(BAND).is_not_null()
    )
    known = {row["agency"]: row for row in told.select("agency", BAND, *LIMITS).to_dicts()}
    if not known:
        return tuple(rows)
    return tuple({**row, **_of(known.get(row["agency"]))} for row in rows)


def _of(known: Row | None) -> Row:
    if known is None:
        return dict.fromkeys((BAND, *LIMITS))
    return {**known, BAND: BANDS.index(known[BAND])}


def has_bands(rows: Sequence[Row]) -> bool:
    return any(BAND in row for row in rows)


def band_cell(row: Row, words: Words) -> list[str | Component]:
    """The word of a row's band; nothing where its rate is not published."""
    if row.get(BAND) is None:
        return [""]
    name = BANDS[row[BAND]]
    place: dict[str, Any] = {SORTED_BY: str(row[BAND])}
    return [html.Span(words(f"band_{name}"), className=f"band band-{name}", **place)]


def interval(row: Row, words: Words) -> list[str | Component]:
    """The limits of the rate, to stand behind it: ``(82.9–85.4)``."""
    if row.get(BAND) is None:
        return []
    decimals = INDICATORS[BANDED_BY].decimals
    lower, upper = (words.decimal(row[name], decimals) for name in LIMITS)
    return [html.Span(f"\N{NO-BREAK SPACE}({lower}–{upper})", className="interval")]


def bands_note(words: Words, method_href: str) -> Component:
    """What each band means, what may not be concluded from it, and where to read how it is made."""
    meanings = [
        part
        for name in BANDS
        for part in (html.Dt(words(f"band_{name}")), html.Dd(words(f"band_{name}_meaning")))
    ]
    return html.Details(
        [
            html.Summary(words("agencies_bands_heading")),
            html.P(words("agencies_bands_note")),
            html.Dl(meanings),
            html.P(html.A(words("agencies_bands_link"), href=method_href)),
        ],
        className="bands",
    )
