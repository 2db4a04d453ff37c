"""Indirect standardisation: each agency against what all would have done with its appeals.

Agencies differ in what they are asked. The number expected of an agency is its own appeals in each
stratum times the rate of all agencies there; observed above expected is conduct, not case mix, as
far as the strata describe it. A ratio compares an agency with all together: ratios of two agencies
with unlike case mixes are not comparable with each other.

A frame of strata has a row for each agency and stratum, with the columns ``agency``, those of the
dimensions, ``events`` and ``base`` (the appeals that could be events). An agency's rows of the same
stratum add up.
"""

from collections.abc import Sequence
from itertools import combinations
from math import factorial
from typing import Final

import polars as pl

from etl.estimators.arrays import EstimateError, counts_within
from etl.estimators.proportions import pooled_rate, wilson

AGENCY: Final = "agency"
EVENTS: Final = "events"
BASE: Final = "base"


def indirectly_standardised(strata: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
    """A row for each agency, in the order of codes: ``agency``, ``observed``, ``base``,
    ``expected``, ``of_others``, ``ratio`` and ``adjusted`` with ``ratio_lower`` …
    ``adjusted_upper`` (95 %).

    ``of_others`` is the share of the reference that other agencies are, in the strata of this one:
    near 0 it is compared with itself, and a ratio of 1 says nothing.

    ``ratio`` is observed by expected. ``adjusted`` is the rate, between 0 and 1, that the agency
    would have with the case mix of all; it moves the overall rate by the ratio of the agency's odds
    to those expected, so that it cannot exceed 1 and a share and its complement tell the same.
    Limits are Wilson's of the observed share, the expected number taken as known; they are a little
    wide where rates differ much between an agency's strata. Null where nothing, or everything, is
    expected.

    Raises ``EstimateError`` where columns are missing or events exceed their base.

    Sources: Breslow & Day 1987, Statistical Methods in Cancer Research II, chapter 2 (indirect
    standardisation); Wilson 1927, J. Am. Stat. Assoc. 22 (limits).
    """
    _refuse(strata, dimensions)
    overall = pooled_rate(strata[EVENTS].to_numpy(), strata[BASE].to_numpy())
    found = (
        _with_expected(strata, dimensions)
        .group_by(AGENCY)
        .agg(
            pl.col(EVENTS).sum().alias("observed"),
            pl.col(BASE).sum(),
            pl.col("expected").sum(),
            (pl.col("of_others") * pl.col(BASE)).sum() / pl.col(BASE).sum(),
        )
        .sort(AGENCY)
    )
    limits = wilson(found["observed"].to_numpy(), found[BASE].to_numpy())
    shares = {
        "": found["observed"] / found[BASE],
        "_lower": pl.Series(limits.lower),
        "_upper": pl.Series(limits.upper),
    }
    expected = pl.col("expected") / pl.col(BASE)
    is_open = (expected > 0) & (expected < 1)
    ratios = {f"ratio{each}": share / expected for each, share in shares.items()}
    adjusted = {
        f"adjusted{each}": _moved(overall, share, expected) for each, share in shares.items()
    }
    columns = {**ratios, **adjusted}
    return found.with_columns(
        pl.when(is_open).then(value).alias(name) for name, value in columns.items()
    )


def case_mix_contributions(strata: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
    """What moved each agency from the overall rate: ``agency``, ``dimension``, ``contribution``.

    One row for each agency and dimension and one for ``conduct``, which is what case mix does not
    explain. Contributions are differences of rates (0.01 is one percentage point), and those of an
    agency add up to its observed rate less the overall rate. That of a dimension is the change of
    the expected rate when the dimension joins those already standardised for, averaged over all
    orders of joining, so that it does not depend on one. Agencies with no base are left out.

    Sources: Das Gupta 1993, Standardization and Decomposition of Rates, US Bureau of the Census;
    Shapley 1953, Contributions to the Theory of Games II.
    """
    _refuse(strata, dimensions)
    given = strata.filter(pl.col(AGENCY).is_in(_with_base(strata).implode()))
    overall = pooled_rate(given[EVENTS].to_numpy(), given[BASE].to_numpy())
    rates = {
        subset: _expected_rates(given, subset)
        for size in range(len(dimensions) + 1)
        for subset in combinations(dimensions, size)
    }
    moved = {each: _shapley(rates, each, dimensions) for each in dimensions}
    by_agency = given.group_by(AGENCY).agg(pl.col(EVENTS, BASE).sum()).sort(AGENCY)
    observed = by_agency[EVENTS] / by_agency[BASE]
    moved["conduct"] = observed - overall - sum(moved.values(), start=0 * observed)
    return pl.concat(
        by_agency.select(AGENCY, pl.lit(name).alias("dimension"), change.alias("contribution"))
        for name, change in moved.items()
    ).sort(AGENCY, maintain_order=True)


def _with_expected(strata: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
    """Adds the events expected of each row at the rate of all agencies in its stratum, and the
    share of that stratum which is other agencies'."""
    whole = [*dimensions, "everything"]
    own = pl.col(BASE).sum().over(AGENCY, *whole)
    all_base, all_events = (pl.col(name).sum().over(whole) for name in (BASE, EVENTS))
    # A stratum in which nobody has anything expects nothing.
    return strata.with_columns(everything=pl.lit(value=True)).with_columns(
        expected=(pl.col(BASE) * all_events / all_base).fill_nan(0.0),
        of_others=(1 - own / all_base).fill_nan(0.0),
    )


def _expected_rates(strata: pl.DataFrame, dimensions: Sequence[str]) -> pl.Series:
    expected = _with_expected(strata, dimensions).group_by(AGENCY)
    return expected.agg(pl.col("expected").sum() / pl.col(BASE).sum()).sort(AGENCY)["expected"]


def _shapley(
    rates: dict[tuple[str, ...], pl.Series], dimension: str, dimensions: Sequence[str]
) -> pl.Series:
    """The mean change that a dimension makes when it joins the others, over all orders."""
    count = len(dimensions)
    change = 0 * rates[()]
    for before, rate in rates.items():
        if dimension not in before:
            after = tuple(each for each in dimensions if each in (*before, dimension))
            orders = factorial(len(before)) * factorial(count - len(before) - 1)
            change = change + (rates[after] - rate) * (orders / factorial(count))
    return change


def _moved(overall: float, share: pl.Series, expected: pl.Expr) -> pl.Expr:
    """The overall rate with its odds times the odds of ``share`` by those of ``expected``."""
    events = overall * (1 - expected) * share
    others = (1 - overall) * expected * (1 - share)
    return events / (events + others)


def _with_base(strata: pl.DataFrame) -> pl.Series:
    return strata.group_by(AGENCY).agg(pl.col(BASE).sum()).filter(pl.col(BASE) > 0)[AGENCY]


def _refuse(strata: pl.DataFrame, dimensions: Sequence[str]) -> None:
    missing = {AGENCY, EVENTS, BASE, *dimensions} - set(strata.columns)
    if missing or len(set(dimensions)) != len(dimensions):
        raise EstimateError(
            "Not strata",
            f"Missing: {', '.join(sorted(missing)) or 'nothing'}; or a dimension is named twice.",
            "Give one column for the agency, each dimension, the events and the base.",
        )
    counts_within(strata[EVENTS].to_numpy(), strata[BASE].to_numpy(), (EVENTS, BASE))
