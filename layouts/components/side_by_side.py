"""Every indicator of a few bodies or areas beside all of their kind, with intervals and bands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.comparison import COMPARISON
from data.indicators import INDICATORS
from data.releases import Release
from layouts.components.asking import ask, collected
from layouts.components.columns import in_order, value_columns
from layouts.components.league import is_listed
from layouts.components.markup import markup
from layouts.components.periods import nearest
from layouts.components.reading import Row, only_row, reading, rows_of, written
from layouts.components.table import Content
from layouts.figures.ranges import Ranges, Spot, ranges_svg
from layouts.page import Observer
from layouts.words import Words

LIMITS = ("_lower", "_upper")


@dataclass(frozen=True)
class Sheet:
    """What one table of the release says of the chosen codes and of all of their kind."""

    name: str
    period: str
    indicators: tuple[str, ...]
    chosen: tuple[Row, ...]
    kind: tuple[Row, ...]
    total: Row
    told: Mapping[tuple[str, str], Row]
    """By code and indicator, the release's own comparison in the period."""
    key: str

    def interval(self, row: Row, name: str) -> tuple[float, float] | None:
        """The ends of an indicator's interval, where the release has them."""
        ends = [row.get(f"{name}{end}") for end in LIMITS]
        told = self.told.get((str(row[self.key]), name))
        if told is not None and told["rate_lower"] is not None:
            ends = [told["rate_lower"], told["rate_upper"]]
        low, high = ends
        return None if low is None or high is None else (float(low), float(high))

    def band(self, row: Row, name: str) -> str | None:
        """On which side of all together the body is, as the release says it."""
        told = self.told.get((str(row[self.key]), name))
        return told["verdict"] if told is not None else None


def sheets(observe: Observer, dimension: str, codes: Sequence[str], period: str) -> Iterator[Sheet]:
    """A sheet for each table that has nothing but this dimension; no indicator stands twice."""
    release, shown = observe.release, set[str]()
    levels = {release.codelists[dimension][code].level for code in codes}
    for name in in_order(release):
        record = release.manifest.tables[name]
        axes = record.table.axes
        if record.table.dimensions != (dimension,) or not levels <= set(axes[0].levels):
            continue
        published = nearest(period, release.tables[name]["period"].unique())
        fresh = [n for n in indicators_of(release, name) if n not in shown]
        if published is not None and fresh:
            shown |= set(fresh)
            yield _sheet(observe, name, fresh, codes, published)


def indicators_of(release: Release, table: str) -> tuple[str, ...]:
    """The indicators of a table that are collected, without the ends of intervals."""
    names = [
        name
        for name in value_columns(release, table)
        if name in INDICATORS and not INDICATORS[name].limit_of
    ]
    return collected(release, table, names)


def _sheet(
    observe: Observer, name: str, fresh: Sequence[str], codes: Sequence[str], period: str
) -> Sheet:
    release = observe.release
    (key,) = release.manifest.tables[name].table.dimensions
    codelist = release.codelists[key]
    columns = [*fresh, *_limits(release, name, fresh)]
    rows = {
        str(row[key]): row
        for level in dict.fromkeys(codelist[code].level for code in codes)
        for row in rows_of(ask(observe, name, columns, by=level, period=period).observations)
    }
    level = codelist[codes[0]].level
    kind = [row for code, row in rows.items() if codelist[code].level == level and is_listed(row)]
    total = only_row(ask(observe, name, columns, period=period).observations)
    chosen = tuple(rows[code] for code in codes if code in rows)
    return Sheet(
        name, period, tuple(fresh), chosen, tuple(kind), total, _told(release, name, period), key
    )


def _limits(release: Release, table: str, names: Sequence[str]) -> list[str]:
    columns = release.tables[table].columns
    return [f"{name}{end}" for name in names for end in LIMITS if f"{name}{end}" in columns]


def _told(release: Release, table: str, period: str) -> dict[tuple[str, str], Row]:
    comparison = release.analyses.get(COMPARISON.name)
    if comparison is None or table not in COMPARISON.reads:
        return {}
    rows = comparison.filter(pl.col("period") == period).to_dicts()
    return {(row["agency"], row["indicator"]): row for row in rows}


def value_cell(sheet: Sheet, row: Row, name: str, words: Words) -> Content:
    """The number, its interval behind it, and its band in words below."""
    content: list[str | Component] = [*reading(row, name).cell(words)]
    if ends := sheet.interval(row, name):
        low, high = (words.decimal(end, INDICATORS[name].decimals) for end in ends)
        content.append(html.Span(f"\N{NO-BREAK SPACE}({low}–{high})", className="interval"))
    if band := sheet.band(row, name):
        content += [html.Br(), html.Span(words(f"band_{band}"), className=f"band band-{band}")]
    return content


def range_cell(sheet: Sheet, name: str, words: Words) -> Content:
    """Where the chosen lie among all of their kind: a drawing, and words that tell its ends."""
    kind = [float(row[name]) for row in sheet.kind if row[name] is not None]
    if len(kind) < 2:
        return ""
    spots = [_spot(sheet, row, name) for row in sheet.chosen]
    total = sheet.total[name]
    is_count = INDICATORS[name].unit == "count"
    has_together = total is not None and not is_count
    drawing = Ranges(kind, float(total) if has_together else None, spots, by_powers=is_count)
    low, high = (written(words, name, end) for end in (min(kind), max(kind)))
    told = words("compare_range", n=len(kind), low=low, high=high)
    hidden = html.Span(told, className="visually-hidden")
    return markup(ranges_svg(drawing), children=[hidden], className="spark-place")


def _spot(sheet: Sheet, row: Row, name: str) -> Spot:
    value = row[name]
    low, high = sheet.interval(row, name) or (None, None)
    return Spot(None if value is None else float(value), low, high)
