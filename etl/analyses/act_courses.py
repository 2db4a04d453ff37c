"""Act courses: the months behind the act effects, with what the trend before would have led to."""

import numpy as np
import polars as pl

from data.analyses.act_courses import ACT_COURSES
from etl.analyses.interrupted import Interrupted, estimates, interrupted
from etl.analyses.monthly import month_code
from etl.estimators.arrays import Integers
from etl.estimators.segmented import Segmented
from etl.stages import Edition, Tables


def act_courses(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The declared columns: for each theme and month of an act that has an estimate, a row for each
    month that is looked at."""
    series = interrupted(tables, edition)
    frames = [_courses(series, *found) for found in estimates(series)]
    return pl.concat([pl.DataFrame(schema=ACT_COURSES.schema), *frames]).sort(ACT_COURSES.keys)


def _courses(series: Interrupted, places: Integers, found: Segmented) -> pl.DataFrame:
    is_shown = series.known[places] & found.fit.settled[:, None]
    row, column = np.nonzero(is_shown)
    since = series.since[places][is_shown]
    themes, adopted = zip(*(series.pairs[place] for place in places[row]), strict=True)
    months = [month_code(number) for number in series.national.months[column].tolist()]
    decimals = {
        "fitted": np.where(since == 0, np.nan, found.fit.fitted[is_shown]),
        **{
            name: np.where(since > 0, values[is_shown], np.nan)
            for name, values in (
                ("expected", found.expected),
                ("expected_lower", found.expected_lower),
                ("expected_upper", found.expected_upper),
            )
        },
    }
    frame = pl.DataFrame(
        {
            "theme": themes,
            "adopted": adopted,
            "period": months,
            "received": series.counts[places][is_shown],
            **{name: pl.Series(values, nan_to_null=True) for name, values in decimals.items()},
        }
    )
    return frame.select(
        pl.col(name).round(1, mode="half_away_from_zero").cast(kind)
        if name in decimals
        else pl.col(name).cast(kind)
        for name, kind in ACT_COURSES.schema.items()
    )
