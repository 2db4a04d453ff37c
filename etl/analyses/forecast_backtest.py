"""Forecast back-test: what would have been forecast from earlier months, and what came."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl

from data.analyses.forecast import (
    FEWEST_MONTHS,
    MOST_MONTHS,
    MOST_ORIGINS,
    NARROW,
    STEPS,
    WAVE_PAIRS,
    WIDE,
)
from data.analyses.forecast_backtest import FORECAST_BACKTEST
from etl.analyses.courses import Code, courses
from etl.analyses.monthly import Monthly, days_of, month_code
from etl.estimators.arrays import Floats, Integers
from etl.estimators.seasonal import Ahead, seasonal_trend
from etl.stages import Edition, Tables

YEAR: Final = 12


def forecast_backtest(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The declared columns, a row for each course, origin and month that was to come."""
    names, series = courses(tables, edition)
    last = len(series.months) - 1
    origins = range(max(FEWEST_MONTHS - 1, last - MOST_ORIGINS), last)
    rows = [row for origin in origins for row in _from(names, series, origin)]
    return pl.DataFrame(rows, schema=FORECAST_BACKTEST.schema).sort(FORECAST_BACKTEST.keys)


def _from(names: tuple[Code, ...], series: Monthly, origin: int) -> Iterator[dict[str, Any]]:
    """The forecasts of one origin whose months have come."""
    places, found = ahead(series, origin)
    for row, place in enumerate(places.tolist()):
        for step in range(min(STEPS, len(series.months) - 1 - origin)):
            month = origin + 1 + step
            actual, naive = series.values[place, month], series.values[place, month - YEAR]
            forecast = forecast_of(found, row, step)
            if forecast is not None and not np.isnan(actual) and not np.isnan(naive):
                area, theme = names[place]
                yield {
                    "area": area,
                    "theme": theme,
                    "origin": month_code(int(series.months[origin])),
                    "period": month_code(int(series.months[month])),
                    "horizon": step + 1,
                    "actual": int(actual),
                    "naive": int(naive),
                    **forecast,
                }


def ahead(series: Monthly, origin: int) -> tuple[Integers, Ahead]:
    """The forecasts of all courses that have enough months up to an origin, with their places."""
    first = max(0, origin + 1 - MOST_MONTHS)
    counts = series.values[:, first : origin + 1]
    known = ~np.isnan(counts)
    places = np.flatnonzero(known.sum(axis=1) >= FEWEST_MONTHS)
    start = int(series.months[first])
    months = np.arange(start, int(series.months[origin]) + 1 + STEPS)
    found = seasonal_trend(
        counts[places],
        known[places],
        months,
        days_of(months),
        wave_pairs=WAVE_PAIRS,
        confidences=(NARROW, WIDE),
    )
    return places, found


def forecast_of(found: Ahead, row: int, step: int) -> dict[str, int] | None:
    """The expected count and its limits, in whole appeals; None without a fit."""
    if np.isnan(found.expected[row, step]):
        return None
    narrow, wide = found.limits(NARROW), found.limits(WIDE)
    values: dict[str, Floats] = {
        "expected": found.expected,
        "lower_80": narrow.lower,
        "upper_80": narrow.upper,
        "lower_95": wide.lower,
        "upper_95": wide.upper,
    }
    return {name: round(float(each[row, step])) for name, each in values.items()}
