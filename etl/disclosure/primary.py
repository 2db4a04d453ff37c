"""Primary rule: which cells describe too few persons to be shown, whatever else is known."""

import numpy as np

from data.measures import MEASURES, Count
from etl.disclosure.grid import NONE, GridAxis
from etl.disclosure.system import Mask, System

SMALL_CONTAINER = 50
"""Below so many appeals, that nobody (or everybody) has a trait is itself a disclosure."""


def too_few(system: System, threshold: int) -> Mask:
    """Displayed cells of one to ``threshold`` − 1 persons, or whose complement is so small."""
    few = (system.counts > 0) & ((system.persons < threshold) | (system.counts < threshold))
    return ((few & system.displayed) | _small_splits(system, threshold)) & system.guarded


def _small_splits(system: System, threshold: int) -> Mask:
    """Parts whose other side is small, and empty sides of a split of few."""
    part, whole, rest = system.splits
    inside, own, left = system.counts[whole], system.counts[part], system.counts[rest]
    nearly_all = (left > 0) & (left < threshold) & (own > 0)
    of_few = (inside > 0) & (inside < SMALL_CONTAINER) & system.displayed[whole]
    one_sided = of_few & ((left == 0) | (own == 0))
    found = np.zeros(len(system), dtype=bool)
    found[part[(nearly_all | one_sided) & traits(system)[part]]] = True
    return found & system.displayed


def traits(system: System) -> Mask:
    """True for cells of a flag dimension or a sensitive count: there who is left, and even a zero,
    tells of persons."""
    found = np.zeros(len(system), dtype=bool)
    for axis in system.grid.axes:
        found |= _of_traits(axis)[axis.digits(system.numbers)]
    return found


def _of_traits(axis: GridAxis) -> Mask:
    contained: Mask = axis.containers != NONE
    if axis.name == "measure":
        contained &= [_is_sensitive(code) for code in axis.codes]
    return contained


def _is_sensitive(code: str) -> bool:
    measure = MEASURES.get(code)
    return isinstance(measure, Count) and measure.sensitive
