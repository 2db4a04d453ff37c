"""Maturity: which periods and counts are ripe for publication, so that none is ever revised.

A count that grows after its period has ended waits until it hardly grows; a period that has not
ended waits for its end. What differs between two releases would tell of the few between them. Of
a closed source there is no later release, so what its end cuts short is shown as provisional.
"""

from datetime import timedelta
from typing import Final

import polars as pl

from data.grains import GRAINS, Grain, as_fine_as
from data.measures import Count, Measure, Sum
from data.periods import grain_of, last_day
from etl.calendar import codes_between
from etl.stages import Edition

MATURE_AFTER: Final = timedelta(days=60)
"""How long after a period's end a count that grows is published: two months."""


def periods(edition: Edition, grain: Grain) -> list[str]:
    """The codes of the periods to publish at a grain."""
    codes = codes_between(edition.first_day, edition.as_of, grain)
    return codes if is_closed(edition) else [code for code in codes if _has_ended(code, edition)]


def is_closed(edition: Edition) -> bool:
    """True when no later release is to come, as the mapping says."""
    return bool(edition.rules.get("closed"))


def is_due(codes: pl.Series, measure: Measure, edition: Edition) -> pl.Series:
    """True for the periods in which a measure is published by now."""
    young = [] if is_closed(edition) else _young(codes, measure, edition)
    return is_for(codes, measure) & ~codes.is_in(young)


def is_for(codes: pl.Series, measure: Measure) -> pl.Series:
    """True for the periods that are long enough for a measure."""
    finest = measure.finest if isinstance(measure, Count | Sum) else GRAINS[-1]
    return codes.is_in([each for each in codes.unique() if as_fine_as(grain_of(each), finest)])


def is_provisional(codes: pl.Series, measure: Measure, edition: Edition) -> pl.Series:
    """True for the periods whose published value a longer wait would have changed."""
    return codes.is_in(_young(codes, measure, edition))


def _young(codes: pl.Series, measure: Measure, edition: Edition) -> list[str]:
    wait = MATURE_AFTER if measure.matures else timedelta()
    return [code for code in codes.unique() if last_day(code) + wait > edition.as_of]


def _has_ended(code: str, edition: Edition) -> bool:
    return last_day(code) <= edition.as_of
