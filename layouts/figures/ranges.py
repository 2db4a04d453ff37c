"""Where a few bodies lie among all of their kind, on one small scale without numbers.

A thin line for each body of the kind, a dashed one for all together, and for each chosen body a dot
on a line of its own, with its interval where there is one. It stands beside the numbers themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

from layouts.figures.marks import MARKS, tag, words_of

WIDTH: Final = 200
_LINE: Final = 14
_SIDE: Final = 8


@dataclass(frozen=True)
class Spot:
    """One chosen body: its value, and the ends of its interval where there is one."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Ranges:
    """What is drawn. Counts of bodies differ by powers of ten: they lie on a scale of those."""

    kind: Sequence[float]
    together: float | None
    spots: Sequence[Spot]
    by_powers: bool = False

    @property
    def place(self) -> Callable[[float], float]:
        """From a value to its place across."""
        scaled: Callable[[float], float] = log1p if self.by_powers else float
        ends = [each for spot in self.spots for each in (spot.value, spot.low, spot.high)]
        known = [v for v in (*self.kind, self.together, *ends) if v is not None] or [0.0]
        low, span = scaled(min(known)), (scaled(max(known)) - scaled(min(known))) or 1.0
        return lambda value: _SIDE + (WIDTH - 2 * _SIDE) * (scaled(value) - low) / span


def ranges_svg(shown: Ranges) -> str:
    """The drawing, for the eye alone; as high as it has bodies."""
    height = _LINE * max(len(shown.spots), 1)
    return tag(
        "svg",
        *_kind(shown, height),
        *_together(shown, height),
        *_spots(shown),
        class_="ranges",
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
        aria_hidden="true",
    )


def _kind(shown: Ranges, height: int) -> Iterator[str]:
    places = sorted({round(shown.place(value), 1) for value in shown.kind})
    if places:
        yield tag("path", d="".join(f"M{x:g} 0v{height}" for x in places), class_="ranges-kind")


def _together(shown: Ranges, height: int) -> Iterator[str]:
    if shown.together is not None:
        x = shown.place(shown.together)
        yield tag("path", d=f"M{x:.1f} 0v{height}", class_="ranges-together")


def _spots(shown: Ranges) -> Iterator[str]:
    for index, (spot, mark) in enumerate(zip(shown.spots, MARKS, strict=False)):
        if spot.value is None:
            continue
        x, y = shown.place(spot.value), _LINE * (index + 0.5)
        colour = f"color:{mark.css_colour}"
        if spot.low is not None and spot.high is not None:
            low, high = shown.place(spot.low), shown.place(spot.high)
            path = f"M{low:.1f} {y:g}H{high:.1f}M{low:.1f} {y - 3:g}v6M{high:.1f} {y - 3:g}v6"
            yield tag("path", d=path, class_="ranges-interval", style=colour)
        yield tag("circle", cx=x, cy=y, r=3.5, class_="ranges-spot", style=colour)
        yield _letter(mark.letter, x, y)


def _letter(letter: str, x: float, y: float) -> str:
    """The letter stands to the left of its dot, or to the right where there is no room."""
    has_room = x > 2 * _SIDE
    at = x - 6 if has_room else x + 6
    anchor = "end" if has_room else "start"
    return tag(
        "text", words_of(letter), x=at, y=y + 3.5, text_anchor=anchor, class_="ranges-letter"
    )
