"""Bars of one length for one number, each cut into parts: what is left out makes a bar shorter.

Parts are told apart by pattern as well as colour. On a page the bars are as wide as their place, in
a picture so many pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from layouts.figures.breadth import FLUID, Breadth
from layouts.figures.drawing import Drawing, Drawn, Entry
from layouts.figures.marks import key_sample, tag, wide_figure, words_of

_BAR: Final = 34
_LABEL: Final = 22
_GAP: Final = 14
_TELLING: Final = 11.0
"""Per cent of the width below which a part has no room for its number."""

LETTERS: Final = "abcdef"
SOLID: Final = "a"
"""The look without a pattern: letters on it need no rim."""
OPEN: Final = "open"
"""The look of what is not decided yet: an empty part with a broken edge."""
_STROKES: Final = {
    "a": "",
    "b": "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "c": "M0 2L8 2M0 6L8 6",
    "d": "M2 0L2 8M6 0L6 8",
    "e": "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    "f": "M0 4L8 4M4 0L4 8",
}


@dataclass(frozen=True)
class Part:
    """A piece of a bar: its look (a letter of ``LETTERS``, or ``OPEN``), size and number, which
    is empty where none is published."""

    look: str
    name: str
    value: float
    text: str


@dataclass(frozen=True)
class Bar:
    """A bar with what is written over it."""

    label: str
    parts: tuple[Part, ...]

    @property
    def length(self) -> float:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class Stack:
    """What is drawn, with all words ready; the longest bar is as wide as the drawing."""

    title: str
    description: str
    bars: tuple[Bar, ...]

    @property
    def longest(self) -> float:
        return max((bar.length for bar in self.bars), default=0) or 1

    @property
    def height(self) -> int:
        return len(self.bars) * (_LABEL + _BAR + _GAP)

    @property
    def parts(self) -> dict[str, Part]:
        """Each part that stands in some bar, by its look."""
        return {part.look: part for bar in self.bars for part in bar.parts}


def stack_svg(shown: Stack) -> str:
    """The bars as one SVG element with a title and a description."""
    return wide_figure(shown.title, shown.description, _drawn(shown, FLUID), shown.height)


def stack_drawing(shown: Stack) -> Drawing:
    """The bars for a picture."""
    key = tuple(Entry(sample(part.look), part.name) for part in shown.parts.values())
    return Drawing(shown.description, key, partial(_in_pixels, shown))


def _in_pixels(shown: Stack, pixels: int) -> Drawn:
    return Drawn(_drawn(shown, Breadth(pixels)), shown.height)


def sample(look: str) -> str:
    """A field of a part's look for a key, with the pattern that it needs."""
    return _patterns([look]) + tag(
        "rect", width=26, height=14, y=1, x=1, fill=_fill(look), **_edge(look)
    )


def sample_svg(look: str) -> str:
    """The field as an element of its own."""
    return key_sample(sample(look), 28)


def _drawn(shown: Stack, breadth: Breadth) -> str:
    bars = "".join(
        _bar(bar, number * (_LABEL + _BAR + _GAP), shown.longest, breadth)
        for number, bar in enumerate(shown.bars)
    )
    return _patterns(list(shown.parts)) + bars


def _patterns(looks: list[str]) -> str:
    made = [_pattern(look) for look in looks if look != OPEN]
    return tag("defs", *made) if made else ""


def _pattern(look: str) -> str:
    colour = f"var(--series-{look})"
    ground = tag("rect", width=8, height=8, fill=colour, fill_opacity=1 if look == SOLID else 0.3)
    lines = tag("path", d=_STROKES[look], stroke=colour, stroke_width=1.6, fill="none")
    return tag(
        "pattern",
        ground,
        lines if _STROKES[look] else "",
        id=f"part-{look}",
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )


def _fill(look: str) -> str:
    return "none" if look == OPEN else f"url(#part-{look})"


def _edge(look: str) -> dict[str, str | float]:
    colour = "var(--line-strong)" if look == OPEN else f"var(--series-{look})"
    broken = {"stroke_dasharray": "4 3"} if look == OPEN else {}
    return {"stroke": colour, "stroke_width": 1, **broken}


def _bar(bar: Bar, top: int, longest: float, breadth: Breadth) -> str:
    label = tag("text", words_of(bar.label), x=0, y=top + 15, class_="figure-label")
    return label + "".join(_parts(bar, top + _LABEL, longest, breadth))


def _told(part: Part) -> str:
    return f"{part.name}: {part.text}" if part.text else part.name


def _parts(bar: Bar, top: int, longest: float, breadth: Breadth) -> Iterator[str]:
    start = 0.0
    for part in bar.parts:
        width = 100 * part.value / longest
        yield tag(
            "rect",
            tag("title", words_of(_told(part))),
            x=breadth.at(start),
            y=top,
            width=breadth.at(width),
            height=_BAR,
            fill=_fill(part.look),
            **_edge(part.look),
        )
        if part.text and width >= _TELLING:
            yield tag(
                "text",
                words_of(part.text),
                x=breadth.at(start + width / 2),
                y=top + _BAR / 2 + 5,
                text_anchor="middle",
                class_="figure-share on-solid" if part.look == SOLID else "figure-share",
            )
        start += width
