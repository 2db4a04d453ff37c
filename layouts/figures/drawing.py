"""What a figure hands over to be put into a picture: how to draw it, its key, and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from layouts.figures.marks import Mark, tag, words_of

SAMPLE_WIDTH: Final = 34


@dataclass(frozen=True)
class Drawn:
    """SVG elements whose upper left corner is at 0, 0, and how many pixels high they are."""

    markup: str
    height: int


@dataclass(frozen=True)
class Entry:
    """One line of a key: a sample ``SAMPLE_WIDTH`` wide and 16 high, and what it stands for."""

    sample: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """A figure, ready to be drawn so many pixels wide. ``description`` tells its numbers."""

    description: str
    key: tuple[Entry, ...]
    draw: Callable[[int], Drawn]


def sample_of_line(mark: Mark) -> str:
    """A stroke of a series with its letter."""
    colour = mark.css_colour
    stroke = tag(
        "path",
        d="M0 8L18 8",
        fill="none",
        class_="figure-curve",
        style=f"stroke:{colour}",
        stroke_dasharray=mark.dash,
    )
    style = {"class_": "figure-end", "style": f"fill:{colour}"}
    return stroke + tag("text", words_of(mark.letter), x=22, y=13, **style)


def sample_of_shade(shade: int) -> str:
    """A field of a map's class."""
    return tag("rect", width=24, height=14, y=1, class_=f"shade-{shade}", stroke="var(--ink-soft)")
