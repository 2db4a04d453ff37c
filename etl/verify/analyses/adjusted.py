"""Adjusted shares: they say what the table of case mix says, and follow from it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from data.analyses.adjusted import ADJUSTED, KEYS, LEVELS, SHARES, TABLE, Share
from data.dimensions import TOTAL
from etl.verify.opened import Opened

NAME: Final = ADJUSTED.name
CLOSE: Final = 0.0051
"""Half the last decimal of a difference, and what the representation of a number takes."""
CLOSE_RATE: Final = 0.051
"""The same of an adjusted rate."""


def adjusted_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges the adjusted shares by the published counts and the rules that the manifest states."""
    expected = pl.concat(_as_published(release, share) for share in SHARES).sort(KEYS)
    if not frame.select(KEYS).equals(expected.select(KEYS)):
        yield f"{NAME}: its rows are not each agency, year and indicator once"
        return
    judged = frame.join(expected, on=KEYS, suffix="__told", maintain_order="left")
    for name in ("events", "base", "expected", "rate"):
        if judged.filter(pl.col(name).ne_missing(pl.col(f"{name}__told"))).height:
            yield f"{NAME}: {name} is not what {TABLE} shows"
    values = [name for name in frame.columns if name not in {*KEYS, "status"}]
    withheld = frame.filter(pl.col("rate").is_null()).select(values)
    if withheld.select(pl.all().is_not_null().any()).to_numpy().any():
        yield f"{NAME}: an agency for which nothing is expected has values"
    known = judged.filter(pl.col("rate").is_not_null())
    if (known["base"] < rules["fewest"]).any():
        yield f"{NAME}: an agency with fewer than {rules['fewest']} is adjusted"
    yield from _following(known)


def _as_published(release: Opened, share: Share) -> pl.DataFrame:
    """What the table says of a share: of each agency, and of all."""
    frame = release.tables[TABLE]
    overall = frame.filter(pl.col("agency") == TOTAL).select(
        "period", overall=pl.col(share.events) / pl.col(share.base)
    )
    columns = {
        "events": pl.col(share.events),
        "base": pl.col(share.base),
        "expected": pl.col(share.expected),
        "rate": pl.col(share.indicator).cast(pl.Float64),
        "own": 100 * pl.col(share.of_itself) / pl.col(share.expected),
        **{f"by_{each}": 100 * pl.col(share.moved(each)) / pl.col(share.base) for each in LEVELS},
    }
    is_known = pl.all_horizontal(columns[name].is_not_null() for name in ("expected", "rate"))
    told = frame.filter(pl.col("agency").is_in(release.codelists["agency"].at("agency"))).select(
        "period",
        "agency",
        pl.lit(share.indicator).alias("indicator"),
        **{name: pl.when(is_known).then(value) for name, value in columns.items()},
    )
    return told.join(overall, on="period", how="left")


def _following(known: pl.DataFrame) -> Iterator[str]:
    """The estimates follow from the counts; a rate lies within its limits."""
    raw, awaited = (pl.col(name) / pl.col("base") for name in ("events", "expected"))
    told = {
        "expected_rate": 100 * awaited,
        "conduct": 100 * (raw - awaited),
        "reference": 100 * pl.col("overall"),
        "own": pl.col("own__told"),
        **{f"by_{level}": pl.col(f"by_{level}__told") for level in LEVELS},
    }
    for name, value in told.items():
        if known.filter(_differs(name, value, CLOSE)).height:
            yield f"{NAME}: {name} does not follow from the published counts"
    odds = _odds(pl.col("overall")) * _odds(raw) / _odds(awaited)
    moved = pl.when(raw < 1).then(100 * odds / (1 + odds)).otherwise(100.0)
    is_open = (awaited > 0) & (awaited < 1) & (pl.col("overall") < 1) & (pl.col("overall") > 0)
    if known.filter(_differs("adjusted", pl.when(is_open).then(moved), CLOSE_RATE)).height:
        yield f"{NAME}: an adjusted rate does not follow from the published counts"
    outside = ~pl.col("adjusted").is_between("adjusted_lower", "adjusted_upper")
    if known.filter(outside).height:
        yield f"{NAME}: an adjusted rate is not within its limits"


def _differs(name: str, told: pl.Expr, close: float) -> pl.Expr:
    value = pl.when(told.is_finite()).then(told)
    apart = ((pl.col(name) - value).abs() > close).fill_null(value=False)
    return apart | (pl.col(name).is_null() != value.is_null())


def _odds(share: pl.Expr) -> pl.Expr:
    return share / (1 - share)
