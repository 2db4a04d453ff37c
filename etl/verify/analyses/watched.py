"""What is watched, as the verifier reads it from the tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from data.analyses.alerts import FIELDS, WATCHED, Watched
from data.dimensions import TOTAL
from etl.verify.analyses.months import whole_months
from etl.verify.opened import Opened

Months = Mapping[str, tuple[int, int]]
"""Events and base of each published month; a count is its own base."""


@dataclass(frozen=True)
class Series:
    """The published months of one series, and those of the country."""

    watched: Watched
    own: Months
    country: Months

    @property
    def compared(self) -> list[str]:
        """The months that can be compared with the year before."""
        return [
            month
            for month in self.own
            if year_before(month) in self.own and self.odds(month) is not None
        ]

    def odds(self, month: str) -> float | None:
        """By how much the country's count, or its odds, changed since the year before."""
        now, before = (self._of_country(each) for each in (month, year_before(month)))
        return now / before if now and before else None

    def _of_country(self, month: str) -> float | None:
        events, base = self.country.get(month, (0, 0))
        if self.watched.base is None:
            return float(events)
        return events / (base - events) if base > events else None


def every_series(release: Opened) -> Iterator[tuple[tuple[str, str, str], Series]]:
    """Each series that can be watched, by indicator, agency and area."""
    months = whole_months(release.manifest)
    for field in FIELDS:
        table = release.tables.get(field.table)
        if table is None or field.dimension not in table.columns:
            continue
        for watched in WATCHED:
            country = _months(release.tables["national"], watched, months)
            for code in release.codelists[field.dimension].at(field.level):
                own = _months(table.filter(pl.col(field.dimension) == code), watched, months)
                at = {"agency": TOTAL, "area": TOTAL, field.dimension: code}
                yield (watched.indicator, at["agency"], at["area"]), Series(watched, own, country)


def _months(frame: pl.DataFrame, watched: Watched, months: Sequence[str]) -> Months:
    base = watched.base or watched.events
    published = frame.filter(
        pl.col("period").is_in(list(months)),
        pl.col(watched.events).is_not_null() & pl.col(base).is_not_null(),
    ).sort("period")
    rows = published.select("period", watched.events, pl.col(base).alias("base_")).iter_rows()
    return {period: (events, whole) for period, events, whole in rows}


def year_before(month: str) -> str:
    """The same month a year earlier."""
    return f"{int(month[:4]) - 1:04}{month[4:]}"
