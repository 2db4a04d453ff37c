"""One report of a release for people: its codes and figures by their names, and its totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.dimensions import TOTAL
from data.reports import Figure, Key, Report
from layouts.components.aria import aria
from layouts.components.periods import nearest
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

Row = dict[str, Any]


@dataclass(frozen=True)
class Reported:
    """A report in a release, on a page that shows a period in the words of a language."""

    observe: Observer
    view: View
    words: Words
    report: Report
    frame: pl.DataFrame

    @property
    def key(self) -> Key:
        """What the report is broken down by; every report that has periods has one."""
        key = self.report.broken_down_by
        assert key is not None  # noqa: S101 (narrows the type; a contract test holds it)
        return key

    @property
    def place(self) -> str:
        """The anchor of the section."""
        return place_of(self.report)

    def name_of(self, code: str) -> str:
        """A code of the key for people."""
        if self.key.dimension:
            return self.words.name(self.observe.release.codelists[self.key.dimension], code)
        if code == TOTAL:
            return self.words("reported_total")
        is_named = self.key.of == "choice"
        return self.words(f"choice_{self.key.name}_{code}") if is_named else code

    def rows(self, period: str, codes: Sequence[str] | None = None) -> list[Row]:
        """The rows of a period; of these codes alone, in their order, where they are given."""
        found = self.frame.filter(pl.col("period") == period).to_dicts()
        if codes is None:
            return found
        by_code = {row[self.key.name]: row for row in found}
        return [by_code[code] for code in codes if code in by_code]


def place_of(report: Report) -> str:
    """The anchor of a report's section, and the name of its chart and table."""
    return report.name.replace("_", "-")


def periods_of(shown: Reported, asked: str) -> str:
    """The period to show: the one asked for, or the nearest that is reported."""
    return nearest(asked, shown.frame["period"].unique()) or ""


def totals(shown: Reported, period: str) -> list[Component]:
    """The figures of the total, as far as they are reported."""
    words = shown.words
    told = [
        part
        for row in shown.rows(period, [TOTAL])
        for each in shown.report.figures
        if row[each.name] is not None
        for part in (html.Dt(label(each, words)), html.Dd(written(row[each.name], each, words)))
    ]
    if not told:
        return []
    said = words("reported_in", period=words.period(period))
    return [html.P(said), html.Dl(told, className="facts")]


def label(figure: Figure, words: Words) -> str:
    return words(f"figure_{figure.name}")


def written(value: float | None, figure: Figure, words: Words) -> str | Component:
    """A figure in the reader's format; a sign where it is not reported."""
    if value is None:
        return nothing(words)
    return words.decimal(value, figure.decimals)


def nothing(words: Words) -> Component:
    """Stands where no figure is reported."""
    says = words("reported_nothing")
    spoken = html.Span(says, className="visually-hidden")
    return html.Span([html.Span("–", **aria(hidden="true")), spoken], title=says)
