"""Primary rule: which cells describe too few persons to be shown, whatever else is known."""

import numpy as np

from etl.complements import is_sensitive
from etl.disclosure.grid import NONE, GridAxis
from etl.disclosure.system import Mask, System

SMALL_CONTAINER = 50
"""Below so many appeals, that nobody (or everybody) has a trait is itself a disclosure."""


def too_few(system: System, threshold: int) -> Mask:
    """Displayed cells of one to ``threshold`` − 1 persons, or whose complement is so small."""
    small = few(system, threshold) & system.displayed
    return (small | _small_splits(system, threshold)) & system.guarded & system.now


def few(system: System, threshold: int) -> Mask:
    """Cells of one to ``threshold`` − 1 appeals, or persons where those were counted."""
    counted = system.persons != NONE
    small = (system.counts < threshold) | (counted & (system.persons < threshold))
    found: Mask = (system.counts > 0) & small
    return found


def _small_splits(system: System, threshold: int) -> Mask:
    """Parts whose other side is small, and empty sides of a split of few."""
    part, whole, rest = system.splits
    inside, own, left = system.counts[whole], system.counts[part], system.counts[rest]
    nearly_all = few(system, threshold)[rest] & (own > 0)
    of_few = (inside > 0) & (inside < SMALL_CONTAINER) & system.displayed[whole]
    one_sided = of_few & ((left == 0) | (own == 0))
    found = np.zeros(len(system), dtype=bool)
    found[part[(nearly_all | one_sided) & traits(system)[part]]] = True
    return found & system.displayed


def small_changes(system: System, threshold: int) -> Mask:
    """Displayed cells that have changed by a few since the release before, and traits where those
    without have."""
    found = changed_by_few(system, threshold)
    part, _, rest = system.splits
    found[part[found[rest] & traits(system)[part]]] = True
    return found & system.displayed & system.guarded


def changed_by_few(system: System, threshold: int) -> Mask:
    """True for the cells to which a few have come since the release before, or from which a few
    have gone."""
    found = np.zeros(len(system), dtype=bool)
    before, now = system.restated
    change = np.abs(system.counts[now] - system.counts[before])
    found[now] = (change > 0) & (change < threshold)
    return found


def traits(system: System) -> Mask:
    """True for cells of a flag dimension or a sensitive count: there who is left, and even a zero,
    tells of persons."""
    found = np.zeros(len(system), dtype=bool)
    for axis in system.grid.of_one_release:
        found |= _of_traits(axis)[axis.digits(system.numbers)]
    return found


def _of_traits(axis: GridAxis) -> Mask:
    contained: Mask = axis.containers != NONE
    if axis.name == "measure":
        contained &= [is_sensitive(code) for code in axis.codes]
    return contained
