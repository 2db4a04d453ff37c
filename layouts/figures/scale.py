"""Axes: round numbers for ticks, and where a value lies between two ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

_TICKS: Final = 4
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
    values: Iterable[float],
    *,
    from_zero: bool,
    at_most: float | None = None,
    least_span: float = 1.0,
    whole: bool = False,
) -> Scale:
    """An axis that holds all values; ``at_most`` is an end that it never passes.

    It spans ``least_span`` at least, so that a flat course does not look like a rough one; the
    ticks of what is counted are ``whole`` numbers.
    """
    known = list(values) or [0.0, 1.0]
    high = max(known)
    low = 0.0 if from_zero else max(min(known), 0.0)
    missing = max(least_span - (high - low), 0.0)
    if from_zero:
        high += missing
    else:
        low = max(low - missing / 2, 0.0)
        high = max(high, low + least_span) if at_most is None else high
    step = _round_step(max(high - low, least_span / 2) / _TICKS, whole=whole)
    first, last = floor(low / step), ceil(high / step)
    if at_most is not None:
        last = min(last, floor(at_most / step + 1e-9))
        last = last if last * step >= high else last + 1
    return Scale(tuple(round(number * step, 10) for number in range(first, last + 1)))


def scale_around_zero(values: Iterable[float], *, least_span: float = 1.0) -> Scale:
    """An axis of either sign that holds zero and all values."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    step = _round_step(max(high - low, least_span) / _TICKS, whole=False)
    numbers = range(floor(low / step), ceil(high / step) + 1)
    return Scale(tuple(round(number * step, 10) for number in numbers))


def _round_step(raw: float, *, whole: bool) -> float:
    power = 1.0 if whole and raw < 1 else 10.0 ** floor(log10(raw))
    steps = (step * power for step in _STEPS)
    return next(step for step in steps if step >= raw * (1 - 1e-9) and not (whole and step % 1))
