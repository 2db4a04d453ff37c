"""Raking: the parts of a whole of which only the margins are known, as like a model as can be."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from etl.estimators.arrays import EstimateError, Floats, Integers

SWEEPS: Final = 50
"""How often each margin is fitted in turn at most; more would not move a whole appeal."""
FITTED: Final = 1e-9
"""Margins that a sweep changes by no greater share than this are fitted."""


def raked(model: Floats, codes: Sequence[Integers], margins: Sequence[Floats]) -> Floats:
    """Rows × strata: each row has the given margins and, where these leave it open, the
    associations of the model.

    ``model`` is a weight of each stratum, not negative; ``codes`` has for each dimension the
    position of the code of every stratum, and ``margins`` for each dimension rows × codes. The
    margins of a row have one sum, which is that of the row. Where the model has no stratum for what
    a margin asks, the row falls short of it.

    Raises ``EstimateError`` where shapes do not fit or the margins of a row differ in sum.

    Source: Deming & Stephan 1940, Annals of Mathematical Statistics 11 (iterative proportional
    fitting).
    """
    totals = _totals(model, codes, margins)
    share = model / model.sum() if model.sum() > 0 else model
    found: Floats = totals[:, None] * share[None, :]
    for _ in range(SWEEPS):
        moved = 0.0
        for along, margin in zip(codes, margins, strict=True):
            present = _summed(found, along, margin.shape[1])
            factor = np.divide(margin, present, out=np.ones_like(margin), where=present > 0)
            found = found * factor[:, along]
            moved = max(moved, float(np.abs(factor - 1).max(initial=0)))
        if moved <= FITTED:
            break
    return found


def _totals(model: Floats, codes: Sequence[Integers], margins: Sequence[Floats]) -> Floats:
    fits = len(codes) == len(margins) > 0 and all(len(along) == len(model) for along in codes)
    sums: list[Floats] = [margin.sum(axis=1) for margin in margins]
    if not fits or any(not np.allclose(each, sums[0]) for each in sums):
        raise EstimateError(
            "Not margins",
            "Each dimension needs a code for every stratum, and margins of the same sums.",
            "Give the margins of one table.",
        )
    return sums[0]


def _summed(found: Floats, along: Integers, count: int) -> Floats:
    """The sum of each row's strata by code, always added up in the same order."""
    order = np.argsort(along, kind="stable")
    present, starts = np.unique(along[order], return_index=True)
    sums = np.zeros((len(found), count))
    if len(present):
        sums[:, present] = np.add.reduceat(found[:, order], starts, axis=1)
    return sums
