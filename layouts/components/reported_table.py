"""The figures of a report in one period, row by row, with who states them and when."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from data.reports import PUBLIC_AT, SOURCE, STATED_ON, Figure
from layouts.components.league import BY_NAME, ordered
from layouts.components.link import file_link, link
from layouts.components.reported import Reported, Row, label, nothing, written
from layouts.components.table import TOTAL_LINE, Column, Content, Line, Table, table
from layouts.view import View
from layouts.words import Words

REGION: Final = "area"
"""The key of the address that names the region whose districts are shown."""
AT_ONCE: Final = 16
"""Rows that are shown unfolded."""


def figures(shown: Reported, period: str) -> list[Component]:
    """The table of the period, folded where it is long; the districts of the region that the
    reader chose below it; and the origin of the figures where all have the same."""
    codes = _codes(shown)
    rows = [row for row in shown.rows(period) if row[shown.key.name] in codes]
    drawn = _table(shown, period, _sorted(shown, rows), f"{shown.place}-figures")
    return [*_folded(shown, drawn, len(rows)), *_below(shown, period), *_origin(shown, period)]


def _codes(shown: Reported) -> set[str]:
    """The total and the codes of one level: the coarsest of areas, the finest of others."""
    key = shown.key
    found = set(shown.frame[key.name])
    if not key.dimension:
        return found
    listed = shown.observe.release.codelists[key.dimension]
    level = key.levels[0] if key.dimension == REGION else key.levels[-1]
    return found & {TOTAL, *listed.at(level)}


def _sorted(shown: Reported, rows: Sequence[Row]) -> list[Row]:
    """The total first; choices as they are declared, bodies and areas by name, others by size."""
    name = shown.key.name
    total = [row for row in rows if row[name] == TOTAL]
    parts = [row for row in rows if row[name] != TOTAL]
    if shown.key.choices:
        return [*total, *sorted(parts, key=lambda row: shown.key.choices.index(row[name]))]
    is_listed = shown.key.dimension in {REGION, "agency"}
    order = BY_NAME if is_listed else f"-{shown.report.figures[0].name}"
    return [*total, *ordered(parts, order, lambda row: shown.name_of(row[name]))]


def _folded(shown: Reported, drawn: Component, rows: int) -> list[Component]:
    if rows <= AT_ONCE:
        return [drawn]
    summary = html.Summary(shown.words("reported_rows", n=rows))
    return [html.Details([summary, drawn])]


def _has_districts(shown: Reported) -> bool:
    return shown.key.dimension == REGION and len(shown.key.levels) > 1


def _below(shown: Reported, period: str) -> list[Component]:
    """The districts of the region in the address."""
    region = shown.view.get(REGION)
    if not _has_districts(shown):
        return []
    districts = shown.observe.release.codelists[REGION].children(region) if region else ()
    rows = shown.rows(period, districts)
    if not rows:
        return [html.P(shown.words("reported_districts"), className="note")]
    heading = shown.words("reported_districts_of", region=shown.name_of(region))
    return [
        html.H3(heading),
        _table(shown, period, _sorted(shown, rows), f"{shown.place}-districts", heading),
    ]


def _table(
    shown: Reported, period: str, rows: Sequence[Row], name: str, heading: str = ""
) -> Component:
    words, report = shown.words, shown.report
    heading = heading or words(f"report_{report.name}")
    columns = [each for each in report.figures if not each.of_total]
    beside = _beside(shown, rows)
    lines = [
        Line(
            _header(shown, row[shown.key.name]),
            [*_numbers(shown, columns, row), *(content(row) for _, content in beside)],
            TOTAL_LINE if row[shown.key.name] == TOTAL else "",
        )
        for row in rows
    ]
    headings = [
        *(Column(label(each, words)) for each in columns),
        *(Column(words(f"figure_{each.name}")) for each in report.ratios),
        *(Column(words(heading), is_number=False) for heading, _ in beside),
    ]
    caption = words("pages_table_of", heading=heading, period=words.period(period))
    corner = Column(words(_key_word(shown)), is_number=False)
    return table(
        Table(caption, corner, headings, lines, style="reported", name=name, is_sortable=True)
    )


def _beside(shown: Reported, rows: Sequence[Row]) -> Sequence[tuple[str, Callable[[Row], Content]]]:
    """What else stands in a row, where any has it: notes, an address, its own origin."""
    notes = [note for note in shown.report.notes if any(row[note] for row in rows)]
    found = [(f"note_{note}", partial(_note, note)) for note in notes]
    if any(row[PUBLIC_AT] for row in rows):
        found.append(("reported_published", partial(_published, shown)))
    if len(_origins(rows)) > 1:
        found.append(("reported_by", partial(_stated, shown)))
    return found


def _note(name: str, row: Row) -> Content:
    return row[name] or ""


def _stated(shown: Reported, row: Row) -> Content:
    return origin(row[SOURCE], row[STATED_ON], shown.words)


def _origins(rows: Sequence[Row]) -> set[tuple[str, str]]:
    return {(row[SOURCE], row[STATED_ON]) for row in rows}


def origin(source: str, day: str, words: Words) -> str:
    """Who states a figure, and when."""
    return words("reported_origin", source=source, date=words.date(day))


def _key_word(shown: Reported) -> str:
    return f"dimension_{shown.key.dimension}" if shown.key.dimension else f"key_{shown.key.name}"


def _header(shown: Reported, code: str) -> Content:
    """The name of a row; that of a region leads to its districts."""
    name = shown.name_of(code)
    codes = shown.observe.release.codelists[REGION]
    if not _has_districts(shown) or codes[code].level != shown.key.levels[0]:
        return name
    return link(name, f"{_of_region(shown.view, code)}#{shown.place}")


def _of_region(view: View, code: str) -> str:
    return view.href(area=None if view.get(REGION) == code else code)


def _numbers(shown: Reported, columns: Sequence[Figure], row: Row) -> list[Content]:
    shares = [(each, each.of(row)) for each in shown.report.ratios]
    return [
        *(written(row[each.name], each, shown.words) for each in columns),
        *(
            nothing(shown.words) if share is None else shown.words.percent(share, each.decimals)
            for each, share in shares
        ),
    ]


def _published(shown: Reported, row: Row) -> Content:
    if not row[PUBLIC_AT]:
        return ""
    return file_link(shown.words("reported_there"), row[PUBLIC_AT], rel="noopener nofollow")


def _origin(shown: Reported, period: str) -> list[Component]:
    """Who states the figures of the period, and when, where it is the same for all."""
    told = _origins(shown.rows(period))
    if len(told) != 1:
        return []
    ((source, day),) = told
    said = shown.words("reported_source", origin=origin(source, day, shown.words))
    return [html.P(said, className="provenance")]
