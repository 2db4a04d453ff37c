"""Past: what earlier releases made public, which no later release may change or contradict.

Every release holds all that the one before it showed, so the newest speaks for them all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Count, Distinct, Expected, Sum
from data.observe import STATUS_SUFFIX
from data.releases import Release
from data.statuses import ESTIMATED, NORMAL, SUPPRESSED, TOO_FEW
from etl.catalogue import counts_of
from etl.disclosure.gate import DisclosureError
from etl.disclosure.grid import Grid, Numbers
from etl.sheets import Sheet, without
from etl.stages import Cells, Edition, Protected

FINAL: Final = (NORMAL.code, ESTIMATED.code)
KEPT: Final = Count | Sum | Distinct | Expected
"""The measures that are compared; response times and rates are made from these."""
WITHHELD: Final = (SUPPRESSED.code, TOO_FEW.code)


@dataclass(frozen=True)
class Changes:
    """The exact cells of the appeals that came between two releases, and of those that went."""

    came: Cells
    gone: Cells


@dataclass(frozen=True)
class Past:
    """The release before, and whether this one restates it: then its numbers may change, by what
    the ``changes`` say."""

    release: Release
    restated: bool = False
    changes: Changes | None = None

    @property
    def day(self) -> date:
        """The date of the data of the release before."""
        return date.fromisoformat(self.release.manifest.as_of)

    @property
    def catalogue(self) -> Mapping[str, Table]:
        """The tables as they were declared, with those of their measures that there still are."""
        return {name: _known(each.table) for name, each in self.release.manifest.tables.items()}

    def periods(self, table: str) -> frozenset[str]:
        """The periods of a table that were published before."""
        frame = self.release.tables.get(table)
        return frozenset() if frame is None else frozenset(frame["period"].unique())

    def told(self, table: str) -> set[str]:
        """The periods of which a table told final numbers; a restatement is bound to none."""
        if self.restated or table not in self.release.tables:
            return set()
        frame = self.release.tables[table]
        final = [
            pl.col(f"{name}{STATUS_SUFFIX}").is_in(FINAL) for name in self.catalogue[table].measures
        ]
        return {*frame.filter(pl.any_horizontal(final))["period"]}

    def told_again(self, cells: Cells) -> Cells:
        """Of the cells those that were published before: a restatement tells of no others.

        What is new follows in the next release, bound to the restatement. Raises
        ``DisclosureError`` where a table has counts that the release before did not know.
        """
        known = {name: table for name, table in cells.catalogue.items() if name in self.catalogue}
        for name, table in known.items():
            fresh = {*counts_of(table, cells.edition)} - {*self.catalogue[name].measures}
            if fresh:
                raise DisclosureError(
                    "Restatement",
                    f"release {self.release.id} does not tell {', '.join(sorted(fresh))}.",
                    "Publish what this version tells more first (python -m etl run).",
                )
        again = {n: cells.tables[n].filter(self._published(n)) for n in known}
        return replace(cells, catalogue=known, tables=again)

    def _published(self, table: str) -> pl.Expr:
        return pl.col("period").is_in(list(self.periods(table)))

    def codes(self) -> dict[str, set[str]]:
        """The codes of its code lists by dimension."""
        lists = self.release.codelists
        return {name: {code.code for code in each.codes} for name, each in lists.items()}

    @property
    def left_out(self) -> list[Sheet]:
        """The sheets that the release before left out."""
        told = self.release.manifest.disclosure["sheets_left_out"]
        return [Sheet(each["table"], each["grain"], tuple(each["periods"])) for each in told]

    def still_told(self, cells: Cells) -> Cells:
        """The cells of the sheets that were not left out: what nothing protected once is not tried
        again, for its counts are the same, and more is published beside them."""
        return without(cells, self.left_out)

    def shown(self, grid: Grid, year: str, edition: Edition) -> tuple[Numbers, Numbers]:
        """The numbers of the counts of a year that were shown, and their values."""
        found = list(self._counts(grid, year, edition, is_shown=True))
        numbers = [grid.number(frame, measure) for measure, frame in found]
        values = [frame[measure].cast(pl.Int64).to_numpy() for measure, frame in found]
        return _joined(numbers), _joined(values)

    def hidden(self, grid: Grid, year: str, edition: Edition) -> Numbers:
        """The numbers of the counts of a year that were hidden."""
        found = self._counts(grid, year, edition, is_shown=False)
        return _joined([grid.number(frame, measure) for measure, frame in found])

    def _counts(
        self, grid: Grid, year: str, edition: Edition, *, is_shown: bool
    ) -> Iterator[tuple[str, pl.DataFrame]]:
        for name, table in self.catalogue.items():
            frame = self.release.tables[name].filter(pl.col("period").str.starts_with(year))
            known = [pl.col(key).is_in(list(grid.axis(key).codes)) for key in table.keys]
            for measure in counts_of(table, edition):
                if measure in frame.columns and measure in grid.axis("measure").position:
                    value, status = pl.col(measure), pl.col(f"{measure}{STATUS_SUFFIX}")
                    wanted = value.is_not_null() if is_shown else status.is_in(WITHHELD)
                    yield measure, frame.filter(wanted, *known)


def _known(table: Table) -> Table:
    return replace(table, measures=tuple(name for name in table.measures if name in MEASURES))


def _joined(columns: list[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, dtype=np.int64), *columns])


def check_unchanged(protected: Protected, past: Past | None) -> None:
    """Raises ``DisclosureError`` when a number that was published would change or disappear."""
    if past is None or past.restated:
        return
    before = {name: each.table for name, each in past.release.manifest.tables.items()}
    changed = {
        name: count
        for name, table in before.items()
        if (count := _changed(past.release.tables[name], protected.tables.get(name), table))
    }
    if changed:
        told = ", ".join(f"{count} of {name}" for name, count in changed.items())
        raise DisclosureError(
            "Published before",
            f"numbers of release {past.release.id} would change: {told}.",
            "Mend the source or the mapping; or publish a restatement (python -m etl restate).",
        )


def _changed(before: pl.DataFrame, now: pl.DataFrame | None, table: Table) -> int:
    """How many values that were final before are others now, or are told no more."""
    if now is None:
        return before.height
    gone = [name for name in table.measures if name not in now.columns]
    if gone:
        return sum(int(before[f"{name}{STATUS_SUFFIX}"].is_in(FINAL).sum()) for name in gone)
    values = [name for name in table.measures if isinstance(MEASURES[name], KEPT)]
    columns = [f"{name}{STATUS_SUFFIX}" for name in values]
    joined = before.select(*table.keys, *values, *columns).join(
        now.select(*table.keys, *values), on=table.keys, how="left", suffix="__now"
    )
    final = {name: pl.col(f"{name}{STATUS_SUFFIX}").is_in(FINAL) for name in values}
    differs = [final[name] & pl.col(name).ne_missing(pl.col(f"{name}__now")) for name in values]
    return int(joined.select(pl.sum_horizontal(each.sum() for each in differs)).item())
