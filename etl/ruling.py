"""Ruling: what is hidden of a year's cells, by themselves or beside what was published before.

What an earlier release showed stays shown, what it hid stays hidden, and a year of which nothing
is new is not decided again.
"""

from dataclasses import dataclass

import numpy as np

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
from etl.disclosure.system import System
from etl.past import Changes, Past
from etl.stages import Cells, Edition
from etl.systems import laid_out, published, system_of, told_by, with_names


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


def ruled(cells: Cells, system: System, rule: Rule) -> Decision:
    """The decision about the cells of a year, which the ``system`` numbers and binds.

    Raises ``UnprotectedError`` where nothing protects some of them.
    """
    _check_sums(system)
    shown, hidden_before = _bound(system, rule, cells.edition)
    also = np.union1d(_with_few_answers(system, shown, rule.threshold), hidden_before)
    if len(shown) and _is_nothing_new(cells, system, np.union1d(shown, hidden_before)):
        return decided_before(system, also, rule.threshold)
    named = with_names(system)
    if rule.past and rule.past.changes:
        before = _before(cells, named, rule, rule.past, rule.past.changes)
        return _decided_beside(named, rule, before, also)
    return _decided_by_itself(named, rule, shown, also)


def _decided_by_itself(system: System, rule: Rule, shown: Numbers, also: Numbers) -> Decision:
    weights, ties = reader_weights(system), keyed_ties(system, rule.key)
    weights[shown] = np.inf
    decision = decide(Pattern(system, weights, ties), rule.threshold, also)
    hidden = decision.pattern.hidden
    if hidden[shown].any():
        raise UnprotectedError(system, shown[hidden[shown]])
    return _telling_something(decision)


def _decided_beside(system: System, rule: Rule, before: Before, also: Numbers) -> Decision:
    """The decision of a restatement, with the release that it restates in hand."""
    restated = Restated(system, reader_weights(system), keyed_ties(system, rule.key), before)
    return _telling_something(decide_restated(restated, rule.threshold, also))


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
    return Before(was, persons, hidden, published(told_by(cells, rule.grid), system))


def _is_nothing_new(cells: Cells, system: System, before: Numbers) -> bool:
    """True when every count of persons that is published now was so before, shown or hidden."""
    fresh = published(told_by(cells, system.grid), system)
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
