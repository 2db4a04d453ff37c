"""The funnel of one indicator in one period: each agency against all that are compared."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from data.analyses.comparison import DRAWS, FALSE_DISCOVERY_RATE, SEED, Share
from etl.estimators.arrays import Floats, Integers
from etl.estimators.bands import VERDICTS, verdicts
from etl.estimators.proportions import (
    ALARM,
    WARNING,
    control_limits,
    overdispersion,
    p_values,
    pooled_rate,
)
from etl.estimators.ranks import arcsine_root, rank_intervals

PERCENT: Final = 100
LIMIT_DECIMALS: Final = 2
P_DECIMALS: Final = 6


def funnel(agencies: Sequence[str], events: Integers, base: Integers, share: Share) -> pl.DataFrame:
    """``agency``, ``verdict``, ``reference``, the limits, ``p_value``, the ranks and ``compared``.

    One row for each of ``agencies``, all of which are compared and have a ``base`` above 0; rates
    and limits are in hundredths, rounded as they are published.
    """
    # Where nobody or everybody has the event, all are alike to the last appeal.
    is_uniform = events.sum() in {0, base.sum()}
    judged = _uniform if is_uniform else _spread
    found = judged(agencies, events, base, share)
    return found.select(
        "agency", pl.col("verdict").cast(pl.String), pl.exclude("agency", "verdict")
    ).with_columns(compared=pl.lit(len(agencies), pl.Int64))


def _spread(
    agencies: Sequence[str], events: Integers, base: Integers, share: Share
) -> pl.DataFrame:
    rate = pooled_rate(events, base)
    spread = overdispersion(events, base, rate).at_most
    warning = control_limits(base, rate, WARNING, spread)
    alarm = control_limits(base, rate, ALARM, spread)
    # By counting alone, not by the usual spread: a verdict says that a share differs, not that it
    # is out of the ordinary. Rounded first, so that it follows from what is published.
    chances = np.round(p_values(events, base, rate), P_DECIMALS)
    ranks = rank_intervals(
        agencies, *arcsine_root(events, base), better=share.better, seed=SEED, draws=DRAWS
    )
    return pl.DataFrame(
        {
            "agency": list(agencies),
            "verdict": _verdicts(chances, events / base - rate, share),
            "reference": _hundredths(np.full(len(agencies), rate)),
            "lower_95": _hundredths(warning.lower),
            "upper_95": _hundredths(warning.upper),
            "lower_998": _hundredths(alarm.lower),
            "upper_998": _hundredths(alarm.upper),
            "p_value": chances,
            "rank_lower": ranks["lower"],
            "rank_upper": ranks["upper"],
        }
    )


def _uniform(
    agencies: Sequence[str], events: Integers, base: Integers, _share: Share
) -> pl.DataFrame:
    rate = PERCENT * float(events.sum() / base.sum())
    limits = ("reference", "lower_95", "upper_95", "lower_998", "upper_998")
    return pl.DataFrame({"agency": list(agencies)}).with_columns(
        pl.lit("like", pl.Enum(VERDICTS)).alias("verdict"),
        *(pl.lit(rate).alias(name) for name in limits),
        pl.lit(1.0).alias("p_value"),
        pl.lit(1, pl.Int64).alias("rank_lower"),
        pl.lit(len(agencies), pl.Int64).alias("rank_upper"),
    )


def _verdicts(chances: Floats, differences: Floats, share: Share) -> pl.Series:
    everyone = np.full(len(chances), fill_value=True)
    return verdicts(
        chances,
        differences,
        everyone,
        better=share.better,
        false_discovery_rate=FALSE_DISCOVERY_RATE,
    )


def _hundredths(rates: Floats) -> pl.Series:
    return (PERCENT * pl.Series(rates, dtype=pl.Float64)).round(
        LIMIT_DECIMALS, mode="half_away_from_zero"
    )
