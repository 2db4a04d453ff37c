"""Themes of acts as interrupted series: one for each theme and month in which it has an act."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.analyses.act_effects import (
    CONFIDENCE,
    COUNT,
    FEWEST_AFTER,
    FEWEST_APPEALS,
    FEWEST_BEFORE,
    MOST_AFTER,
    MOST_BEFORE,
    SEASONAL_FROM,
    TABLE,
    WAVE_PAIRS,
)
from data.dimensions import TOTAL
from etl.analyses.monthly import Monthly, month_number, monthly, whole_months
from etl.estimators.arrays import Booleans, Floats, Integers
from etl.estimators.loglinear import waves
from etl.estimators.segmented import Segmented, segmented
from etl.stages import Edition, Tables

PAIR: Final = ("theme", "adopted")


@dataclass(frozen=True, eq=False)
class Interrupted:
    """The series, one a pair of theme and month: ``counts``, ``others`` (all other appeals) and
    ``since`` (months since that of the act) are pairs x months; ``known`` tells which are looked
    at."""

    pairs: tuple[tuple[str, str], ...]
    national: Monthly
    counts: Floats
    others: Floats
    since: Integers
    known: Booleans

    @property
    def before(self) -> Booleans:
        return self.known & (self.since < 0)

    @property
    def after(self) -> Booleans:
        return self.known & (self.since > 0)

    @property
    def is_long_enough(self) -> Booleans:
        """Which pairs have enough months and appeals on either side."""
        enough = np.ones(len(self.pairs), dtype=np.bool_)
        for side, fewest in ((self.before, FEWEST_BEFORE), (self.after, FEWEST_AFTER)):
            enough &= side.sum(axis=1) >= fewest
            enough &= np.where(side, self.counts, 0).sum(axis=1) >= FEWEST_APPEALS
        return enough

    @property
    def is_seasonal(self) -> Booleans:
        """Which pairs have enough months for the course of a year to be taken out."""
        enough: Booleans = (self.before | self.after).sum(axis=1) >= SEASONAL_FROM
        return enough


def interrupted(tables: Tables, edition: Edition) -> Interrupted:
    """The series of all themes and months in which the register has an act."""
    pairs = tuple(sorted(set(with_month(edition.register).select(PAIR).iter_rows())))
    months = whole_months(edition)
    themes = (TOTAL, *sorted({theme for theme, _ in pairs}))
    everywhere = tables[TABLE]
    if "area" in everywhere.columns:
        everywhere = everywhere.filter(pl.col("area") == TOTAL)
    national = monthly(everywhere, "theme", themes, COUNT, months)
    rows = np.array([themes.index(theme) for theme, _ in pairs], dtype=np.int64)
    at = np.array([month_number(adopted) for _, adopted in pairs], dtype=np.int64)
    since = months[None, :] - at[:, None]
    counts = national.values[rows]
    is_near = (since >= -MOST_BEFORE) & (since <= MOST_AFTER)
    return Interrupted(
        pairs, national, counts, national.values[0] - counts, since, is_near & ~np.isnan(counts)
    )


def with_month(acts: pl.DataFrame) -> pl.DataFrame:
    """The register with ``adopted``, the month of each act."""
    return acts.with_columns(adopted=pl.col("date").dt.strftime("%Y-%m"))


def estimates(
    series: Interrupted, *, beside_others: bool = False
) -> Iterator[tuple[Integers, Segmented]]:
    """What is found of the pairs that have enough months, with their places among all pairs.

    ``beside_others`` looks at the theme in proportion to all other appeals instead of by the day.
    """
    days = np.broadcast_to(series.national.days, series.counts.shape)
    exposure = series.others if beside_others else days
    known = series.known & (exposure > 0)
    for pairs, chosen in ((0, ~series.is_seasonal), (WAVE_PAIRS, series.is_seasonal)):
        places = np.flatnonzero(series.is_long_enough & chosen)
        if places.size:
            yield (
                places,
                segmented(
                    series.counts[places],
                    exposure[places],
                    series.since[places],
                    known[places],
                    season=waves(series.national.months, pairs),
                    confidence=CONFIDENCE,
                ),
            )
