"""Gaps between a place or a group of applicants and everybody else, from published tables alone."""

from typing import Final

import polars as pl

from data.analyses.equity import (
    CONFIDENCE,
    DECIMALS,
    EQUITY,
    FALSE_DISCOVERY_RATE,
    FEWEST,
    FEWEST_EXPECTED,
    FIELDS,
    HIGHER,
    KEYS,
    LIKE,
    LOWER,
    P_DECIMALS,
    SHARES,
    TOO_FEW,
    Field,
    Share,
)
from data.codelists import Codelist
from data.dimensions import TOTAL
from data.observe import STATUS_SUFFIX
from data.periods import PATTERNS
from data.statuses import STATUSES
from etl.estimators.arrays import Floats
from etl.estimators.bands import benjamini_hochberg
from etl.estimators.differences import chances, has_enough, newcombe
from etl.gravity import gravest
from etl.stages import Edition, Tables

PERCENT: Final = 100
COUNTS: Final = ("events", "base", "rest_events", "rest_base")


def equity(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The gaps of an edition: a row for each year, level, code and indicator that is published."""
    found = [
        _compared(_beside_the_rest(counts, edition.codelists[field.dimension], field, share))
        for field in FIELDS
        for share in SHARES
        if (counts := _counts(tables, field, share)) is not None
    ]
    return pl.concat([pl.DataFrame(schema=EQUITY.schema), *found]).sort(KEYS)


def _counts(tables: Tables, field: Field, share: Share) -> pl.DataFrame | None:
    """Both counts of a share by year and code, with one status; none where no table has them."""
    name = field.outcomes if share.outcome else field.table
    if name not in tables or not {share.events, share.base} <= {*tables[name].columns}:
        return None
    yearly = tables[name].filter(pl.col("period").str.contains(PATTERNS["year"]))
    frames = {
        "base": _column(yearly, field, share.base, TOTAL if share.outcome else ""),
        "events": _column(yearly, field, share.events, share.outcome),
    }
    both = frames["base"].join(frames["events"], on=["period", "code"], suffix="_of_events")
    with_value = [code for code, status in STATUSES.items() if status.has_value]
    told = both.select(
        "period",
        "code",
        gravest(["status", "status_of_events"]).alias("status"),
        events="value_of_events",
        base="value",
    )
    counts = pl.col("events", "base")
    return told.with_columns(pl.when(pl.col("status").is_in(with_value)).then(counts))


def _column(frame: pl.DataFrame, field: Field, measure: str, outcome: str) -> pl.DataFrame:
    rows = frame.filter(pl.col("outcome") == outcome) if outcome else frame
    return rows.select(
        "period",
        code=field.dimension,
        value=pl.col(measure).cast(pl.Int64),
        status=f"{measure}{STATUS_SUFFIX}",
    )


def _beside_the_rest(
    counts: pl.DataFrame, codes: Codelist, field: Field, share: Share
) -> pl.DataFrame:
    """Each code of the level with what is left of the whole that it is a part of."""
    whole_of = {code: codes[code].parent or TOTAL for code in codes.at(field.level)}
    own = counts.filter(pl.col("code").is_in(list(whole_of))).with_columns(
        rest_of=pl.col("code").replace_strict(whole_of)
    )
    whole = counts.rename({"code": "rest_of"})
    joined = own.join(whole, on=["period", "rest_of"], suffix="_of_whole")
    place = pl.col("code") if field.dimension == "area" else pl.lit(TOTAL)
    group = pl.col("code") if field.dimension == "group" else pl.lit(TOTAL)
    return joined.select(
        "period",
        pl.lit(field.level).alias("level"),
        place.alias("area"),
        group.alias("group"),
        pl.lit(share.indicator).alias("indicator"),
        "rest_of",
        gravest(["status", "status_of_whole"]).alias("status"),
        "events",
        "base",
        rest_events=pl.col("events_of_whole") - pl.col("events"),
        rest_base=pl.col("base_of_whole") - pl.col("base"),
    ).with_columns(pl.when(pl.all_horizontal(pl.col(COUNTS).is_not_null())).then(pl.col(COUNTS)))


def _compared(told: pl.DataFrame) -> pl.DataFrame:
    """The declared columns of one level and indicator, all years."""
    rated = told.with_columns(
        rate=_percent(pl.col("events") / pl.col("base")),
        rest_rate=_percent(pl.col("rest_events") / pl.col("rest_base")),
    )
    years = [_of_year(of_year) for of_year in rated.partition_by("period")]
    return pl.concat([pl.DataFrame(schema=EQUITY.schema), *years])


def _of_year(rated: pl.DataFrame) -> pl.DataFrame:
    known = rated.filter(pl.col("base").is_not_null())
    counts = [known[name].to_numpy() for name in COUNTS]
    enough = known.filter(
        pl.Series(has_enough(*counts, fewest=FEWEST, fewest_expected=FEWEST_EXPECTED))
    )
    judged = rated.join(_gaps(enough), on=["area", "group"], how="left", maintain_order="left")
    is_few = pl.col("base").is_not_null() & pl.col("verdict").is_null()
    return judged.with_columns(
        verdict=pl.when(is_few).then(pl.lit(TOO_FEW)).otherwise("verdict")
    ).select(pl.col(name).cast(kind) for name, kind in EQUITY.schema.items())


def _gaps(enough: pl.DataFrame) -> pl.DataFrame:
    events, base, rest_events, rest_base = (enough[name].to_numpy() for name in COUNTS)
    gap = events / base - rest_events / rest_base
    limits = newcombe(events, base, rest_events, rest_base, CONFIDENCE)
    # Rounded first, so that a verdict follows from what is published.
    p_values = chances(events, base, rest_events, rest_base).round(P_DECIMALS)
    return enough.select("area", "group").with_columns(
        gap=_hundredths(gap),
        gap_lower=_hundredths(limits.lower),
        gap_upper=_hundredths(limits.upper),
        p_value=pl.Series(p_values, dtype=pl.Float64),
        verdict=_verdicts(gap, p_values),
        compared=pl.lit(enough.height, pl.Int64),
    )


def _verdicts(gap: Floats, p_values: Floats) -> pl.Series:
    is_apart = benjamini_hochberg(p_values) <= FALSE_DISCOVERY_RATE
    told = [
        (HIGHER if size > 0 else LOWER) if apart else LIKE
        for size, apart in zip(gap, is_apart, strict=True)
    ]
    return pl.Series(told, dtype=pl.String)


def _percent(share: pl.Expr) -> pl.Expr:
    rounded = (PERCENT * share).round(DECIMALS, mode="half_away_from_zero")
    return pl.when(rounded.is_finite()).then(rounded)


def _hundredths(shares: Floats) -> pl.Series:
    return (PERCENT * pl.Series(shares, dtype=pl.Float64)).round(
        DECIMALS, mode="half_away_from_zero"
    )
