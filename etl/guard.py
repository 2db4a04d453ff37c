"""Guard: brings the cells of a run before the gate and gives back what must not be shown.

The gate sees every count of every table of a year at once, and what contains it, so that neither a
sum nor a difference of published numbers gives a hidden one away. No total spans two years, so
years are decided apart. A sheet that nothing can protect is left out.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from data.datasets import Table
from data.grains import GRAINS
from data.periods import coarser
from etl.calendar import codes_between
from etl.disclosure.change import Before, Restated, decide_restated
from etl.disclosure.gate import (
    NOTHING,
    Decision,
    DisclosureError,
    UnprotectedError,
    decide,
    decided_before,
)
from etl.disclosure.grid import NONE, Grid, GridAxis, Numbers
from etl.disclosure.pattern import Pattern, keyed_ties, reader_weights
from etl.disclosure.system import Mask, System
from etl.past import Changes, Past
from etl.sheets import Sheet, alone, only, removable, sheets_of, years_of
from etl.stages import Cells, Edition
from etl.systems import grid_of, laid_out, numbers_of, published, system_of, with_names

Held = Mapping[Sheet, Numbers]
"""The numbers of the cells on each sheet."""


@dataclass(frozen=True)
class Guarded:
    """What the gate decided on each year, and the cells of the sheets that it could protect."""

    decisions: tuple[Decision, ...]
    cells: Cells
    left_out: tuple[Sheet, ...]

    def published(self, decision: Decision) -> Mask:
        """True for the counts of persons of a year that are published now, shown or hidden."""
        return published(self.cells, decision.system)

    def hides(self, keys: pl.DataFrame, measure: str) -> pl.Series:
        """True for the rows of a table in which a count is hidden; ``keys`` has the key columns."""
        hidden = [each.system.numbers[each.pattern.hidden] for each in self.decisions]
        numbers = self.decisions[0].system.grid.number(keys, measure)
        return pl.Series(np.isin(numbers, np.concatenate(hidden)))


@dataclass(frozen=True)
class Rule:
    """What a year is decided by."""

    grid: Grid
    year: str
    threshold: int
    key: bytes
    past: Past | None

    def published_periods(self, table: str) -> frozenset[str]:
        """The periods of a table that this release has to publish again."""
        if self.past is None or self.past.restated:
            return frozenset()
        return self.past.periods(table)


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
    kept = [sheet for _, sheets, _ in years for sheet in sheets]
    before = past.left_out if past else []
    left_out = [sheet for _, _, sheets in years for sheet in sheets]
    return Guarded(decisions, only(cells, kept), (*before, *left_out))


def _protected_year(cells: Cells, rule: Rule) -> tuple[Decision | None, list[Sheet], list[Sheet]]:
    """The decision about a year, the sheets that it is about, and those that are left out."""
    sheets, left_out = sheets_of(cells, rule.year, rule.published_periods), list[Sheet]()
    held = {sheet: numbers_of(alone(cells, sheet), rule.grid) for sheet in sheets}
    while sheets:
        here = only(cells, sheets)
        system = system_of(here, rule.grid)
        leaving = _telling(held, sheets, system, cells.edition)
        if not leaving:
            try:
                return _decided(here, with_names(system), rule), sheets, left_out
            except UnprotectedError as error:
                leaving = [_weakest(held, sheets, error, cells.catalogue)]
        sheets = [sheet for sheet in sheets if sheet not in leaving]
        left_out += leaving
    return None, sheets, left_out


def _telling(held: Held, sheets: list[Sheet], system: System, edition: Edition) -> list[Sheet]:
    """The new sheets that show a longer period of which a part is left out: whoever has the other
    parts takes them away."""
    cut = system.numbers[_cut(system, edition)]
    return [sheet for sheet in sheets if not sheet.is_bound and np.isin(cut, held[sheet]).any()]


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


def _decided(cells: Cells, system: System, rule: Rule) -> Decision:
    _check_sums(system)
    shown, hidden_before = _bound(system, rule, cells.edition)
    also = np.union1d(_with_few_answers(system, shown, rule.threshold), hidden_before)
    weights, ties = reader_weights(system), keyed_ties(system, rule.key)
    if rule.past and rule.past.changes:
        before = _before(cells, system, rule, rule.past, rule.past.changes)
        restated = Restated(system, weights, ties, before)
        return _telling_something(decide_restated(restated, rule.threshold, also))
    weights[shown] = np.inf
    pattern = Pattern(system, weights, ties)
    if len(shown) and _is_nothing_new(cells, system, np.union1d(shown, hidden_before)):
        return decided_before(pattern, also, rule.threshold)
    decision = decide(pattern, rule.threshold, also)
    hidden = decision.pattern.hidden
    if hidden[shown].any():
        raise UnprotectedError(system, shown[hidden[shown]])
    return _telling_something(decision)


def _check_sums(system: System) -> None:
    if len(broken := system.broken_rows()):
        raise DisclosureError(
            "Gate", f"{len(broken)} sums do not add up.", "Report it as a defect."
        )


def _telling_something(decision: Decision) -> Decision:
    """The decision; raises ``UnprotectedError`` where all is hidden that there is."""
    system, hidden = decision.system, decision.pattern.hidden
    if hidden.any() and not (system.displayed & (system.counts > 0) & ~hidden).any():
        raise UnprotectedError(system, np.flatnonzero(hidden))
    return decision


def _before(cells: Cells, system: System, rule: Rule, past: Past, changes: Changes) -> Before:
    """What the counts of a year were in the release that is restated."""
    came, gone = (
        system_of(laid_out(each, cells), rule.grid) for each in (changes.came, changes.gone)
    )
    for each in (came, gone):
        _check_sums(each)
    was = system.counts - came.counts + gone.counts
    numbers, values = past.shown(rule.grid, rule.year, cells.edition)
    place = system.at(numbers)
    was[place[place != NONE]] = values[place != NONE]
    hidden = np.zeros(len(system), dtype=bool)
    hidden[_hidden_before(system, rule, past, cells.edition)] = True
    persons = np.where(gone.counts == 0, came.persons, NONE)
    return Before(was, persons, hidden, published(cells, system))


def _is_nothing_new(cells: Cells, system: System, before: Numbers) -> bool:
    """True when every count of persons that is published now was so before, shown or hidden."""
    fresh = published(cells, system)
    fresh[before] = False
    return not fresh.any()


def _bound(system: System, rule: Rule, edition: Edition) -> tuple[Numbers, Numbers]:
    """The cells that have to stay shown, and those that have to be hidden.

    A restatement binds to nothing that was shown.
    """
    if rule.past is None:
        return NOTHING, NOTHING
    hidden = _hidden_before(system, rule, rule.past, edition)
    if rule.past.restated:
        return NOTHING, hidden
    shown = system.at(rule.past.shown(rule.grid, rule.year, edition)[0])
    return np.unique(shown[shown != NONE]), hidden


def _hidden_before(system: System, rule: Rule, past: Past, edition: Edition) -> Numbers:
    hidden: Numbers = system.at(past.hidden(rule.grid, rule.year, edition))
    return np.unique(hidden[hidden != NONE])


def _weakest(
    held: Held, sheets: list[Sheet], error: UnprotectedError, catalogue: Mapping[str, Table]
) -> Sheet:
    """The sheet to leave out: among those with cells that nothing protects the finest.

    Raises the error where there is none that may be left out.
    """
    if not (candidates := removable(sheets)):
        raise error

    def fineness(sheet: Sheet) -> tuple[bool, int, int, int]:
        narrow = int(np.isin(error.numbers, held[sheet]).sum())
        return narrow > 0, GRAINS.index(sheet.grain), len(catalogue[sheet.table].axes), narrow

    return max(candidates, key=fineness)


def _with_few_answers(system: System, shown: Numbers, threshold: int) -> Numbers:
    """What to hide where raters or outcomes are counted among answers to fewer than the threshold,
    which would bound them: the whole cell; or what tells the answers, where it was shown before."""
    axis = system.grid.axis("measure")
    of_answers = axis.digits(system.numbers) == axis.position.get("answered", NONE)
    answers = system.numbers[of_answers & (system.counts > 0)]
    names = ("received", "open", "rated", "concluded")
    named = {name: system.at(_named(axis, answers, name)) for name in names}
    few, whole = system.at(answers), named["received"]
    concluded = named["concluded"]
    of_few = (concluded != NONE) & (system.persons[concluded] < threshold)
    is_few = (system.counts[few] < threshold) | of_few
    is_split = (named["rated"] != NONE) | (concluded != NONE)
    counted = is_few & is_split & (whole != NONE)
    was_shown = np.isin(whole, shown)
    answers = np.concatenate([few[counted & was_shown], named["open"][counted & was_shown]])
    return np.union1d(whole[counted & ~was_shown], answers[answers != NONE])


def _named(axis: GridAxis, numbers: Numbers, measure: str) -> Numbers:
    """The same cells of another measure."""
    return axis.moved(numbers, np.full(len(axis.codes), axis.position.get(measure, NONE)))
