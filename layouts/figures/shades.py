"""What stands behind the lines of a chart: bands in which values may lie, and days that are marked.

A band has edges as well as a shade, so that it is seen in any colours.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from layouts.figures.breadth import Breadth
from layouts.figures.marks import tag, words_of

_TOP: Final = 22
"""The marked day's line begins below its words."""

Place = Callable[[int, float], str]
"""From the number of a period and a value to a place, as a path says it."""


@dataclass(frozen=True)
class Band:
    """Lower and upper ends by period, None where the band is not; ``text`` says what it is. A band
    that is ``inner`` lies within another and is drawn stronger."""

    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    text: str
    inner: bool = False

    @property
    def style(self) -> str:
        """The classes of its shade."""
        return "figure-band figure-band-inner" if self.inner else "figure-band"

    @property
    def edge_style(self) -> str:
        """The classes of its edges."""
        return "figure-band-edge figure-edge-inner" if self.inner else "figure-band-edge"

    @property
    def values(self) -> tuple[float, ...]:
        """All ends that there are."""
        return tuple(each for each in (*self.lower, *self.upper) if each is not None)


@dataclass(frozen=True)
class Marked:
    """A period that is marked, with what happened in it."""

    index: int
    text: str


def bands_drawn(bands: Sequence[Band], place: Place) -> Iterator[str]:
    """The bands in their order, each unbroken part as one shape with its edges."""
    for band in bands:
        ends = list(zip(band.lower, band.upper, strict=True))
        numbered = enumerate(ends)
        for is_there, run in groupby(numbered, lambda each: None not in each[1]):
            if is_there:
                ends_of = [(index, low or 0, high or 0) for index, (low, high) in run]
                yield _shape(band, ends_of, place)


def _shape(band: Band, run: Sequence[tuple[int, float, float]], place: Place) -> str:
    below = [place(index, low) for index, low, _ in run]
    above = [place(index, high) for index, _, high in run]
    edges = "".join(f"M{side[0]}" + "".join(f"L{to}" for to in side[1:]) for side in (below, above))
    area = f"M{'L'.join([*below, *reversed(above)])}Z"
    return tag("path", d=area, class_=band.style) + tag(
        "path", d=edges, class_=band.edge_style, vector_effect="non-scaling-stroke"
    )


def marked_drawn(
    marked: Sequence[Marked], across: Callable[[int], float], breadth: Breadth, bottom: float
) -> Iterator[str]:
    """A line down each marked period, its words beside it where there is more room."""
    for each in marked:
        per_cent = across(each.index)
        is_late = per_cent > 50
        at = breadth.at(per_cent)
        yield tag("line", x1=at, x2=at, y1=_TOP - 6, y2=bottom, class_="figure-marked")
        yield tag(
            "text",
            words_of(each.text),
            x=at,
            y=_TOP - 4,
            dx=-6 if is_late else 6,
            text_anchor="end" if is_late else "start",
            class_="figure-note",
        )


def sample_of_band(band: Band) -> str:
    """A piece of a band."""
    return tag("rect", x=0.5, y=1.5, width=24, height=12, class_=band.style) + tag(
        "path", d="M0 1.5L25 1.5M0 13.5L25 13.5", class_=band.edge_style
    )
