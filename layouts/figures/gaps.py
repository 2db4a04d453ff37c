"""Gaps to everybody else as dots on one axis, each with its interval and its name above it.

A full dot is told from no gap, a hollow one is not. On a page the drawing is as wide as its place,
in a picture so many pixels.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from layouts.figures.breadth import FLUID, Breadth
from layouts.figures.drawing import Drawing, Drawn, Entry
from layouts.figures.marks import key_sample, tag, wide_figure, words_of
from layouts.figures.scale import Scale, scale_around_zero

_LABEL: Final = 20
_LINE: Final = 24
_ROW: Final = _LABEL + _LINE
_AXIS: Final = 26
_SIDE: Final = 5.0
"""Per cent of the width that are left free on either side, for the numbers of the axis."""


@dataclass(frozen=True)
class Spot:
    """One gap with the ends of its interval, and what is written over it."""

    label: str
    gap: float
    low: float
    high: float
    is_apart: bool


@dataclass(frozen=True)
class Gaps:
    """What is drawn, with all words ready: ``written`` writes a number of the axis,
    ``apart`` and ``like`` say what a full and a hollow dot mean."""

    title: str
    description: str
    spots: tuple[Spot, ...]
    written: Callable[[float], str]
    apart: str
    like: str

    @property
    def scale(self) -> Scale:
        return scale_around_zero(end for spot in self.spots for end in (spot.low, spot.high))

    @property
    def height(self) -> int:
        return _AXIS + _ROW * len(self.spots)


def gaps_svg(shown: Gaps) -> str:
    """The gaps as one SVG element with a title and a description."""
    return wide_figure(shown.title, shown.description, _drawn(shown, FLUID), shown.height)


def gaps_drawing(shown: Gaps) -> Drawing:
    """The gaps for a picture."""
    key = (Entry(sample(is_apart=True), shown.apart), Entry(sample(is_apart=False), shown.like))
    return Drawing(shown.description, key, partial(_in_pixels, shown))


def sample(*, is_apart: bool) -> str:
    """A dot on its line for a key."""
    line = tag("line", x1=1, x2=27, y1=8, y2=8, class_="figure-gap")
    return line + tag("circle", cx=14, cy=8, r=5, class_=_look(is_apart=is_apart))


def sample_svg(*, is_apart: bool) -> str:
    """The sample as an element of its own."""
    return key_sample(sample(is_apart=is_apart), 28)


def _in_pixels(shown: Gaps, pixels: int) -> Drawn:
    return Drawn(_drawn(shown, Breadth(pixels)), shown.height)


def _drawn(shown: Gaps, breadth: Breadth) -> str:
    spots = (_spot(spot, _AXIS + _ROW * n, shown, breadth) for n, spot in enumerate(shown.spots))
    return "".join((*_axis(shown, breadth), *spots))


def _at(value: float, shown: Gaps, breadth: Breadth) -> str:
    return breadth.at(_SIDE + (100 - 2 * _SIDE) * shown.scale.share(value))


def _axis(shown: Gaps, breadth: Breadth) -> Iterator[str]:
    for tick in shown.scale.ticks:
        x = _at(tick, shown, breadth)
        look = "figure-grid" if tick else "figure-axis"
        yield tag("line", x1=x, x2=x, y1=_AXIS - 6, y2=shown.height, class_=look)
        number = words_of(shown.written(tick))
        yield tag("text", number, x=x, y=14, text_anchor="middle", class_="figure-number")


def _spot(spot: Spot, top: int, shown: Gaps, breadth: Breadth) -> str:
    low, gap, high = (_at(value, shown, breadth) for value in (spot.low, spot.gap, spot.high))
    y = top + _LABEL + _LINE / 2 - 3
    return (
        tag("text", words_of(spot.label), x=0, y=top + 15, class_="figure-label")
        + tag("line", x1=low, x2=high, y1=y, y2=y, class_="figure-gap")
        + tag("circle", cx=gap, cy=y, r=5, class_=_look(is_apart=spot.is_apart))
    )


def _look(*, is_apart: bool) -> str:
    return "figure-gap-apart" if is_apart else "figure-gap-like"
