"""The pattern: which cells are hidden, and so which cells an outsider does not know."""

import hmac
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data.measures import MEASURES
from etl.disclosure.grid import NONE, Numbers
from etl.disclosure.primary import SMALL_CONTAINER, traits
from etl.disclosure.system import Mask, System


@dataclass
class Pattern:
    """Hidden cells of a system, grown by ``hide`` alone: what is hidden stays hidden.

    ``unknown`` adds to the hidden cells their complements and the meets that have become
    uncertain. ``weights`` say how dear a cell is to readers; one of infinite weight is never
    hidden to protect another, a shown cell of an earlier release among them.
    """

    system: System
    weights: npt.NDArray[np.float64]
    ties: npt.NDArray[np.float64]
    hidden: Mask = field(init=False)
    unknown: Mask = field(init=False)

    def __post_init__(self) -> None:
        self.hidden = np.zeros(len(self.system), dtype=bool)
        self.unknown = np.zeros(len(self.system), dtype=bool)

    @classmethod
    def published(cls, system: System, hidden: Mask) -> "Pattern":
        """The pattern of published tables, in which the counts of hidden cells are not known."""
        pattern = cls(system, np.full(len(system), np.inf), np.zeros(len(system)))
        pattern.hidden = hidden
        pattern.unknown = hidden.copy()
        part, whole, rest = system.splits
        # Twice: what is left without one trait may be split by another.
        for _ in range(2):
            pattern.unknown[rest[pattern.unknown[part] | pattern.unknown[whole]]] = True
        return pattern

    @property
    def floors(self) -> Numbers:
        """The least that an outsider must grant each unknown cell.

        Tables show their zeros, so a hidden count is at least 1; but a part is hidden whatever it
        is where its container is, or where that is so small that zeros of a trait are hidden.
        """
        part, _, _ = self.system.splits
        floors: Numbers = self.system.displayed.astype(np.int64)
        hidden_with = self.unknown[self._hiding] & self.system.displayed[self._hiding]
        floors[part[hidden_with | self._may_hide_zeros]] = 0
        return floors

    def hide(self, cell: int) -> list[int]:
        """Hides a cell and what would give it away; gives the cells that became unknown."""
        touched = {*self._group(cell)}
        for twin in self._group(cell):
            for bound in self._bound_to.get(twin, ()):
                touched.update(self._group(bound))
        for _ in range(2):
            touched.update(rest for each in tuple(touched) for rest in self._rests.get(each, ()))
        opened = sorted(each for each in touched if not self.unknown[each])
        self.unknown[opened] = True
        self.hidden[opened] = self.system.displayed[opened]
        return opened

    def may_hide(self, cells: Numbers) -> Numbers:
        """Those of the cells that can be hidden to protect others."""
        return cells[self._eligible[cells] & ~self.unknown[cells]]

    @property
    def movable(self) -> Mask:
        """Cells that may differ in a counterfactual: unknown ones, those that can be hidden, and
        whatever becomes unknown with them."""
        openable: Mask = self.openers != NONE
        return self.unknown | self.system.meets | openable

    def everything_uncertain(self) -> Mask:
        """What an outsider has to leave open: unknown cells, and all meets, which nobody shows."""
        return self.unknown | self.system.meets

    @cached_property
    def _hiding(self) -> Numbers:
        """For each split the cell with which its part is hidden whatever it is: the container; or
        what contains that, where the container is withheld because of the part alone."""
        part, whole, _ = self.system.splits
        axis = self.system.grid.axis("measure")
        above = self.system.at(axis.moved(self.system.numbers[whole], axis.containers))
        is_companion = self._shown_with[whole] == self._measure_of[part]
        return np.where(is_companion & (above != NONE), above, whole)

    @cached_property
    def _may_hide_zeros(self) -> Mask:
        """For each split whether the rule hides a part of it even when it is none."""
        part, whole, _ = self.system.splits
        small: Mask = self.system.counts[whole] < SMALL_CONTAINER
        return small & self.system.displayed[whole] & traits(self.system)[part]

    def may_shield(self) -> Mask:
        """True for the cells that can be hidden to protect others."""
        alive = (self.system.counts > 0) & ~self.system.complements & self.system.guarded
        return alive & ~self.system.told & np.isfinite(self.weights)

    @cached_property
    def _eligible(self) -> Mask:
        return self.may_shield()

    @cached_property
    def openers(self) -> Numbers:
        """For each cell the smallest that can be hidden so that this one becomes unknown."""
        found = np.where(self._eligible, np.arange(len(self.system)), NONE)
        bound = [cell for cell in self._bound_to if self._eligible[cell]]
        for cell in sorted(bound, key=lambda each: -self.system.counts[each]):
            inside = [each for each in self._bound_to[cell] if not self._eligible[each]]
            found[inside] = cell
        part, _, rest = self.system.splits
        found[rest] = found[part]
        return found

    @cached_property
    def _rests(self) -> dict[int, list[int]]:
        """What is left when a part is taken from a container, for either of the two."""
        found: dict[int, list[int]] = {}
        for part, whole, rest in zip(*(each.tolist() for each in self.system.splits), strict=True):
            found.setdefault(part, []).append(rest)
            if not self.system.displayed[whole]:
                found.setdefault(whole, []).append(rest)
        return found

    @cached_property
    def _bound_to(self) -> dict[int, list[int]]:
        """What is hidden with a cell: its parts, at any depth, and counts shown only with it."""
        axis = self.system.grid.axis("measure")
        found: dict[int, list[int]] = {}
        whole = self.system.at(axis.moved(self.system.numbers, axis.containers))
        for part in np.flatnonzero(whole != NONE).tolist():
            above = int(whole[part])
            if self._shown_with[above] == self._measure_of[part]:
                found.setdefault(part, []).append(above)
            while above != NONE:
                found.setdefault(above, []).append(part)
                above = int(whole[above])
        return found

    @cached_property
    def _shown_with(self) -> Numbers:
        """For each cell the digit of the measure that it is withheld with, or ``NONE``."""
        axis = self.system.grid.axis("measure")
        named = [getattr(MEASURES.get(code), "shown_with", None) for code in axis.codes]
        digits = np.array([axis.position.get(name or "", NONE) for name in named])
        return digits[self._measure_of]

    @cached_property
    def _measure_of(self) -> Numbers:
        return self.system.grid.axis("measure").digits(self.system.numbers)

    @cached_property
    def _twin_groups(self) -> dict[int, list[int]]:
        groups: dict[int, list[int]] = {}
        for cell, first in enumerate(self.system.twins.tolist()):
            groups.setdefault(first, []).append(cell)
        return groups

    def _group(self, cell: int) -> list[int]:
        return self._twin_groups[int(self.system.twins[cell])]


