"""The fan of a forecast: the last two years as they were counted, and the next quarter."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash.development.base_component import Component

from data.dimensions import TOTAL
from layouts.components.asking import ask
from layouts.components.fan import Fan, fan
from layouts.components.reading import Reading, reading, rows_of
from layouts.components.table import Column, Line, Table
from layouts.figures.shades import Band
from layouts.page import Observer
from layouts.words import Words

BEFORE: Final = 24
WIDTHS: Final = (95, 80)

Row = Mapping[str, Any]


def outlook_fan(
    observe: Observer, words: Words, name: str, code: tuple[str, str], rows: Sequence[Row]
) -> Component:
    """The chart with its table; ``code`` is area and theme, ``rows`` are the months to come."""
    counted = _counted(observe, *code, before=rows[0]["period"])
    last = next((each.value for each in reversed(list(counted.values()))), None)
    blank: tuple[float | None, ...] = (None,) * (len(counted) - 1)
    title = words("forecast_fan", name=name)
    periods = (*counted, *(str(row["period"]) for row in rows))
    received = (*(each.value for each in counted.values()), *(None for _ in rows))
    # The fan opens at the last month that was counted.
    expected = (*blank, last, *(row["expected"] for row in rows))
    bands = tuple(
        Band(
            (*blank, last, *(row[f"lower_{width}"] for row in rows)),
            (*blank, last, *(row[f"upper_{width}"] for row in rows)),
            words(f"forecast_band_{width}"),
            inner=width == WIDTHS[-1],
        )
        for width in WIDTHS
    )
    shown = Fan(
        name="forecast",
        title=title,
        description=_described(words, rows),
        periods=periods,
        lines=(
            (words("indicator_received"), received),
            (words("forecast_expected"), expected),
        ),
        numbers=_table(words, title, counted, rows),
        bands=bands,
    )
    return fan(shown, words)


def _counted(observe: Observer, area: str, theme: str, *, before: str) -> dict[str, Reading]:
    """The last published months before the first to come."""
    table = "region_by_theme" if theme != TOTAL else "regions" if area != TOTAL else "national"
    where = {"theme": theme} if theme != TOTAL else {"area": area} if area != TOTAL else {}
    answer = ask(observe, table, ("received",), by="month", **where)
    rows = sorted(rows_of(answer.observations), key=lambda row: str(row["period"]))
    months = [row for row in rows if str(row["period"]) < before][-BEFORE:]
    return {str(row["period"]): reading(row, "received") for row in months}


def _described(words: Words, rows: Sequence[Row]) -> str:
    """Each month to come with its number and range."""
    return " ".join(
        words(
            "forecast_alt",
            month=words.period(row["period"]),
            expected=row["expected"],
            lower=row["lower_80"],
            upper=row["upper_80"],
        )
        for row in rows
    )


def _table(words: Words, title: str, counted: dict[str, Reading], rows: Sequence[Row]) -> Table:
    to_come = [
        Line(
            words.period(row["period"]),
            ["", words.number(row["expected"]), *(range_told(words, row, w) for w in (80, 95))],
        )
        for row in reversed(rows)
    ]
    past = [
        Line(words.period(period), [each.cell(words), "", "", ""])
        for period, each in reversed(list(counted.items()))
    ]
    names = ("forecast_expected", "forecast_band_80", "forecast_band_95")
    heads = [words("indicator_received"), *(words(name) for name in names)]
    corner = Column(words("dimension_period"), is_number=False)
    return Table(title, corner, [Column(each) for each in heads], [*to_come, *past])


def range_told(words: Words, row: Row, width: int) -> str:
    """The limits of a month to come."""
    return f"{words.number(row[f'lower_{width}'])} – {words.number(row[f'upper_{width}'])}"
