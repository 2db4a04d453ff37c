"""Response times from day bands: the days and shares of one Kaplan–Meier curve for each row.

They are published as whole numbers: tenths of a day, tenths of a per cent, halves upward.
"""

from collections.abc import Mapping

import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Wait
from etl.catalogue import waits_of
from etl.contributions import ANSWERED_IN, OPEN_IN
from etl.estimators.survival import SurvivalCurve, answered_by, kaplan_meier, quantile
from etl.stages import Edition

TENTHS = 10
TENTHS_OF_PERCENT = 1_000


def waits(table: Table, frame: pl.DataFrame, edition: Edition) -> Mapping[str, pl.Series]:
    """By name the response times that a table has; null where the curve does not come so far.

    ``frame`` has the band columns of ``etl/contributions.py``.
    """
    names = waits_of(table, edition)
    if not names:
        return {}
    answered, still_open = (frame.select(bands).to_numpy() for bands in (ANSWERED_IN, OPEN_IN))
    curve = kaplan_meier(answered, still_open)
    return {name: _read(curve, _wait(name)).alias(name) for name in names}


def _wait(name: str) -> Wait:
    measure = MEASURES[name]
    assert isinstance(measure, Wait)  # noqa: S101 (narrows the type; the catalogue gives waits)
    return measure


def _read(curve: SurvivalCurve, wait: Wait) -> pl.Series:
    if wait.q:
        column = wait.limit.removeprefix("_") or "estimate"
        return _whole(TENTHS * quantile(curve, wait.q)[column])
    return _whole(TENTHS_OF_PERCENT * answered_by(curve, [wait.day])[f"by_{wait.day}{wait.limit}"])


def _whole(values: pl.Series) -> pl.Series:
    # What two orders of multiplication leave apart must not round apart.
    steadied = values.round(6)
    return (steadied + 0.5).floor().cast(pl.Int64)