ONE_WAY, ONE_WAY_YEAR = 8.0, 200.0


def reader_weights(system: System) -> npt.NDArray[np.float64]:
    """How dear each cell is: one dimension's totals most; a national total is beyond any price.

    Cells that are equal under two names have the weight of the dearer.
    """
    years = np.array([len(code) == len("2019") for code in system.grid.axis("period").codes])
    yearly = years[system.grid.axis("period").digits(system.numbers)]
    weights = np.ones(len(system))
    weights[system.displayed & (system.breadth == 1)] = ONE_WAY
    weights[system.displayed & (system.breadth == 1) & yearly] = ONE_WAY_YEAR
    weights[system.displayed & (system.breadth == 0)] = np.inf
    dearest = np.zeros(len(system))
    np.maximum.at(dearest, system.twins, weights)
    return dearest[system.twins]


def keyed_ties(system: System, key: bytes) -> npt.NDArray[np.float64]:
    """For each count of persons that a table shows a number in [0, 1) that decides between equals,
    and that only the key tells; for what is hidden with others 0.

    The choice of secondary cells is then no public function of the counts.
    """
    ties = np.zeros(len(system))
    chosen = system.displayed & system.guarded
    numbers = (number.to_bytes(8, "big") for number in system.numbers[chosen].tolist())
    digests = (hmac.digest(key, number, "sha256") for number in numbers)
    ties[chosen] = [int.from_bytes(digest[:6], "big") / 2**48 for digest in digests]
    return ties
