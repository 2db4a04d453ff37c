"""Gaps to everybody else: drawn, in a table, and said in a sentence, as the release tells them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.equity import EQUITY, HIGHER, LOWER, TOO_FEW
from data.dimensions import TOTAL
from data.releases import Release
from data.statuses import STATUSES
from layouts.components.change import bare_points, points
from layouts.components.exhibit import exhibited
from layouts.components.link import link
from layouts.components.markup import markup
from layouts.components.reading import Reading, sign
from layouts.components.table import Column, Content, Line, Table, table
from layouts.figures.gaps import Gaps, Spot, gaps_drawing, gaps_svg, sample_svg
from layouts.view import View
from layouts.words import Words

PLACES: Final = 1
MOST_DRAWN: Final = 20
"""Gaps that are drawn, the largest; all are in the table."""
APART: Final = (HIGHER, LOWER)

Row = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """The gaps of one level by one indicator in one year."""

    release: Release
    level: str
    indicator: str
    period: str

    @property
    def rows(self) -> list[Row]:
        """All, the lowest share beside everybody else first; who has no gap last, by code."""
        found = gaps_of(self.release).filter(
            pl.col("level") == self.level,
            pl.col("indicator") == self.indicator,
            pl.col("period") == self.period,
        )
        return found.sort("gap", "area", "group", nulls_last=True).to_dicts()

    @property
    def known(self) -> list[Row]:
        """Those that are compared."""
        return [row for row in self.rows if row["gap"] is not None]

    @property
    def apart(self) -> list[Row]:
        """Those of them that differ beyond chance."""
        return [row for row in self.known if row["verdict"] in APART]

    def name(self, row: Row, words: Words) -> str:
        """What a place or group is called."""
        dimension = "group" if self.level == "group" else "area"
        return words.name(self.release.codelists[dimension], row[dimension])


def gaps_of(release: Release) -> pl.DataFrame:
    """All gaps that a release tells."""
    return release.analyses.get(EQUITY.name, pl.DataFrame(schema=EQUITY.schema))


def way_to_gaps(release: Release, view: View, words: Words, level: str) -> list[Component]:
    """A link to the gaps of a level; nothing where the release tells none."""
    if gaps_of(release).filter(pl.col("level") == level)["gap"].is_null().all():
        return []
    return [html.P(link(words(f"equity_way_{level}"), view.href(page="equity", by=level)))]


def drawn_and_listed(compared: Compared, view: View, words: Words) -> Component:
    """The drawing over its table, to be taken as one."""
    shown = _gaps(compared, words)
    numbers = _table(compared, view, words)
    parts = [_figure(shown)] if shown.spots else []
    exhibit = replace(
        numbers.exhibit, name="gaps", drawing=gaps_drawing(shown) if shown.spots else None
    )
    return exhibited(html.Div([*parts, table(numbers)], className="exhibit"), exhibit)


def readings(compared: Compared) -> list[Reading]:
    """One for each row, for the key of the signs that stand in the table."""
    return [
        Reading(compared.indicator, row["rate"], STATUSES[row["status"]]) for row in compared.rows
    ]


def _gaps(compared: Compared, words: Words) -> Gaps:
    largest = sorted(compared.known, key=lambda row: -abs(row["gap"]))[:MOST_DRAWN]
    rows = [row for row in compared.known if row in largest]
    labels = [f"{compared.name(row, words)}: {bare_points(words, row['gap'])}" for row in rows]
    said = [f"{label} ({_limits(row, words)})" for label, row in zip(labels, rows, strict=True)]
    return Gaps(
        _caption(compared, words),
        "; ".join(said),
        tuple(
            Spot(text, row["gap"], row["gap_lower"], row["gap_upper"], row["verdict"] in APART)
            for text, row in zip(labels, rows, strict=True)
        ),
        lambda value: bare_points(words, value),
        words("equity_key_apart"),
        words("equity_key_like"),
    )


def _figure(shown: Gaps) -> Component:
    key = html.Ul(
        [
            html.Li([markup(sample_svg(is_apart=is_apart)), f" {text}"])
            for is_apart, text in ((True, shown.apart), (False, shown.like))
        ],
        className="part-key",
    )
    return html.Figure([markup(gaps_svg(shown), className="chart-still"), key], className="chart")


def _caption(compared: Compared, words: Words) -> str:
    return words(
        "equity_caption",
        indicator=words(f"equity_{compared.indicator}"),
        period=words.period(compared.period),
    )


def _limits(row: Row, words: Words) -> str:
    return words(
        "equity_limits",
        lower=bare_points(words, row["gap_lower"]),
        upper=bare_points(words, row["gap_upper"]),
    )


def _table(compared: Compared, view: View, words: Words) -> Table:
    is_district = compared.level == "district"
    columns = [
        *([Column(words("level_region"), is_number=False)] if is_district else []),
        Column(words("equity_own")),
        Column(words("equity_rest")),
        Column(words("equity_gap")),
        Column(words("equity_verdict"), is_number=False),
    ]
    lines = [
        Line(_name(compared, row, view, words), _cells(compared, row, words))
        for row in compared.rows
    ]
    corner = Column(words(f"level_{compared.level}"), is_number=False)
    caption = _caption(compared, words)
    return Table(caption, corner, columns, lines, style="league", is_sortable=True)


def _name(compared: Compared, row: Row, view: View, words: Words) -> Content:
    name = compared.name(row, words)
    if row["area"] == TOTAL:
        return name
    return link(name, view.href(page="region", code=row["area"]))


def _cells(compared: Compared, row: Row, words: Words) -> list[Content]:
    areas = compared.release.codelists["area"]
    region = [words.name(areas, row["rest_of"])] if compared.level == "district" else []
    if row["base"] is None:
        return [*region, [sign(words, STATUSES[row["status"]])], "", "", ""]
    shares: list[Content] = [
        _share(row, "", words),
        _share(row, "rest_", words),
    ]
    if row["gap"] is None:
        return [*region, *shares, "", words(f"equity_{TOO_FEW}")]
    limits = html.Span(f"\N{NO-BREAK SPACE}({_limits(row, words)})", className="interval")
    return [
        *region,
        *shares,
        [bare_points(words, row["gap"]), limits],
        words(f"equity_{row['verdict']}"),
    ]


def _share(row: Row, of: str, words: Words) -> Content:
    """A share and the count that it is of."""
    if row[f"{of}rate"] is None:
        return ""
    base = words("equity_of", number=words.number(row[f"{of}base"]))
    return [
        words.percent(row[f"{of}rate"], PLACES),
        html.Span(f"\N{NO-BREAK SPACE}{base}", className="interval"),
    ]


def largest_told(rows: Sequence[Row], compared: Compared, words: Words) -> str:
    """The largest gap beyond chance in a sentence."""
    row = max(rows, key=lambda each: abs(each["gap"]))
    return words(
        "equity_told",
        name=compared.name(row, words),
        share=words.percent(row["rate"], PLACES),
        rest=words.percent(row["rest_rate"], PLACES),
        gap=points(words, row["gap"]),
        limits=_limits(row, words),
    )
