"""Maturity: which periods and counts are ripe for publication, so that none is ever revised.

A count that grows after its period has ended waits until it hardly grows; a period that has not
ended waits for its end. What differs between two releases would tell of the few between them. Of
a closed source there is no later release, so what its end cuts short is shown as provisional.
"""

from collections.abc import Iterable
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
    return codes.is_in(due(codes.unique(), measure, edition))


def is_for(codes: pl.Series, measure: Measure) -> pl.Series:
    """True for the periods that are long enough for a measure."""
    return codes.is_in(long_enough(codes.unique(), measure))


def is_provisional(codes: pl.Series, measure: Measure, edition: Edition) -> pl.Series:
    """True for the periods whose published value a longer wait would have changed."""
    return codes.is_in([code for code in codes.unique() if _is_young(code, measure, edition)])


def due(codes: Iterable[str], measure: Measure, edition: Edition) -> list[str]:
    """Of some periods those in which a measure is published by now."""
    ripe = long_enough(codes, measure)
    if is_closed(edition):
        return ripe
    return [code for code in ripe if not _is_young(code, measure, edition)]


def long_enough(codes: Iterable[str], measure: Measure) -> list[str]:
    """Of some periods those that are long enough for a measure."""
    finest = measure.finest if isinstance(measure, Count | Sum) else GRAINS[-1]
    return [code for code in codes if as_fine_as(grain_of(code), finest)]


def _is_young(code: str, measure: Measure, edition: Edition) -> bool:
    wait = MATURE_AFTER if measure.matures else timedelta()
    return last_day(code) + wait > edition.as_of


def _has_ended(code: str, edition: Edition) -> bool:
    return last_day(code) <= edition.as_of
