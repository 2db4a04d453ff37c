"""All agencies side by side, by band and alphabet unless the reader sorts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.codelists import Codelist
from data.dimensions import TOTAL
from data.folding import folded
from layouts.components.adjusted import (
    ADJUSTED_BY,
    adjusted_cells,
    adjusted_columns,
    adjusted_note,
    has_adjusted,
    way_to_adjusted,
    with_adjusted,
)
from layouts.components.asking import Answer, ask, empty_note, missing_note
from layouts.components.bands import (
    BAND,
    BANDED_BY,
    band_cell,
    banded,
    bands_note,
    has_bands,
    interval,
)
from layouts.components.download import downloads
from layouts.components.form import Choice, Search, form, options
from layouts.components.league import (
    BY_NAME,
    Row,
    cells,
    heading,
    is_listed,
    named,
    ordered,
)
from layouts.components.link import link
from layouts.components.periods import Periods, grains_of, periods_of
from layouts.components.reading import only_row, reading, rows_of
from layouts.components.reorganised import compared
from layouts.components.replies import replies_note
from layouts.components.status import status_key
from layouts.components.table import TOTAL_LINE, Column, Content, Line, Table, table
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

COLUMNS: Final = (
    "received",
    "answered",
    "on_time_rate",
    "median_days",
    "p90_days",
    "satisfaction_mean",
    "satisfaction_response",
    "repeat_share",
)

LEADS: Final = ("on_time_rate", "received")
"""What the page leads with: it opens with the latest period that has it."""


@dataclass(frozen=True)
class League:
    """What the page shows: the answer for all agencies, the total, and the rows that were found."""

    period: str
    answer: Answer
    total: Row
    rows: tuple[Row, ...]
    codes: Codelist

    @property
    def is_banded(self) -> bool:
        return has_bands(self.rows)

    @property
    def is_adjusted(self) -> bool:
        return has_adjusted(self.rows)

    @property
    def usual_order(self) -> str:
        return BAND if self.is_banded else BY_NAME


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, the filters, the table, what it does not say, and the files behind it."""
    league = _league(observe, view)
    listed = [row for row in league.rows if is_listed(row)]
    too_few = [row for row in league.rows if not is_listed(row)]
    return html.Article(
        [
            html.H1(_finding(league, words)),
            html.P(_lead(league, words), className="lead"),
            _filters(observe, view, words, league.period),
            html.Section(
                [html.H2(words("agencies_caution_heading")), html.P(words("agencies_caution"))],
                className="caution",
            ),
            *compared(observe.release, words, league.period),
            *_bands(league, view, words),
            *_adjusted(observe, league, view, words),
            *_listed(league, listed, view, words),
            *_too_few(league, too_few, view, words),
            *replies_note(observe, view, words, league.period, _agencies(league)),
            *_key(league, words),
            *empty_note(league.answer, words),
            *missing_note(league.answer.missing, words),
            downloads(observe.release, view, words, "agencies", "adjusted"),
        ],
        className="agencies",
    )


def _league(observe: Observer, view: View) -> League:
    release = observe.release
    period = Periods(release, "agencies", LEADS).chosen(view)
    answer = ask(observe, "agencies", COLUMNS, by="agency", period=period)
    codes = release.codelists["agency"]
    sector = view.get("sector") if view.get("sector") in codes.at("sector") else TOTAL
    total = ask(observe, "agencies", answer.shown, agency=sector, period=period)
    members = codes.children(sector) if sector != TOTAL else codes.at("agency")
    wanted = folded(view.get("q"))
    rows = tuple(
        row
        for row in rows_of(answer.observations)
        if row["agency"] in members and _is_called(codes, str(row["agency"]), wanted)
    )
    whole = with_adjusted(release, period, banded(release, period, rows))
    return League(period, answer, only_row(total.observations), whole, codes)


def _is_called(codes: Codelist, code: str, wanted: str) -> bool:
    """True when a name in any language has the words that are looked for."""
    return not wanted or any(wanted in folded(name) for _, name in codes[code].names)


def _finding(league: League, words: Words) -> str:
    period = words.period(league.period)
    if league.total.get("on_time_rate") is not None:
        share = reading(league.total, "on_time_rate").text(words)
        return words("agencies_finding", share=share, period=period)
    received = reading(league.total, "received").text(words)
    return words("agencies_finding_received", number=received, period=period)


def _lead(league: League, words: Words) -> str:
    return words("agencies_lead_bands") if league.is_banded else words("agencies_lead")


