"""The months of an act's theme with the act in its place, and where its trend would have led."""

from typing import Any, Final

import polars as pl
from dash.development.base_component import Component

from layouts.components.asking import ask, has_table
from layouts.components.fan import Fan, fan
from layouts.components.reading import Reading, reading, rows_of
from layouts.components.table import Column, Line, Table
from layouts.figures.shades import Band, Marked
from layouts.page import Observer
from layouts.words import Words

TABLE: Final = "region_by_theme"
COURSES: Final = "act_courses"
NOTHING: Final[dict[str, Any]] = dict.fromkeys(("expected", "expected_lower", "expected_upper"))

Row = dict[str, Any]


def act_course(observe: Observer, words: Words, act: Row, effect: Row | None) -> list[Component]:
    """The chart with its table; nothing where no month of the theme is published."""
    adopted = str(act["date"])[:7]
    counted = _counted(observe, act["theme"])
    expected = _expected(observe, act["theme"], adopted)
    if expected:
        counted = {period: each for period, each in counted.items() if period in expected}
    if not any(each.value is not None for each in counted.values()):
        return []
    rows = {period: expected.get(period, NOTHING) for period in counted}
    title = words("act_course", theme=words.name(observe.release.codelists["theme"], act["theme"]))
    shown = Fan(
        name="course",
        title=title,
        description=_described(words, counted, adopted, effect),
        periods=tuple(counted),
        lines=_lines(words, counted, rows),
        numbers=_table(words, title, counted, rows),
        bands=_bands(words, rows),
        marked=_marked(words, list(counted), adopted),
    )
    return [fan(shown, words)]


def _counted(observe: Observer, theme: str) -> dict[str, Reading]:
    """The published months of a theme in the whole country; a small source has longer periods."""
    release = observe.release
    if not has_table(release, TABLE) or "month" not in release.manifest.tables[TABLE].table.grains:
        return {}
    answer = ask(observe, TABLE, ("received",), by="month", theme=theme)
    rows = sorted(rows_of(answer.observations), key=lambda row: str(row["period"]))
    return {str(row["period"]): reading(row, "received") for row in rows}


def _expected(observe: Observer, theme: str, adopted: str) -> dict[str, Row]:
    courses = observe.release.analyses.get(COURSES)
    if courses is None:
        return {}
    rows = courses.filter(pl.col("theme") == theme, pl.col("adopted") == adopted)
    return {row["period"]: row for row in rows.to_dicts()}


def _lines(
    words: Words, counted: dict[str, Reading], rows: dict[str, Row]
) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    received = (words("indicator_received"), tuple(each.value for each in counted.values()))
    expected = (words("act_expected"), tuple(row["expected"] for row in rows.values()))
    return (received, expected) if any(expected[1]) else (received,)


def _bands(words: Words, rows: dict[str, Row]) -> tuple[Band, ...]:
    lower, upper = (
        tuple(row[f"expected_{end}"] for row in rows.values()) for end in ("lower", "upper")
    )
    return (Band(lower, upper, words("act_band")),) if any(upper) else ()


def _marked(words: Words, periods: list[str], adopted: str) -> tuple[Marked, ...]:
    if adopted not in periods:
        return ()
    return (Marked(periods.index(adopted), words("act_marked")),)


def _described(words: Words, counted: dict[str, Reading], adopted: str, effect: Row | None) -> str:
    """The numbers of the chart in a sentence: both means, and the last month."""
    period, last = next(
        (period, each) for period, each in reversed(counted.items()) if each.value is not None
    )
    said = {"month": words.period(period), "last": last.text(words), "act": words.period(adopted)}
    if effect is None or effect["mean_before"] is None or effect["mean_after"] is None:
        return words("act_alt_plain", **said)
    means = {side: words.number(effect[f"mean_{side}"]) for side in ("before", "after")}
    return words("act_alt", **means, **said)


def _table(words: Words, title: str, counted: dict[str, Reading], rows: dict[str, Row]) -> Table:
    lines = [
        Line(words.period(period), [counted[period].cell(words), *_told(words, rows[period])])
        for period in reversed(counted)
    ]
    columns = [words("indicator_received"), words("act_expected"), words("act_band")]
    return Table(
        title,
        Column(words("dimension_period"), is_number=False),
        [Column(each) for each in columns],
        lines,
    )


def _told(words: Words, row: Row) -> list[str]:
    if row["expected"] is None:
        return ["", ""]
    lower, upper = (words.number(row[f"expected_{end}"]) for end in ("lower", "upper"))
    return [words.number(row["expected"]), f"{lower} – {upper}"]
