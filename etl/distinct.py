"""Different people: what a sketch is published as, with its 95 % interval.

Those who are known are told apart by a sketch; an appeal of nobody known is counted as one more.
Nothing is shown that the sketch does not know: a value is rounded to 1, 2 or 5 of a power of ten,
the largest that is no larger than the standard error. No more people are told than appeals.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Distinct
from etl.catalogue import distinct_of
from etl.contributions import NAMELESS
from etl.estimators.arrays import Floats
from etl.estimators.distinct import DISTINCT
from etl.estimators.normal import critical_value
from etl.stages import Edition

CONFIDENCE: Final = 0.95
STEPS: Final = (1, 2, 5)


def distinct(table: Table, frame: pl.DataFrame, edition: Edition) -> Mapping[str, pl.Series]:
    """By name the estimates of a table and their limits, whole; ``frame`` has ``distinct``
    and ``nameless``."""
    return {name: _told(_declared(name), frame) for name in distinct_of(table, edition)}


def _declared(name: str) -> Distinct:
    measure = MEASURES[name]
    assert isinstance(measure, Distinct)  # noqa: S101 (narrows the type; the catalogue gives them)
    return measure


def _told(measure: Distinct, frame: pl.DataFrame) -> pl.Series:
    names = (DISTINCT, NAMELESS, measure.base)
    known, nameless, most = (frame[name].to_numpy().astype(np.float64) for name in names)
    estimate = known + nameless
    error = measure.standard_error * estimate
    step = steps(error)
    apart = {"": 0.0, "_lower": -1.0, "_upper": 1.0}[measure.limit]
    end = estimate + apart * critical_value(CONFIDENCE) * error
    # Of a number that is no whole step the nearest one could be more than there are appeals.
    top = most if measure.limit == "_upper" else np.floor(most / step) * step
    return pl.Series(measure.name, np.minimum(np.round(end / step) * step, top)).cast(pl.Int64)


def steps(errors: Floats) -> Floats:
    """What estimates are rounded to that have these standard errors."""
    error = np.maximum(errors, 1)
    power = 10.0 ** np.floor(np.log10(error) + 1e-9)
    found: Floats = power * np.select(
        [error >= each * power for each in STEPS[::-1]], STEPS[::-1], 1
    )
    return found