def _bands(league: League, view: View, words: Words) -> list[Component]:
    """What the bands mean, where the release compares the agencies in the period."""
    if not league.is_banded:
        return []
    return [bands_note(words, f"{view.href(page='method')}#comparison")]


def _adjusted(observe: Observer, league: League, view: View, words: Words) -> list[Component]:
    """What the adjusted shares mean, or in which year they are told."""
    if league.is_adjusted:
        return [adjusted_note(words, f"{view.href(page='method')}#adjusted")]
    return way_to_adjusted(observe.release, view, league.period, words)


def _filters(observe: Observer, view: View, words: Words, period: str) -> Component:
    codes = observe.release.codelists["agency"]
    opening = Periods(observe.release, "agencies", LEADS).opening
    periods = [
        (
            words(f"level_{grain}"),
            [
                ("" if code == opening else code, words.period(code))
                for code in reversed(periods_of(observe.release, "agencies", grain))
            ],
        )
        for grain in grains_of(observe.release, "agencies")
    ]
    shown = "" if period == opening else period
    fields: list[Choice | Search] = [Choice("period", words("dimension_period"), shown, periods)]
    if sectors := codes.at("sector"):
        pairs = [(code, words.name(codes, code)) for code in sectors]
        every = options(("", words("agencies_all_sectors")), *pairs)
        fields.append(Choice("sector", words("level_sector"), view.get("sector"), every))
    fields.append(Search("q", words("agencies_search"), view.get("q")))
    return form(view, fields, words("pages_show"), words("agencies_filters"))


def _listed(league: League, rows: Sequence[Row], view: View, words: Words) -> list[Component]:
    if not rows:
        return [html.P(words("agencies_none"), className="note")]
    caption = words("agencies_caption", n=len(rows), period=words.period(league.period))
    return [table(_table(league, rows, view, words, caption))]


def _too_few(league: League, rows: Sequence[Row], view: View, words: Words) -> list[Component]:
    if not rows:
        return []
    caption = words("agencies_too_few_caption", n=len(rows))
    shown = _table(league, rows, view, words, caption, has_total=False)
    return [html.Section([html.H2(words("agencies_too_few_heading")), table(shown)])]


def _table(
    league: League,
    rows: Sequence[Row],
    view: View,
    words: Words,
    caption: str,
    *,
    has_total: bool = True,
) -> Table:
    names = league.answer.filled
    usual = league.usual_order

    def name_of(row: Row) -> str:
        return named(league.codes, str(row["agency"]), words)

    lines = [
        Line(
            link(name_of(row), view.href(page="agency", code=row["agency"])),
            _cells(league, row, words),
        )
        for row in ordered(rows, view.get("sort") or usual, name_of)
    ]
    total = Line(name_of(league.total), _cells(league, league.total, words), TOTAL_LINE)
    band = heading(BAND, words("agencies_band"), view, is_number=False, usual=usual)
    return Table(
        caption,
        heading(BY_NAME, words("dimension_agency"), view, is_number=False, usual=usual),
        [
            *([band] if league.is_banded else []),
            *(part for name in names for part in _headings(league, name, view, words)),
        ],
        [*([total] if has_total else []), *lines],
        style="league",
        skip=words("pages_skip_table"),
        name="agencies" if has_total else "agencies-too-few",
    )


def _headings(league: League, name: str, view: View, words: Words) -> list[Column]:
    """The heading of an indicator, with those of the adjusted share behind the share that it is
    of."""
    own = heading(name, words(f"indicator_{name}_short"), view, usual=league.usual_order)
    if name == ADJUSTED_BY and league.is_adjusted:
        return [own, *adjusted_columns(words)]
    return [own]


def _cells(league: League, row: Row, words: Words) -> list[Content]:
    """The band of a row, then its indicators, the rate with its interval and adjusted."""
    shown: list[Content] = [band_cell(row, words)] if league.is_banded else []
    names = league.answer.filled
    for name, cell in zip(names, cells(row, names, words), strict=True):
        shown.append([*cell, *interval(row, words)] if name == BANDED_BY else cell)
        if name == ADJUSTED_BY and league.is_adjusted:
            shown += adjusted_cells(row, words)
    return shown


def _agencies(league: League) -> list[str]:
    return [str(row["agency"]) for row in league.rows]


def _key(league: League, words: Words) -> list[Component]:
    every = [reading(row, name) for row in league.rows for name in league.answer.filled]
    return status_key(every, words)


PAGE: Final = Page("agencies", layout)
