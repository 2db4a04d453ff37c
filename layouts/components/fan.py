"""A monthly count beside where it was to be expected: chart, key and table, taken away as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from layouts.components.exhibit import exhibited
from layouts.components.key import drawing_of, series_key
from layouts.components.markup import markup
from layouts.components.table import Table, table
from layouts.figures.line import LineChart, Point, Series, line_svg
from layouts.figures.shades import Band, Marked
from layouts.words import Words


@dataclass(frozen=True)
class Fan:
    """``lines`` are names with a value for each of ``periods`` or None, what was counted first;
    ``name`` is the fan's own among what can be taken from its page."""

    name: str
    title: str
    description: str
    periods: tuple[str, ...]
    lines: tuple[tuple[str, tuple[float | None, ...]], ...]
    numbers: Table
    bands: tuple[Band, ...] = ()
    marked: tuple[Marked, ...] = ()


def fan(shown: Fan, words: Words, *, is_open: bool = False) -> Component:
    """The section under its heading."""
    chart = _chart(shown, words)
    summary = html.Summary(words("pages_show_table"))
    picture = html.Figure(
        [
            markup(line_svg(chart), className="chart-still"),
            html.Details([summary, table(shown.numbers)], open=is_open),
        ],
        className="chart",
    )
    key = series_key([name for name, _ in shown.lines], shown.bands)
    section = html.Section([html.H3(shown.title), key, picture], className="trend")
    exhibit = replace(shown.numbers.exhibit, name=shown.name, drawing=drawing_of(chart))
    return exhibited(section, exhibit)


def _chart(shown: Fan, words: Words) -> LineChart:
    years = _first_of_each_year(shown.periods)
    series = tuple(
        Series(name, _points(shown.periods, years, values, words)) for name, values in shown.lines
    )
    return LineChart(
        title=shown.title,
        description=shown.description,
        series=series,
        tick=words.number,
        provisional_word=words("status_provisional"),
        bands=shown.bands,
        marked=shown.marked,
    )


def _first_of_each_year(periods: Sequence[str]) -> list[str]:
    """The year at each January, at the first month where there is none; nothing elsewhere."""
    is_january = [period.endswith("-01") for period in periods]
    marked = is_january if any(is_january) else [at == 0 for at in range(len(periods))]
    return [period[:4] if here else "" for period, here in zip(periods, marked, strict=True)]


def _points(
    periods: Sequence[str], years: Sequence[str], values: Sequence[float | None], words: Words
) -> tuple[Point, ...]:
    return tuple(
        Point(
            period,
            words.period(period),
            year,
            value,
            "" if value is None else words.number(round(value)),
        )
        for period, year, value in zip(periods, years, values, strict=True)
    )
