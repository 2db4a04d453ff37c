"""Guard: brings the cells of a run before the gate and gives back what must not be shown.

The gate sees every count of every table of a year at once, and what contains it, so that neither a
sum nor a difference of published numbers gives a hidden one away. No total spans two years, so
years are decided apart. A sheet that nothing can protect is left out.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import polars as pl

from data.datasets import Table
from data.grains import GRAINS
from data.periods import coarser
from etl.calendar import codes_between
from etl.disclosure.gate import Decision, DisclosureError, UnprotectedError
from etl.disclosure.grid import Numbers
from etl.disclosure.system import Mask, System
from etl.past import Past
from etl.ruling import Rule, ruled
from etl.sheets import Sheet, alone, only, removable, sheets_of, without, years_of
from etl.stages import Cells, Edition
from etl.systems import grid_of, numbers_of, published, system_of, told_by
from etl.thin import flows_not_told

Held = Callable[[Sheet], Numbers]
"""Gives the numbers of the cells on a sheet."""


@dataclass(frozen=True)
class Guarded:
    """What the gate decided on each year, and the cells of the sheets that it could protect."""

    decisions: tuple[Decision, ...]
    cells: Cells
    left_out: tuple[Sheet, ...]

    def published(self, decision: Decision) -> Mask:
        """True for the counts of persons of a year that are published now, shown or hidden."""
        return published(self._told, decision.system)

    @cached_property
    def _told(self) -> Numbers:
        return told_by(self.cells, self.decisions[0].system.grid)

    def hides(self, keys: pl.DataFrame, measure: str) -> pl.Series:
        """True for the rows of a table in which a count is hidden; ``keys`` has the key columns."""
        hidden = [each.system.numbers[each.pattern.hidden] for each in self.decisions]
        numbers = self.decisions[0].system.grid.number(keys, measure)
        return pl.Series(np.isin(numbers, np.concatenate(hidden)))


def guard(cells: Cells, threshold: int, key: bytes, past: Past | None = None) -> Guarded:
    """Decides what is hidden; ``key`` settles ties, so that the choice is no public function.

    What the ``past`` hid stays hidden, and what it showed stays shown. Raises ``DisclosureError``
    when no sheet is left that can be protected.
    """
    if past:
        cells = past.told_again(cells) if past.restated else past.still_told(cells)
    numbers = grid_of(cells)
    rules = [Rule(numbers, year, threshold, key, past) for year in years_of(cells)]
    years = [_protected_year(cells, rule) for rule in rules]
    decisions = tuple(decision for decision, _, _ in years if decision)
    if not decisions:
        raise DisclosureError(
            "Gate", "no count of persons can be shown safely.", "Publish when there are more."
        )
    kept = only(cells, [sheet for _, sheets, _ in years for sheet in sheets])
    before = past.left_out if past else []
    left_out = [sheet for _, _, sheets in years for sheet in sheets]
    return _without_flows(Guarded(decisions, kept, (*before, *left_out)), past)


def _without_flows(guarded: Guarded, past: Past | None) -> Guarded:
    """The same without what would tell a hidden month of the country by what flowed in and out;
    what was told before stays."""
    untold = flows_not_told(guarded.cells, guarded.hides, past.told if past else lambda _: set())
    cells = without(guarded.cells, untold)
    return replace(guarded, cells=cells, left_out=(*guarded.left_out, *untold))


def _protected_year(cells: Cells, rule: Rule) -> tuple[Decision | None, list[Sheet], list[Sheet]]:
    """The decision about a year, the sheets that it is about, and those that are left out."""
    sheets, left_out = sheets_of(cells, rule.year, rule.published_periods), list[Sheet]()
    held = cache(lambda sheet: numbers_of(alone(cells, sheet), rule.grid))
    while sheets:
        here = only(cells, sheets)
        system = system_of(here, rule.grid)
        leaving = _telling(held, sheets, system, cells.edition)
        if not leaving:
            try:
                return ruled(here, system, rule), sheets, left_out
            except UnprotectedError as error:
                leaving = [_weakest(held, sheets, error, cells.catalogue)]
        sheets = [sheet for sheet in sheets if sheet not in leaving]
        left_out += leaving
    return None, sheets, left_out


def _telling(held: Held, sheets: list[Sheet], system: System, edition: Edition) -> list[Sheet]:
    """The new sheets that show a longer period of which a part is left out: whoever has the other
    parts takes them away."""
    if len(cut := system.numbers[_cut(system, edition)]) == 0:
        return []
    return [sheet for sheet in sheets if not sheet.is_bound and np.isin(cut, held(sheet)).any()]


def _cut(system: System, edition: Edition) -> Numbers:
    """The cells of a period of which the system has a part, but not all."""
    period, rows = system.grid.axis("period"), system.rows
    months, when = _months_in(edition), period.digits(system.numbers)
    lengths = np.array([months[code] for code in period.codes])[when]
    over_time = when[rows.children[rows.starts[:-1]]] != when[rows.parents]
    is_cut = over_time & (rows.sums(lengths) != lengths[rows.parents])
    return rows.parents[np.flatnonzero(is_cut)]


def _months_in(edition: Edition) -> Counter[str | None]:
    """How many months of the edition each period holds."""
    months = codes_between(edition.first_day, edition.as_of, "month")
    return Counter(code for month in months for code in (month, coarser(month), month[:4]))


def _weakest(
    held: Held, sheets: list[Sheet], error: UnprotectedError, catalogue: Mapping[str, Table]
) -> Sheet:
    """The sheet to leave out: among those with cells that nothing protects the finest.

    Raises the error where there is none that may be left out.
    """
    if not (candidates := removable(sheets)):
        raise error

    def fineness(sheet: Sheet) -> tuple[bool, int, int, int]:
        narrow = int(np.isin(error.numbers, held(sheet)).sum())
        return narrow > 0, GRAINS.index(sheet.grain), len(catalogue[sheet.table].axes), narrow

    return max(candidates, key=fineness)
