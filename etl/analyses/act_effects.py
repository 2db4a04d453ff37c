"""Act effects: how many appeals there were in each act's theme, before the act and after."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from data.analyses.act_effects import ACT_EFFECTS, ESTIMATED, NEARBY, TOO_FEW
from etl.analyses.interrupted import PAIR, Interrupted, estimates, interrupted, with_month
from etl.analyses.monthly import month_number
from etl.estimators.arrays import Booleans, Floats
from etl.estimators.segmented import Change, Segmented
from etl.stages import Edition, Tables

PERCENT: Final = 100
FINER: Final = ("slope_change", "dispersion", "correlation")
"""Columns of two decimals; the others have one."""


def act_effects(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The declared columns, a row an act."""
    acts = with_month(edition.register)
    nearby = pl.Series("others_nearby", list(_others_nearby(acts)), dtype=pl.Int64)
    found = _of_pairs(interrupted(tables, edition))
    joined = acts.with_columns(nearby).join(found, on=PAIR, how="left", maintain_order="left")
    return joined.select(pl.col(name).cast(kind) for name, kind in ACT_EFFECTS.schema.items()).sort(
        ACT_EFFECTS.keys
    )


def _others_nearby(acts: pl.DataFrame) -> Iterator[int]:
    """For each act, how many others its theme has within some months."""
    at = [(theme, month_number(adopted)) for theme, adopted in acts.select(PAIR).iter_rows()]
    adopted = Counter(at)
    for theme, month in at:
        yield sum(adopted[theme, month + step] for step in range(-NEARBY, NEARBY + 1)) - 1


def _of_pairs(series: Interrupted) -> pl.DataFrame:
    """The columns that are the same for all acts of a theme and month."""
    count = len(series.pairs)
    estimated = {name: np.full(count, np.nan) for name in _ESTIMATES}
    for places, found in estimates(series):
        for name, values in _estimates(found):
            estimated[name][places] = values
    for places, found in estimates(series, beside_others=True):
        for name, values in _hundredths("beside_others", found.level):
            estimated[name][places] = values
    is_estimated = ~np.isnan(estimated["level_change"])
    frame = pl.DataFrame(series.pairs, schema=dict.fromkeys(PAIR, pl.String), orient="row")
    return frame.with_columns(
        status=_named(is_estimated, ESTIMATED, TOO_FEW),
        season=_named(series.is_seasonal, "adjusted", "none"),
        months_before=series.before.sum(axis=1),
        months_after=series.after.sum(axis=1),
        mean_before=_mean(series, series.before),
        mean_after=_mean(series, series.after),
        **{name: pl.Series(values, nan_to_null=True) for name, values in estimated.items()},
    ).with_columns(
        pl.when(pl.col("status") == ESTIMATED).then("season").alias("season"),
        *(
            pl.col(name).round(2 if name.startswith(FINER) else 1, mode="half_away_from_zero")
            for name in ("mean_before", "mean_after", *_ESTIMATES)
        ),
    )


def _estimates(found: Segmented) -> Iterator[tuple[str, Floats]]:
    yield from _hundredths("level_change", found.level)
    yield from _hundredths("slope_change", found.slope)
    yield "dispersion", found.fit.dispersion
    yield "correlation", found.fit.correlation


def _hundredths(name: str, change: Change) -> Iterator[tuple[str, Floats]]:
    for ending, ratio in (("", change.ratio), ("_lower", change.lower), ("_upper", change.upper)):
        yield f"{name}{ending}", PERCENT * (ratio - 1)


def _named(chosen: Booleans, yes: str, no: str) -> pl.Series:
    return pl.Series([yes if each else no for each in chosen], dtype=pl.String)


def _mean(series: Interrupted, side: Booleans) -> pl.Series:
    """The mean published count of a month on one side; none where there is no month."""
    months = side.sum(axis=1)
    total = np.where(side, series.counts, 0).sum(axis=1)
    return pl.Series(np.where(months > 0, total / np.maximum(1, months), np.nan), nan_to_null=True)


_ESTIMATES: Final = tuple(
    column.name
    for column in ACT_EFFECTS.columns
    if column.kind == "estimate" and column.holds == "decimal"
)
