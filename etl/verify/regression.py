"""A trend with the course of a year, fitted to monthly counts by least squares, again and again."""

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

ROUNDS = 60


def expected_counts(
    counts: Mapping[str, int], to_come: Sequence[str], wave_pairs: int
) -> list[float]:
    """What a Poisson regression of the counts expects of months to come, by their codes."""
    origin = max(counts)
    rows = np.array([_row(month, origin, wave_pairs) for month in counts])
    given = np.array(list(counts.values()), dtype=np.float64)
    log_days = np.array([math.log(_days(month)) for month in counts])
    fitted = given + 0.5
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        target = np.log(fitted) - log_days + (given - fitted) / fitted
        roots = np.sqrt(fitted)
        found = np.linalg.lstsq(roots[:, None] * rows, roots * target, rcond=None)[0]
        fitted = np.exp(np.clip(rows @ found + log_days, -30, 30))
    return [
        _days(month) * math.exp(float(_row(month, origin, wave_pairs) @ found)) for month in to_come
    ]


def _row(month: str, origin: str, wave_pairs: int) -> npt.NDArray[np.float64]:
    year, number = int(month[:4]), int(month[5:])
    since = 12 * (year - int(origin[:4])) + number - int(origin[5:])
    angles = [2 * math.pi * pair * number / 12 for pair in range(1, wave_pairs + 1)]
    waves = [wave(angle) for angle in angles for wave in (math.sin, math.cos)]
    return np.array([1.0, since / 12, *waves])


def _days(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]
