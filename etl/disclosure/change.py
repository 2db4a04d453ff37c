"""Change: a restatement decided with the release that it restates in hand.

Whoever holds both supposes that records were only added: that no count is less than it was. So a
hidden count is granted the room between what it was and what it may be, and no more; one that
changed by a few is hidden; and what the older release hid stays hidden. That is enough. Take the
true counts before and any table of now that agrees with all that is shown and has no count fall,
or any table of before and what truly came: either is a whole pair of releases that agrees with
both.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from etl.disclosure.gate import Decision, Patience, decide, hide_all, withstand
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.primary import few, too_few, traits
from etl.disclosure.system import Mask, System

IMPATIENT: Final = Patience(together=20, at_most=40)
"""Where few records came, most changes are small and hardly anything shields them: to ask about
each of hundreds would take hours, and end with the same sheets left out."""


@dataclass(frozen=True)
class Before:
    """Of each cell of a restatement what it was, the distinct persons (``voices``) who have come
    to it (``NONE`` where some have gone), whether it was hidden, and whether it is published."""

    counts: Numbers
    came: Numbers
    hidden: Mask
    published: Mask


@dataclass
class Restated(Pattern):
    """The pattern of a restatement; only what has changed can shield what has."""

    before: Before

    @property
    def floors(self) -> Numbers:
        """The least that an outsider must grant; where less is true, he supposes too much."""
        least, was = super().floors, self.before.counts
        fell = self.system.counts < was
        grown = was + (self.system.displayed & ~self.before.hidden)
        return np.where(fell, least, np.minimum(np.maximum(least, grown), self.system.counts))

    @property
    def change(self) -> System:
        """By how much each count differs."""
        counts = np.abs(self.system.counts - self.before.counts)
        return replace(self.system, counts=counts, persons=self.before.came)

    def may_shield(self) -> Mask:
        moved: Mask = super().may_shield() & (self.system.counts != self.before.counts)
        return moved


def decide_restated(pattern: Restated, threshold: int, also: Numbers) -> Decision:
    """The cells of a restatement to hide, ``also`` among them, so that neither it by itself nor
    its difference from the release before tells of a few.

    Raises ``UnprotectedError`` when nothing protects one.
    """
    small = too_few(pattern.change, threshold) & pattern.before.published
    hide_all(pattern, np.union1d(also, np.flatnonzero(small | pattern.before.hidden)))
    few_changed = _few_changed(pattern.change, threshold)
    while True:
        withstand(pattern, threshold, lambda: _at_risk(pattern, few_changed), IMPATIENT)
        hidden = np.flatnonzero(pattern.hidden)
        by_itself = Pattern(pattern.system, pattern.weights, pattern.ties)
        decision = decide(by_itself, threshold, hidden)
        if (by_itself.hidden == pattern.hidden).all():
            return decision
        hide_all(pattern, np.flatnonzero(by_itself.hidden))


def _few_changed(change: System, threshold: int) -> Mask:
    """Counts that changed by a few, and what is left without a trait where that did."""
    of_trait = np.zeros(len(change), dtype=bool)
    part, _, rest = change.splits
    of_trait[rest] = traits(change)[part]
    found: Mask = few(change, threshold) & (change.displayed | of_trait)
    return found


def _at_risk(pattern: Restated, few_changed: Mask) -> Mask:
    """What only the restatement hides, and of all that is not known what changed by a few."""
    newly = pattern.hidden & ~pattern.before.hidden
    found: Mask = (newly | (few_changed & pattern.unknown)) & pattern.system.guarded
    return found
