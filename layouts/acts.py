"""Acts that followed from appeals: by theme with the proposals behind them, and the register."""

import re
from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from layouts.components.asking import ask, has_table, missing_note
from layouts.components.download import downloads
from layouts.components.form import Choice, Search, form, options
from layouts.components.gap import gap
from layouts.components.league import cells, folded
from layouts.components.lex import lex_link
from layouts.components.link import link
from layouts.components.periods import Periods, periods_of
from layouts.components.reading import only_row, reading, rows_of
from layouts.components.status import status_key
from layouts.components.table import TOTAL_LINE, Column, Line, Table, table
from layouts.page import Observer, Page
from layouts.sitemap import CODE
from layouts.view import View
from layouts.words import Words

COLUMNS: Final = ("received", "proposals", "taken_up", "acts")
LEADS: Final = ("acts", "received")
PART: Final = 50
"""Acts on one page of the register."""

Row = dict[str, Any]


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding, the themes, and the register; or that the source has no acts."""
    if not has_table(observe.release, "acts_by_theme") or observe.release.acts is None:
        return _without(words)
    periods = Periods(observe.release, "acts_by_theme", LEADS)
    return html.Article(
        [
            *_numbers(observe, view, words, periods),
            html.P(words("acts_caution"), className="caution"),
            *_register(observe, observe.release.acts, view, words),
            downloads(
                observe.release, view, words, "acts", "acts_by_theme", "acts_gap", "act_effects"
            ),
        ],
        className="acts",
    )


def _numbers(observe: Observer, view: View, words: Words, periods: Periods) -> list[Component]:
    """The finding and the themes of the year; before the first whole year, that they will come."""
    lead = html.P(words("acts_lead"), className="lead")
    if not periods.offered():
        to_come = words("pages_tables_to_come_year", names=words("acts_themes"))
        return [html.H1(words("page_acts_title")), lead, html.P(to_come, className="note")]
    period = periods.chosen(view)
    return [
        html.H1(_finding(observe, words, period)),
        lead,
        periods.links(view, words),
        *_themes(observe, view, words, period),
        *gap(observe, view, words, period),
    ]


def _without(words: Words) -> Component:
    return html.Article(
        [html.H1(words("page_acts_title")), html.P(words("acts_not_collected"), className="note")]
    )


def _finding(observe: Observer, words: Words, period: str) -> str:
    row = only_row(ask(observe, "acts_by_theme", COLUMNS, period=period).observations)
    said = {name: reading(row, name).text(words) for name in COLUMNS if name in row}
    return words("acts_finding", period=words.period(period), **said)


def _themes(observe: Observer, view: View, words: Words, period: str) -> list[Component]:
    answer = ask(observe, "acts_by_theme", COLUMNS, by="theme", period=period)
    codes = observe.release.codelists["theme"]
    rows = sorted(rows_of(answer.observations), key=lambda row: -(row.get("acts") or 0))
    total = only_row(ask(observe, "acts_by_theme", answer.shown, period=period).observations)
    lines = [
        Line(
            link(words.name(codes, row["theme"]), view.href(theme=row["theme"])),
            cells(row, answer.shown, words),
        )
        for row in rows
    ]
    summed = Line(words.name(codes, total["theme"]), cells(total, answer.shown, words), TOTAL_LINE)
    numbers = Table(
        words("acts_themes_caption", period=words.period(period)),
        Column(words("dimension_theme"), is_number=False),
        [Column(words(f"indicator_{name}_short")) for name in answer.shown],
        [summed, *lines],
        style="league",
        name="themes",
        is_sortable=True,
    )
    every = [reading(row, name) for row in rows for name in answer.shown]
    note = missing_note(answer.missing, words)
    return [html.H2(words("acts_themes")), table(numbers), *status_key(every, words), *note]


def _register(observe: Observer, acts: pl.DataFrame, view: View, words: Words) -> list[Component]:
    found = _found(acts.to_dicts(), view)
    part = min(max(int(view.get("part") or "1"), 1), max(-(-len(found) // PART), 1))
    shown = found[(part - 1) * PART : part * PART]
    return [
        html.H2(words("acts_register"), id="register"),
        _search(observe, view, words),
        html.P(words("acts_found", n=len(found)), className="note"),
        *([table(_acts(observe, view, words, shown))] if shown else []),
        *_parts(view, words, part, len(found)),
    ]


def _found(acts: Sequence[Row], view: View) -> list[Row]:
    """The acts that have the theme, the year and the words in the address; latest first."""
    wanted = folded(view.get("q"))
    kept = [
        act
        for act in acts
        if view.get("theme") in {"", act["theme"]}
        and str(act["date"]).startswith(view.get("year"))
        and (not wanted or wanted in folded(f"{act['title']} {act['body']}"))
    ]
    return sorted(kept, key=lambda act: str(act["date"]), reverse=True)


def _search(observe: Observer, view: View, words: Words) -> Component:
    codes = observe.release.codelists["theme"]
    themes = [(code, words.name(codes, code)) for code in codes.at("theme")]
    years = [(year, year) for year in periods_of(observe.release, "acts_by_theme", "year")]
    fields: list[Choice | Search] = [
        Search("q", words("acts_search"), view.get("q")),
        Choice(
            "theme",
            words("dimension_theme"),
            view.get("theme"),
            options(("", words("acts_all_themes")), *themes),
        ),
        Choice(
            "year",
            words("level_year"),
            view.get("year"),
            options(("", words("acts_all_years")), *reversed(years)),
        ),
    ]
    return form(view, fields, words("pages_find"), words("acts_register"))


def _acts(observe: Observer, view: View, words: Words, shown: Sequence[Row]) -> Table:
    codes = observe.release.codelists["theme"]
    lines = [
        Line(
            _title(act, view),
            [
                words.date(str(act["date"])),
                str(act["body"] or ""),
                words.name(codes, str(act["theme"])),
                lex_link(act["lex_id"], words),
            ],
        )
        for act in shown
    ]
    columns = [
        Column(words("acts_date"), is_number=False),
        Column(words("acts_body"), is_number=False),
        Column(words("dimension_theme"), is_number=False),
        Column(words("acts_text"), is_number=False),
    ]
    corner = Column(words("acts_title"), is_number=False)
    caption = words("acts_register_caption")
    return Table(caption, corner, columns, lines, style="register", name="register")


def _title(act: Row, view: View) -> Component:
    """The title, leading to the act's page where an address can name it."""
    title = html.Span(act["title"], lang="uz-Latn")
    is_code = re.fullmatch(CODE, str(act["act"])) is not None
    return link(title, view.href(page="act", code=str(act["act"]))) if is_code else title


def _parts(view: View, words: Words, part: int, count: int) -> list[Component]:
    """Links to the part of the register before and after this one."""
    links = []
    if part > 1:
        href = view.href(part=None if part == 2 else str(part - 1))
        links.append(link(words("pages_previous"), f"{href}#register"))
    if part * PART < count:
        links.append(link(words("pages_next"), f"{view.href(part=str(part + 1))}#register"))
    if not links:
        return []
    where = words("acts_part", first=(part - 1) * PART + 1, last=min(part * PART, count))
    return [html.Nav([html.Span(where), *links], className="parts-nav")]


PAGE: Final = Page("acts", layout)
