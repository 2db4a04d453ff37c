"""Axes: round numbers for ticks, and where a value lies between two ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A linear axis with round ends and ticks."""

    ticks: tuple[float, ...]

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    def share(self, value: float) -> float:
        """How far a value lies along the axis, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def scale_for(
    values: Iterable[float], *, from_zero: bool, at_most: float | None = None, ticks: int = 4
) -> Scale:
    """An axis that holds all values; ``at_most`` is an end that it never passes."""
    known = list(values) or [0.0, 1.0]
    low = 0.0 if from_zero else min(known)
    high = max(known)
    if high <= low:
        low, high = (low - 0.5, high + 0.5) if low > 0 and not from_zero else (low, low + 1.0)
    step = _round_step((high - low) / ticks)
    first, last = floor(low / step), ceil(high / step)
    if at_most is not None:
        last = min(last, floor(at_most / step + 1e-9))
        last = last if last * step >= high else last + 1
    return Scale(tuple(round(number * step, 10) for number in range(first, last + 1)))


def _round_step(raw: float) -> float:
    power = 10.0 ** floor(log10(raw))
    return next(step * power for step in _STEPS if step * power >= raw * (1 - 1e-9))
