"""What the estimators take and give: arrays, limits, and the refusal of arrays that cannot be."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.errors import OchiqError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


class EstimateError(OchiqError):
    """An estimate was asked for from counts that cannot be."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Lower and upper limit of each estimate, in its unit and shape; NaN where there is none."""

    lower: Floats
    upper: Floats


def counts(given: npt.ArrayLike, name: str) -> Integers:
    """Whole numbers that are not negative; refuses anything else."""
    found = np.asarray(given)
    is_whole = np.issubdtype(found.dtype, np.integer) or found.size == 0
    if not is_whole or (found < 0).any():
        raise EstimateError(
            "Not counts",
            f"'{name}' must be whole numbers that are not negative.",
            "Give counts of appeals, with suppressed cells left out.",
        )
    return found.astype(np.int64)


def counts_within(
    part: npt.ArrayLike, whole: npt.ArrayLike, names: tuple[str, str]
) -> tuple[Integers, Integers]:
    """Two arrays of counts of one shape, of which the first never exceeds the second."""
    inner, outer = counts(part, names[0]), counts(whole, names[1])
    if inner.shape != outer.shape or (inner > outer).any():
        raise EstimateError(
            "Not a part",
            f"'{names[0]}' must have the shape of '{names[1]}' and never exceed it.",
            "Give for each share the count that the other is part of.",
        )
    return inner, outer


def open_share(given: float, name: str) -> float:
    """A number between 0 and 1, both excluded; refuses anything else."""
    if not 0 < given < 1:
        raise EstimateError(
            "Not a share",
            f"'{name}' is {given}, which is not between 0 and 1.",
            "Give a share (0.95), not a percentage, and none that is certain.",
        )
    return float(given)
