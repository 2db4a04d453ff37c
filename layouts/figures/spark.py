"""A small line without axes, to stand in a table row: which way a number went, at a glance."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from layouts.figures.marks import tag

WIDTH: Final = 132
HEIGHT: Final = 28
_ROOM: Final = 3
"""Free space around the line, so that its ends are not cut."""


def spark_svg(values: Sequence[float | None]) -> str:
    """The line from zero to the largest value, broken where there is none; the last has a dot.

    It is for the eye alone: its words stand beside it.
    """
    return tag(
        "svg",
        tag("path", d=f"M0 {HEIGHT - 0.5}H{WIDTH}", class_="figure-axis"),
        tag("path", d="".join(_runs(values)), class_="spark-line"),
        *_end(values),
        class_="spark",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        aria_hidden="true",
    )


def _runs(values: Sequence[float | None]) -> Iterator[str]:
    """A path for each unbroken run of values."""
    for is_known, run in groupby(enumerate(values), lambda pair: pair[1] is not None):
        if is_known:
            places = [_place(index, value or 0, values) for index, value in run]
            yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _end(values: Sequence[float | None]) -> Iterator[str]:
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if known:
        x, y = _place(*known[-1], values)
        yield tag("circle", cx=x, cy=y, r=2.5, class_="spark-end")


def _place(index: int, value: float, values: Sequence[float | None]) -> tuple[float, float]:
    highest = max((each for each in values if each is not None), default=0) or 1
    across = _ROOM + (WIDTH - 2 * _ROOM) * index / max(len(values) - 1, 1)
    return across, HEIGHT - _ROOM - (HEIGHT - 2 * _ROOM) * value / highest
