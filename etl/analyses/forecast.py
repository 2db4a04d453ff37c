"""Forecast: appeals to be expected in the next quarter, published where the test shows a gain."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from data.analyses.forecast import (
    FEWEST_TESTED,
    FORECAST,
    LEAST_HELD,
    NOT_BETTER,
    NOT_HELD,
    PUBLISHED,
    STEPS,
    TOO_FEW,
)
from etl.analyses.courses import Code, courses
from etl.analyses.forecast_backtest import YEAR, ahead, forecast_backtest, forecast_of
from etl.analyses.monthly import Monthly, month_code, month_number
from etl.stages import Edition, Tables

PERCENT: Final = 100
Row = Mapping[str, Any]


def forecast(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The declared columns, a row for each course and month to come."""
    names, series = courses(tables, edition)
    if not len(series.months):
        return pl.DataFrame(schema=FORECAST.schema)
    tested = _tested(forecast_backtest(tables, edition), names, series)
    places, found = ahead(series, len(series.months) - 1)
    rows_of = {place: row for row, place in enumerate(places.tolist())}
    rows = []
    for place, (area, theme) in enumerate(names):
        result = tested.get((area, theme), {"status": TOO_FEW, "tested": 0})
        for step in range(STEPS):
            row = rows_of.get(place)
            shown = None if row is None else forecast_of(found, row, step)
            is_shown = shown is not None and result["status"] == PUBLISHED
            keys = {"area": area, "theme": theme, "period": _month(series, step)}
            naive = {"naive": _naive(series, place, step)}
            rows.append(keys | naive | result | (shown if shown and is_shown else {}))
    return pl.DataFrame(rows, schema=FORECAST.schema).sort(FORECAST.keys)


def _month(series: Monthly, step: int) -> str:
    return month_code(int(series.months[-1]) + 1 + step)


def _naive(series: Monthly, place: int, step: int) -> int | None:
    """The count of the same month a year before, if it is published."""
    at = len(series.months) + step - YEAR
    value = series.values[place, at] if at >= 0 else np.nan
    return None if np.isnan(value) else int(value)


def _tested(
    backtest: pl.DataFrame, names: tuple[Code, ...], series: Monthly
) -> dict[Code, dict[str, Any]]:
    """By course: how the test went, and whether a forecast is published for it."""
    return {
        (str(area), str(theme)): _result(rows.to_dicts(), series, names.index((area, theme)))
        for (area, theme), rows in backtest.group_by("area", "theme", maintain_order=True)
    }


def _result(rows: list[dict[str, Any]], series: Monthly, place: int) -> dict[str, Any]:
    misses = [abs(row["actual"] - row["expected"]) for row in rows]
    naive = [abs(row["actual"] - row["naive"]) for row in rows]
    scale = _scale(series, place, rows[0]["origin"])
    held = {width: _held(rows, width) for width in (80, 95)}
    count = len(rows)
    return {
        "status": _status(count, sum(naive) - sum(misses), held[95]),
        "tested": count,
        "error": round(sum(misses) / count, 1),
        "naive_error": round(sum(naive) / count, 1),
        "mase": round(sum(misses) / count / scale, 3) if scale else None,
        "naive_mase": round(sum(naive) / count / scale, 3) if scale else None,
        "held_80": held[80],
        "held_95": held[95],
    }


def _status(tested: int, gain: int, held: float) -> str:
    if tested < FEWEST_TESTED:
        return TOO_FEW
    if gain <= 0:
        return NOT_BETTER
    return PUBLISHED if held >= LEAST_HELD else NOT_HELD


def _held(rows: list[dict[str, Any]], width: int) -> float:
    within = [row[f"lower_{width}"] <= row["actual"] <= row[f"upper_{width}"] for row in rows]
    return round(PERCENT * within.count(True) / len(rows), 1)


def _scale(series: Monthly, place: int, origin: str) -> float:
    """The mean absolute difference from the year before in the published months up to an origin."""
    until = series.values[place, : month_number(origin) - int(series.months[0]) + 1]
    changes = np.abs(until[YEAR:] - until[:-YEAR])
    known = changes[~np.isnan(changes)]
    return float(known.mean()) if known.size else 0.0
