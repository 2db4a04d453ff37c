"""Alerts: agencies and regions whose monthly numbers changed by more than chance."""

from typing import Any, Final

import numpy as np
import polars as pl

from data.analyses.alerts import ALERTS, FALL, FIELDS, REFERENCE, RISE, WATCHED, Field, Watched
from data.dimensions import TOTAL
from etl.analyses.monthly import month_code, monthly, whole_months
from etl.analyses.watch import YEAR, Counted, Watch, watch
from etl.estimators.arrays import Floats, Integers
from etl.estimators.cusum import Cusum
from etl.stages import Edition, Tables

PERCENT: Final = 100


def alerts(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The declared columns, a row for each month in which a series can be compared."""
    months = whole_months(edition)
    found = [
        _watched(tables, field, codes, watched, months)
        for field in FIELDS
        if len(months) > YEAR and (codes := _codes(tables, field, edition))
        for watched in WATCHED
    ]
    rows = [row for each in found for row in each]
    return pl.DataFrame(rows, schema=ALERTS.schema).sort(ALERTS.keys)


def _codes(tables: Tables, field: Field, edition: Edition) -> tuple[str, ...]:
    """Who can be watched; nobody where the source has no such table or level."""
    if field.table not in tables or field.dimension not in tables[field.table].columns:
        return ()
    return tuple(edition.codelists[field.dimension].at(field.level))


def _watched(
    tables: Tables, field: Field, codes: tuple[str, ...], watched: Watched, months: Integers
) -> list[dict[str, Any]]:
    """The rows of one indicator for all codes of a table."""
    everyone = {"indicator": watched.indicator, "agency": TOTAL, "area": TOTAL}
    country = tables[REFERENCE].with_columns(pl.lit(TOTAL).alias(field.dimension))
    series = _counted(tables[field.table], field.dimension, codes, watched, months)
    found = watch(series, _counted(country, field.dimension, (TOTAL,), watched, months))
    return [
        {
            **everyone,
            field.dimension: codes[row],
            "period": month_code(int(months[YEAR + column])),
            **_told(series, found, row, column),
            **_signal(series, found, months, row, column),
        }
        for row, column in np.argwhere(found.known).tolist()
    ]


def _counted(
    frame: pl.DataFrame, dimension: str, codes: tuple[str, ...], watched: Watched, months: Integers
) -> Counted:
    def values(name: str) -> Floats:
        return monthly(frame, dimension, codes, name, months).values

    base = None if watched.base is None else values(watched.base)
    return Counted(values(watched.events), base)


def _told(series: Counted, found: Watch, row: int, column: int) -> dict[str, Any]:
    """The published counts of a month and of the year before, and the sums."""
    told: dict[str, Any] = {
        "events": int(series.events[row, YEAR + column]),
        "events_before": int(series.events[row, column]),
        "expected": _rounded(found.expected[row, column]),
        "usual_spread": found.spread,
        RISE: float(found.rise.sums[row, column]),
        FALL: float(found.fall.sums[row, column]),
    }
    if series.base is not None:
        told["base"] = int(series.base[row, YEAR + column])
        told["base_before"] = int(series.base[row, column])
    return told


def _signal(
    series: Counted, found: Watch, months: Integers, row: int, column: int
) -> dict[str, Any]:
    """Direction, beginning and size of a change that is signalled in a month; nothing otherwise."""
    signalled = [
        (name, sums)
        for name, sums in ((RISE, found.rise), (FALL, found.fall))
        if sums.signals[row, column]
    ]
    if not signalled:
        return {}
    name, sums = max(signalled, key=lambda each: each[1].sums[row, column])
    return {"signal": name, **_run(series, found, sums, (row, column), months)}


def _run(
    series: Counted, found: Watch, sums: Cusum, at: tuple[int, int], months: Integers
) -> dict[str, Any]:
    """The months of a sum up to the signal, together."""
    row, column = at
    first = int(sums.since[row, column])
    of_run = np.arange(first, column + 1)[found.known[row, first : column + 1]]
    events = int(series.events[row, YEAR + of_run].sum())
    expected = _rounded(found.expected[row, of_run].sum())
    base = None if series.base is None else int(series.base[row, YEAR + of_run].sum())
    whole = expected if base is None else base
    return {
        "since": month_code(int(months[YEAR + first])),
        "run_events": events,
        "run_base": base,
        "run_expected": expected,
        "change": _rounded(PERCENT * (events - expected) / whole) if whole else None,
    }


def _rounded(value: float) -> float:
    """To the one decimal that is published."""
    return round(float(value), 1)
