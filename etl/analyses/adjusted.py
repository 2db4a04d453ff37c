"""Adjusted shares: what is observed of an agency beside what its case mix lets expect."""

from typing import Final

import polars as pl

from data.analyses.adjusted import ADJUSTED, KEYS, LEVEL, LEVELS, SHARES, TABLE, Share
from data.dimensions import TOTAL
from data.indicators import INDICATORS
from data.observe import STATUS_SUFFIX
from data.statuses import STATUSES
from etl.estimators.proportions import wilson
from etl.estimators.standardised import adjusted
from etl.gravity import gravest
from etl.stages import Edition, Tables

PERCENT: Final = 100
DECIMALS: Final = 2
"""Of differences, expected rates and the reference; rates have those of their indicator."""


def adjusted_shares(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The adjusted shares of all agencies of an edition, from the published table of case mix."""
    agencies = list(edition.codelists[LEVEL].at(LEVEL))
    years = tables[TABLE].partition_by("period")
    found = [_of_year(year, agencies, each) for year in years for each in SHARES]
    return pl.concat([pl.DataFrame(schema=ADJUSTED.schema), *found]).sort(KEYS)


def _of_year(year: pl.DataFrame, agencies: list[str], of: Share) -> pl.DataFrame:
    told = _told(year, of)
    rows = told.filter(pl.col("agency").is_in(agencies))
    everyone = told.filter(pl.col("agency") == TOTAL, pl.col("base") > 0)
    if not everyone.is_empty():
        rows = _compared(rows, everyone["events"].item() / everyone["base"].item(), of)
    absent = [
        pl.lit(None, kind).alias(name)
        for name, kind in ADJUSTED.schema.items()
        if name not in rows.columns
    ]
    return rows.with_columns(absent).select(
        pl.col(name).cast(kind) for name, kind in ADJUSTED.schema.items()
    )


def _told(year: pl.DataFrame, of: Share) -> pl.DataFrame:
    """What the table tells of one indicator, where its status and that of what is expected have
    values; what moved it where that is told."""
    judged_by = [f"{name}{STATUS_SUFFIX}" for name in (of.indicator, of.expected)]
    with_value = [code for code, status in STATUSES.items() if status.has_value]
    moved = {f"moved_{level}": pl.col(of.moved(level)) for level in LEVELS}
    told = year.select(
        "period",
        "agency",
        pl.lit(of.indicator).alias("indicator"),
        gravest(judged_by).alias("status"),
        pl.col(of.events).alias("events"),
        pl.col(of.base).alias("base"),
        pl.col(of.expected).alias("expected"),
        pl.col(of.indicator).cast(pl.Float64).alias("rate"),
        pl.col(of.of_itself).alias("of_itself"),
        **moved,
    )
    values = pl.exclude(*KEYS, "status")
    return told.with_columns(pl.when(pl.col("status").is_in(with_value)).then(values))


def _compared(rows: pl.DataFrame, overall: float, of: Share) -> pl.DataFrame:
    known = rows.filter(pl.col("rate").is_not_null())
    reference = pl.lit(PERCENT * overall).round(DECIMALS, mode="half_away_from_zero")
    return rows.join(_moved(known, overall, of), on="agency", how="left").with_columns(
        expected_rate=_percent(pl.col("expected"), "base"),
        reference=pl.when(pl.col("rate").is_not_null()).then(reference),
        conduct=_percent(pl.col("events") - pl.col("expected"), "base"),
        own=_percent(pl.col("of_itself"), "expected"),
        **{f"by_{level}": _percent(pl.col(f"moved_{level}"), "base") for level in LEVELS},
    )


def _moved(known: pl.DataFrame, overall: float, of: Share) -> pl.DataFrame:
    """The adjusted rate of each agency and its limits, to the decimals of the indicator."""
    events, base, expected = (known[name].to_numpy() for name in ("events", "base", "expected"))
    limits = wilson(events, base)
    shares = {
        "adjusted": events / base,
        "adjusted_lower": limits.lower,
        "adjusted_upper": limits.upper,
    }
    decimals = INDICATORS[of.indicator].decimals
    found = {
        name: (PERCENT * pl.Series(adjusted(overall, share, expected / base), dtype=pl.Float64))
        .round(decimals, mode="half_away_from_zero")
        .fill_nan(None)
        for name, share in shares.items()
    }
    return known.select("agency").with_columns(**found)


def _percent(part: pl.Expr, whole: str) -> pl.Expr:
    share = (PERCENT * part / pl.col(whole)).round(DECIMALS, mode="half_away_from_zero")
    return pl.when(share.is_finite()).then(share)
