"""Watching: the evidence of change in each month against the year before, summed up."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from data.analyses.alerts import DECIMALS, FACTOR, LIMIT
from etl.estimators.arrays import Booleans, Floats
from etl.estimators.cusum import Cusum, cusum
from etl.estimators.odds import Evidence, of_counts, of_shares, usual_spread_squared

YEAR: Final = 12
SPREAD_DECIMALS: Final = 4


@dataclass(frozen=True, eq=False)
class Counted:
    """``events`` by series and month, and the ``base`` of a share; NaN where not published."""

    events: Floats
    base: Floats | None = None

    @property
    def known(self) -> Booleans:
        both = ~np.isnan(self.events)
        return both if self.base is None else both & ~np.isnan(self.base)

    def at(self, months: slice) -> "Counted":
        """The same in some of the months."""
        base = None if self.base is None else self.base[:, months]
        return Counted(self.events[:, months], base)

    @property
    def odds(self) -> Floats:
        """The count itself, or the odds of an event; NaN where nothing can be compared with it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = self.events if self.base is None else self.events / (self.base - self.events)
            comparable: Floats = np.where(np.isfinite(odds) & (odds > 0), odds, np.nan)
        return comparable


@dataclass(frozen=True, eq=False)
class Watch:
    """From the thirteenth month on, by series and month: whether both months are ``known``, what
    was ``expected``, and the sums; ``spread`` is what series of this kind usually vary by."""

    known: Booleans
    expected: Floats
    spread: float
    rise: Cusum
    fall: Cusum


def watch(series: Counted, country: Counted) -> Watch:
    """Watches all series of one kind, which have the same months as the one row of ``country``."""
    now, before = series.at(slice(YEAR, None)), series.at(slice(None, -YEAR))
    odds = country.at(slice(YEAR, None)).odds / country.at(slice(None, -YEAR)).odds
    odds = np.broadcast_to(odds, now.events.shape)
    known = now.known & before.known & ~np.isnan(odds)
    evidence = _evidence(now, before, odds, known)
    squared = usual_spread_squared(now.events[known], evidence)
    spread = round(float(np.sqrt(squared)), SPREAD_DECIMALS)
    rise, fall = (_by_month(each, known) for each in evidence.with_spread(spread**2))
    return Watch(
        known,
        _expected(now, before, odds),
        spread,
        cusum(rise, LIMIT, DECIMALS),
        cusum(fall, LIMIT, DECIMALS),
    )


def _evidence(now: Counted, before: Counted, odds: Floats, known: Booleans) -> Evidence:
    counts = [each.events[known].astype(np.int64) for each in (now, before)]
    if now.base is None or before.base is None:
        return of_counts(counts[0], counts[1], odds[known], FACTOR)
    bases = [each[known].astype(np.int64) for each in (now.base, before.base)]
    return of_shares((counts[0], bases[0]), (counts[1], bases[1]), odds[known], FACTOR)


def _by_month(found: Floats, known: Booleans) -> Floats:
    table = np.full(known.shape, np.nan)
    table[known] = found
    return table


def _expected(now: Counted, before: Counted, odds: Floats) -> Floats:
    """The count of the year before, or its share, moved by the odds of the country."""
    if now.base is None or before.base is None:
        return before.events * odds
    moved = before.events * odds
    failures = before.base - before.events
    with np.errstate(divide="ignore", invalid="ignore"):
        expected: Floats = now.base * np.where(before.base > 0, moved / (moved + failures), 0.0)
    return expected
