"""How a reported count went over its periods: chart, key and table, taken away as one."""

from collections.abc import Mapping, Sequence
from itertools import chain

import polars as pl
from dash.development.base_component import Component

from data.dimensions import TOTAL
from data.grains import GRAINS
from data.periods import grain_of
from data.reports import Figure
from layouts.components.fan import Fan, fan
from layouts.components.reported import Reported, label, written
from layouts.components.table import Column, Line, Table
from layouts.figures.marks import MARKS
from layouts.words import Words

Values = tuple[float | None, ...]


def course(shown: Reported) -> list[Component]:
    """The chief count in its shortest periods, by choice where choices are few and do not overlap,
    else in total; nothing where there is one period alone."""
    periods = _shortest(shown.frame["period"])
    figure = _chief(shown)
    lines = {shown.name_of(c): _values(shown, figure, c, periods) for c in _codes(shown)}
    if len(periods) < 2 or not any(value is not None for value in chain(*lines.values())):
        return []
    words = shown.words
    heading = words(f"report_{shown.report.name}")
    named = words("pages_table_of", heading=heading, period=label(figure, words))
    title = words(f"pages_by_{grain_of(periods[0])}", name=named)
    drawn = Fan(
        name=shown.place,
        title=title,
        description=" ".join(_described(words, *line, periods) for line in lines.items()),
        periods=periods,
        lines=tuple(lines.items()),
        numbers=_table(words, title, figure, periods, lines),
    )
    return [fan(drawn, words)]


def _shortest(periods: pl.Series) -> tuple[str, ...]:
    """The periods of the shortest grain that is reported, first to last."""
    by_grain = {grain: [p for p in periods.unique() if grain_of(p) == grain] for grain in GRAINS}
    return tuple(sorted(next(codes for _, codes in reversed(by_grain.items()) if codes)))


def _chief(shown: Reported) -> Figure:
    return next(iter(shown.report.personal), shown.report.figures[0])


def _codes(shown: Reported) -> tuple[str, ...]:
    """The codes that have a line each."""
    choices = shown.key.choices
    return choices if 0 < len(choices) <= len(MARKS) and not shown.key.overlaps else (TOTAL,)


def _values(shown: Reported, figure: Figure, code: str, periods: Sequence[str]) -> Values:
    told = dict(shown.frame.filter(pl.col(shown.key.name) == code)["period", figure.name].rows())
    return tuple(told.get(period) for period in periods)


def _described(words: Words, name: str, values: Values, periods: Sequence[str]) -> str:
    """A sentence with the lowest, highest and last values."""
    known = [(v, period) for v, period in zip(values, periods, strict=True) if v is not None]
    if not known:
        return words("pages_chart_empty", name=name)
    ends = {"low": min(known), "high": max(known), "last": known[-1]}
    said = {
        end: words("pages_value_at", value=words.number(round(value)), period=words.period(period))
        for end, (value, period) in ends.items()
    }
    return words("pages_chart_alt", name=name, **said)


def _table(
    words: Words, title: str, figure: Figure, periods: Sequence[str], lines: Mapping[str, Values]
) -> Table:
    rows = zip(periods, *lines.values(), strict=True)
    told = [
        Line(words.period(period), [written(value, figure, words) for value in values])
        for period, *values in rows
    ]
    columns = [Column(name) for name in lines]
    return Table(title, Column(words("dimension_period"), is_number=False), columns, told[::-1])
