"""What is to be expected in the next quarter, of courses for which a test shows that it helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.forecast import FORECAST, NOT_BETTER, NOT_HELD, PUBLISHED, STEPS
from data.dimensions import TOTAL
from layouts.components.link import link
from layouts.components.outlook_fan import outlook_fan, range_told
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words

WITHHELD: Final = (NOT_BETTER, NOT_HELD)
"""Why there is no forecast though one could be made; the words are ``forecast_<status>``."""
FILES: Final = ("forecast", "forecast_backtest")

Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """A course by its name: the country, a region or a theme."""

    name: str
    area: str = TOTAL
    theme: str = TOTAL


def outlook(
    observe: Observer, view: View, words: Words, subjects: Sequence[Subject]
) -> list[Component]:
    """The section; nothing where the release has no forecast of any of them."""
    rows = {subject: _rows(observe, subject) for subject in subjects}
    known = {subject: of for subject, of in rows.items() if len(of) == STEPS}
    if not known:
        return []
    shown = {subject: of for subject, of in known.items() if of[0]["status"] == PUBLISHED}
    return [
        html.H2(words("forecast_heading"), id="forecast"),
        *_shown(observe, words, shown),
        html.Ul([html.Li(_told(words, *each)) for each in known.items()], className="told"),
        html.P(words("forecast_caution"), className="caution"),
        html.P(link(words("act_method_link"), f"{view.href(page='method', code='')}#forecast")),
    ]


def _rows(observe: Observer, subject: Subject) -> list[Row]:
    forecasts = observe.release.analyses.get(FORECAST.name)
    if forecasts is None:
        return []
    own = (pl.col("area") == subject.area) & (pl.col("theme") == subject.theme)
    return forecasts.filter(own).sort("period").to_dicts()


def _shown(observe: Observer, words: Words, shown: dict[Subject, list[Row]]) -> list[Component]:
    """The numbers of all, and the fan of the first, which is the one that a reader asked for."""
    if not shown:
        return []
    first, rows = next(iter(shown.items()))
    drawn = outlook_fan(observe, words, first.name, (first.area, first.theme), rows)
    return [drawn, *([table(_table(words, shown))] if len(shown) > 1 else [])]


def _table(words: Words, shown: dict[Subject, list[Row]]) -> Table:
    lines = [
        Line(
            subject.name,
            [
                words.period(row["period"]),
                words.number(row["expected"]),
                *(range_told(words, row, width) for width in (80, 95)),
                words.number(row["naive"]) if row["naive"] is not None else "",
            ],
        )
        for subject, rows in shown.items()
        for row in rows
    ]
    columns = [
        Column(words("dimension_period"), is_number=False),
        *(
            Column(words(f"forecast_{name}"))
            for name in ("expected", "band_80", "band_95", "year_before")
        ),
    ]
    corner = Column(words("forecast_of_whom"), is_number=False)
    return Table(words("forecast_caption"), corner, columns, lines, name="forecasts")


def _told(words: Words, subject: Subject, rows: list[Row]) -> str:
    """The next month in a sentence, with how the test went; or why there is no forecast."""
    row = rows[0]
    if row["status"] not in {PUBLISHED, *WITHHELD}:
        return words("forecast_too_few", name=subject.name)
    tested = {
        "tested": row["tested"],
        "error": words.number(row["error"]),
        "naive": words.number(row["naive_error"]),
        "held_80": words.percent(row["held_80"], 0),
        "held_95": words.percent(row["held_95"], 0),
    }
    if row["status"] in WITHHELD:
        return words(f"forecast_{row['status']}", name=subject.name, **tested)
    numbers = {name: row[name] for name in ("expected", "lower_80", "upper_80")}
    return words(
        "forecast_told", name=subject.name, month=words.period(row["period"]), **numbers, **tested
    )
