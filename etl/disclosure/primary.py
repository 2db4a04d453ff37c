"""Primary rule: which cells describe too few persons to be shown, whatever else is known."""

import numpy as np

from etl.disclosure.grid import NONE
from etl.disclosure.system import Mask, System

SMALL_CONTAINER = 50
"""Below so many appeals, that nobody (or everybody) has a trait is itself a disclosure."""


def too_few(system: System, threshold: int) -> Mask:
    """Displayed cells of one to ``threshold`` − 1 persons, or whose complement is so small."""
    few = system.displayed & (system.persons > 0) & (system.persons < threshold)
    return few | _small_splits(system, threshold)


def _small_splits(system: System, threshold: int) -> Mask:
    """Parts whose other side is small, and empty sides of a split of few."""
    found = np.zeros(len(system), dtype=bool)
    for axis in system.grid.axes:
        whole = system.at(axis.moved(system.numbers, axis.containers))
        rest = system.at(axis.moved(system.numbers, axis.complements))
        split = (whole != NONE) & (rest != NONE)
        inside, left = system.counts[whole], system.counts[rest]
        nearly_all = (left > 0) & (left < threshold) & (system.counts > 0)
        one_sided = (inside > 0) & (inside < SMALL_CONTAINER) & ((left == 0) | (system.counts == 0))
        found |= split & (nearly_all | one_sided)
    return found & system.displayed
