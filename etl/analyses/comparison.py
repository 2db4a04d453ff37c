"""Comparison: each agency beside all others, from the published table of agencies alone.

It reads what every reader can read, so it can tell nothing that the table does not.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from data.analyses.comparison import (
    COMPARISON,
    FEWEST,
    GRAINS_COMPARED,
    KEYS,
    LEVEL,
    SHARES,
    TABLE,
    VOLUME_GROUPS,
    Share,
)
from data.indicators import INDICATORS
from data.observe import STATUS_SUFFIX
from data.periods import PATTERNS
from data.statuses import STATUSES
from etl.analyses.funnel import PERCENT, funnel
from etl.estimators.bands import is_comparable, volume_groups
from etl.estimators.proportions import wilson
from etl.gravity import gravest
from etl.stages import Edition, Tables

SIZES: Final = ("received", "answered")
"""The counts that say whether an agency is large enough to be compared."""


def comparison(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The comparison of all agencies of an edition, from its released tables."""
    return compared(tables[TABLE], edition.codelists[LEVEL].at(LEVEL))


def compared(agencies: pl.DataFrame, codes: Iterable[str]) -> pl.DataFrame:
    """The declared columns; a row for each period, agency and indicator, sorted.

    ``agencies`` is the released table with its indicators (hundredths) and statuses; ``codes`` are
    those of the agencies in it that are compared. A row has values where its status has, and limits
    and ranks where its agency is compared.
    """
    is_of_period = pl.any_horizontal(
        pl.col("period").str.contains(PATTERNS[grain]) for grain in GRAINS_COMPARED
    )
    periods = agencies.filter(pl.col("agency").is_in(list(codes)), is_of_period).partition_by(
        "period"
    )
    found = [_compared(_told(rows, share), share) for rows in periods for share in SHARES]
    return pl.concat([pl.DataFrame(schema=COMPARISON.schema), *found]).sort(KEYS)


def _told(rows: pl.DataFrame, share: Share) -> pl.DataFrame:
    """What the table tells of one indicator: counts and rate where the status has a value."""
    judged_by = [f"{name}{STATUS_SUFFIX}" for name in (share.indicator, *SIZES)]
    with_value = [code for code, status in STATUSES.items() if status.has_value]
    told = rows.select(
        "period",
        "agency",
        pl.lit(share.indicator).alias("indicator"),
        gravest(judged_by).alias("status"),
        pl.col(share.events).cast(pl.Int64).alias("events"),
        pl.col(share.base).cast(pl.Int64).alias("base"),
        pl.col(share.indicator).cast(pl.Float64).alias("rate"),
        *(pl.col(name).alias(f"size_{name}") for name in SIZES),
    )
    values = pl.exclude(*KEYS, "status")
    return told.with_columns(pl.when(pl.col("status").is_in(with_value)).then(values))


def _compared(told: pl.DataFrame, share: Share) -> pl.DataFrame:
    known = told.filter(pl.col("rate").is_not_null())
    received, answered = (known[f"size_{name}"].to_numpy() for name in SIZES)
    field = known.filter(pl.Series(is_comparable(received, answered, FEWEST)))
    alone = known.select("agency", *_interval(known, share), _group(known))
    judged = told.join(alone, on="agency", how="left")
    if not field.is_empty():
        against = funnel(
            field["agency"].to_list(), field["events"].to_numpy(), field["base"].to_numpy(), share
        )
        judged = judged.join(against, on="agency", how="left")
    return _complete(judged)


def _interval(known: pl.DataFrame, share: Share) -> tuple[pl.Series, pl.Series]:
    limits = wilson(known["events"].to_numpy(), known["base"].to_numpy())
    decimals = INDICATORS[share.indicator].decimals
    lower, upper = (
        (PERCENT * pl.Series(each, dtype=pl.Float64)).round(decimals, mode="half_away_from_zero")
        for each in (limits.lower, limits.upper)
    )
    return lower.alias("rate_lower"), upper.alias("rate_upper")


def _group(known: pl.DataFrame) -> pl.Series:
    return pl.Series(
        "volume_group", volume_groups(known["size_received"].to_numpy(), VOLUME_GROUPS)
    )


def _complete(judged: pl.DataFrame) -> pl.DataFrame:
    """All columns in their order; who has a rate and no verdict has too few appeals."""
    absent = {
        name: pl.lit(None, kind)
        for name, kind in COMPARISON.schema.items()
        if name not in judged.columns
    }
    whole = judged.with_columns(**absent)
    is_left_out = pl.col("rate").is_not_null() & pl.col("verdict").is_null()
    return whole.with_columns(
        verdict=pl.when(is_left_out).then(pl.lit("too_few")).otherwise("verdict")
    ).select(pl.col(name).cast(kind) for name, kind in COMPARISON.schema.items())
