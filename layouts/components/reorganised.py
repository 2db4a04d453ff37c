"""How bodies were reorganised: what a reader of a body's numbers has to know before joining them.

Nothing is joined here or in any release: each body keeps the appeals that were registered with it.
"""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.periods import last_day
from data.releases import Release
from data.reports import REORGANISATIONS
from layouts.components.link import link
from layouts.components.periods import first_month
from layouts.components.reported_table import origin
from layouts.components.table import Column, Line, Table, table
from layouts.figures.marks import MARKS
from layouts.figures.shades import Marked
from layouts.view import View
from layouts.words import Words

SIDES: Final = ("predecessor", "successor")

Row = dict[str, Any]


def changes(release: Release, *agencies: str) -> list[Row]:
    """The reorganisations of these bodies, or of all, the latest first; none where none is told."""
    frame = release.reports.get(REORGANISATIONS.name)
    if frame is None:
        return []
    of_these = pl.any_horizontal(pl.col(side).is_in(agencies) for side in SIDES)
    return (frame.filter(of_these) if agencies else frame).reverse().to_dicts()


def within(rows: Sequence[Row], period: str) -> list[Row]:
    """Those that took hold in a period."""
    first, last = f"{first_month(period)}-01", last_day(period).isoformat()
    return [row for row in rows if first <= row["date"] <= last]


def breaks(release: Release, periods: Sequence[str], words: Words, *codes: str) -> list[Marked]:
    """The periods of a course in which one of these bodies was reorganised, to be marked; of
    several bodies each by the letter of its line."""
    letters: dict[int, list[str]] = {}
    for code, mark in zip(codes, MARKS, strict=False):
        for index, period in enumerate(periods):
            if within(changes(release, code), period):
                letters.setdefault(index, []).append(mark.letter)
    said = words("reorganised_mark")
    return [
        Marked(index, f"{said}: {', '.join(found)}" if len(codes) > 1 else said)
        for index, found in sorted(letters.items())
    ]


def reorganised(release: Release, view: View, words: Words, *agencies: str) -> list[Component]:
    """What happened to bodies, with ways to the others; nothing where nothing did."""
    told = [
        html.Li(_told(row, release, view, words, agency))
        for agency in agencies
        for row in changes(release, agency)
    ]
    if not told:
        return []
    return [
        html.Section(
            [
                html.H2(words("reorganised_heading"), id="reorganised"),
                html.Ul(told),
                html.P(words("reorganised_caution")),
            ],
            className="caution",
        )
    ]


def compared(release: Release, words: Words, period: str) -> list[Component]:
    """Says which bodies of a comparison were reorganised in its period, so that none is joined in
    silence."""
    rows = within(changes(release), period)
    codes = sorted({row[side] for row in rows for side in SIDES})
    if not codes:
        return []
    names = "; ".join(words.name(release.codelists["agency"], code) for code in codes)
    return [html.P(words("reorganised_compared", names=names), className="note")]


def _told(row: Row, release: Release, view: View, words: Words, agency: str) -> list[Any]:
    """One change as it was for a body: with whom, when, and who says so."""
    codes = release.codelists["agency"]
    was_before = row["predecessor"] == agency
    other = row["successor"] if was_before else row["predecessor"]
    side = "from" if was_before else "to"
    said = words(f"reorganised_{row['change']}_{side}", date=words.date(row["date"]))
    return [
        f"{words.name(codes, agency)}. {said} ",
        link(words.name(codes, other), view.href(page="agency", code=other, period=None)),
        ". ",
        html.Span(origin(row["source"], row["stated_on"], words), className="provenance"),
    ]


def all_changes(release: Release, view: View, words: Words) -> Component:
    """Every reorganisation that is told, as a table."""
    codes, rows = release.codelists["agency"], changes(release)
    has_acts = any(row["act"] for row in rows)

    def body(code: str) -> Component:
        return link(words.name(codes, code), view.href(page="agency", code=code, period=None))

    lines = [
        Line(
            words.date(row["date"]),
            [
                body(row["predecessor"]),
                body(row["successor"]),
                words(f"choice_change_{row['change']}"),
                *([row["act"] or ""] if has_acts else []),
                origin(row["source"], row["stated_on"], words),
            ],
        )
        for row in rows
    ]
    sides = ("reorganised_before", "reorganised_after", "reorganised_how")
    headings = (*sides, *(["note_act"] if has_acts else []), "reported_by")
    return table(
        Table(
            words("report_reorganisations"),
            Column(words("key_date"), is_number=False),
            [Column(words(heading), is_number=False) for heading in headings],
            lines,
            style="changes",
            name="reorganisations",
        )
    )
