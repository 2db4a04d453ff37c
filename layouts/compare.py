"""Up to four bodies or areas side by side, by every indicator, and what may not be concluded."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.asking import has_table
from layouts.components.columns import title
from layouts.components.download import downloads
from layouts.components.form import Choice, form
from layouts.components.grouped import grouped
from layouts.components.link import link
from layouts.components.not_concluded import not_concluded, volumes_line
from layouts.components.peers import TABLE_OF, largest
from layouts.components.periods import Periods
from layouts.components.reading import reading
from layouts.components.reorganised import reorganised
from layouts.components.side_by_side import Sheet, range_cell, sheets, value_cell
from layouts.components.status import status_key
from layouts.components.table import Column, Content, Line, Table, table
from layouts.figures.marks import MARKS
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

PLACES: Final = ("a", "b", "c", "d")
LEADS: Final = ("on_time_rate", "received")


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The pickers, what may not be concluded, and a table for each table of the release."""
    by = view.get("by")
    source = TABLE_OF[by]
    if not has_table(observe.release, source):
        return html.Article(
            [html.H1(words("page_compare_title")), html.P(words("compare_nothing"))]
        )
    periods = Periods(observe.release, source, LEADS)
    codes = _codes(observe, view, by)
    shown = list(sheets(observe, by, codes, periods.chosen(view)))
    return html.Article(
        [
            html.H1(_heading(observe, codes, by, words)),
            html.P(words("compare_lead"), className="lead"),
            _subjects(observe, view, words, by),
            _pickers(observe, view, words, codes),
            periods.links(view, words),
            not_concluded(shown, by, words),
            *(reorganised(observe.release, view, words, *codes) if by == "agency" else []),
            html.P(words("compare_drawings"), className="note"),
            *[part for sheet in shown for part in _sheet(observe, sheet, view, words)],
            *status_key(
                [reading(r, n) for s in shown for r in s.chosen for n in s.indicators], words
            ),
            downloads(observe.release, view, words, *(sheet.name for sheet in shown)),
        ],
        className="compare",
    )


def _codes(observe: Observer, view: View, by: str) -> list[str]:
    """The codes in the address, each once; without one, those with the most appeals."""
    known = observe.release.codelists[by]
    asked = [view.get(place) for place in PLACES]
    found = [code for code in dict.fromkeys(asked) if code in known and known[code].level]
    return found or largest(observe, by, known)


def _heading(observe: Observer, codes: Sequence[str], by: str, words: Words) -> str:
    names = [words.name(observe.release.codelists[by], code) for code in codes]
    return words("compare_heading", names="; ".join(names))


def _subjects(observe: Observer, view: View, words: Words, by: str) -> Component:
    """Bodies or areas."""
    items: list[Component] = []
    for name, source in TABLE_OF.items():
        label = words(f"compare_{name}")
        if name == by:
            items.append(html.Strong(label, **aria(current="true")))
        elif has_table(observe.release, source):
            href = view.href(by=name, **dict.fromkeys(PLACES))
            items.append(link(label, href))
    listed = html.Ul([html.Li(each) for each in items])
    return html.Nav(listed, className="choice", **aria(label=words("compare_what")))


def _pickers(observe: Observer, view: View, words: Words, codes: Sequence[str]) -> Component:
    """Four lists to choose from, under the names of what each belongs to."""
    by = view.get("by")
    codelist = observe.release.codelists[by]
    every = [code for level in codelist.levels for code in codelist.at(level)]
    groups = [("", [("", words("compare_none"))]), *grouped(codelist, every, words)]
    shown = [*codes, *[""] * len(PLACES)]
    fields = [
        Choice(place, mark.letter, code, groups)
        for place, mark, code in zip(PLACES, MARKS, shown, strict=False)
    ]
    return form(view, fields, words("pages_show"), words("compare_pickers"))


def _sheet(observe: Observer, sheet: Sheet, view: View, words: Words) -> list[Component]:
    dataset = observe.release.manifest.tables[sheet.name].dataset
    lines = [
        Line(
            link(title(name, words), view.href(page="indicator", code=name)),
            [
                range_cell(sheet, name, words),
                reading(sheet.total, name).cell(words),
                *(value_cell(sheet, row, name, words) for row in sheet.chosen),
            ],
        )
        for name in sheet.indicators
    ]
    if sheet.told:
        lines.insert(0, volumes_line(sheet, words))
    numbers = Table(
        words(
            "pages_table_of",
            heading=words(f"table_{sheet.name}"),
            period=words.period(sheet.period),
        ),
        Column(words("pages_indicator"), is_number=False),
        [
            Column(words("compare_among"), is_number=False),
            Column(words("compare_together")),
            *_headings(observe, sheet, view, words),
        ],
        lines,
        style="league crosstab compared",
        name=f"compare-{sheet.name.replace('_', '-')}",
    )
    return [html.H2(words(f"dataset_{dataset}")), table(numbers)]


def _headings(observe: Observer, sheet: Sheet, view: View, words: Words) -> list[Column]:
    codelist = observe.release.codelists[sheet.key]
    page = {"agency": "agency", "area": "region"}[sheet.key]
    return [
        Column(_name(mark.letter, words.name(codelist, code), view.href(page=page, code=code)))
        for mark, row in zip(MARKS, sheet.chosen, strict=False)
        if (code := str(row[sheet.key]))
    ]


def _name(letter: str, name: str, href: str) -> Content:
    return [html.B(f"{letter} ", className="key-letter"), link(name, href)]


PAGE: Final = Page("compare", layout)
