"""A figure as a picture of its own: what it is, its numbers in words, and where they are from.

Whoever sees the picture without the site must still see all of this, so it is part of the drawing.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from layouts.figures.drawing import SAMPLE_WIDTH, Drawing
from layouts.figures.marks import tag, words_of
from layouts.figures.style import FAMILY, rules, settled

WIDTH: Final = 840
EDGE: Final = 28
INSIDE: Final = WIDTH - 2 * EDGE
BROADEST_LETTER: Final = 0.58
"""Of an average letter, in parts of the letters' size: Cyrillic in bold."""

MOST_LINES: Final = 3
"""Of words above a figure: more are for those who cannot see it."""


@dataclass(frozen=True)
class Picture:
    """The words around a drawing. ``marks`` are what must not be overlooked, such as that all
    data are generated; ``sources`` are the lines below the drawing."""

    lang: str
    title: str
    marks: tuple[str, ...]
    drawing: Drawing
    sources: tuple[str, ...] = field(default=())


@dataclass
class Column:
    """Elements one below the other, and how far down they have come."""

    parts: list[str] = field(default_factory=list)
    bottom: float = 0
    edge: float = EDGE

    def text(self, lines: Iterable[str], style: str, size: float, leading: float = 1.35) -> None:
        for line in lines:
            self.bottom += size * leading
            y = self.bottom - size * (leading - 1)
            shown = tag("text", words_of(line), x=self.edge, y=y, class_=style, font_size=size)
            self.parts.append(shown)

    def space(self, pixels: float) -> None:
        self.bottom += pixels


def picture_svg(picture: Picture) -> str:
    """The whole picture as one SVG document, ``WIDTH`` pixels wide."""
    column = Column()
    _marks(column, picture.marks)
    column.space(EDGE)
    column.text(wrapped(picture.title, 23), "picture-title", 23, 1.25)
    column.space(4)
    said = wrapped(picture.drawing.description, 15)
    column.text(said if len(said) <= MOST_LINES else (), "picture-words", 15)
    column.space(10)
    _key(column, picture.drawing)
    _figure(column, picture.drawing)
    _sources(column, picture.sources)
    return document(picture.lang, picture.title, picture.drawing.description, column)


def document(lang: str, title: str, description: str, column: Column, width: int = WIDTH) -> str:
    """A column as an SVG document with its title, description and rules."""
    height = round(column.bottom)
    paper = tag("rect", width=width, height=height, class_="picture-paper")
    drawn = tag(
        "svg",
        tag("title", words_of(title)),
        tag("desc", words_of(description)),
        tag("style", f"{rules()}{_RULES}"),
        paper,
        *column.parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        font_family=FAMILY,
        color=settled("var(--ink-soft)"),
        role="img",
        lang=lang,
    )
    return settled(drawn)


def wrapped(text: str, size: float, width: float = INSIDE) -> list[str]:
    """The lines of a text that fit into a width, whatever its script."""
    letters = int(width / (size * BROADEST_LETTER))
    return textwrap.wrap(text, letters, break_on_hyphens=False)


def _marks(column: Column, marks: Iterable[str]) -> None:
    for mark in marks:
        lines = wrapped(mark, 14)
        band = Column(bottom=column.bottom + 7)
        band.text(lines, "picture-mark", 14)
        band.space(9)
        height = band.bottom - column.bottom
        fill = tag("rect", y=column.bottom, width=WIDTH, height=height, class_="picture-band")
        column.parts += [fill, *band.parts]
        column.bottom = band.bottom


def _key(column: Column, drawing: Drawing) -> None:
    """Entries side by side as long as there is room, then in a new line."""
    x: float = EDGE
    for entry in drawing.key:
        width = SAMPLE_WIDTH + 6 + len(entry.text) * 14 * BROADEST_LETTER + 18
        if x > EDGE and x + width > WIDTH - EDGE:
            x, column.bottom = EDGE, column.bottom + 24
        text = tag("text", words_of(entry.text), x=SAMPLE_WIDTH + 6, y=13, class_="picture-words")
        place = f"translate({x:.0f} {column.bottom:.0f})"
        column.parts.append(tag("g", entry.sample, text, transform=place, font_size=14))
        x += width
    column.space(32 if drawing.key else 0)


def _figure(column: Column, drawing: Drawing) -> None:
    drawn = drawing.draw(INSIDE)
    place = f"translate({EDGE} {column.bottom:.0f})"
    column.parts.append(tag("g", drawn.markup, transform=place, class_="figure-svg"))
    column.space(drawn.height + 14)


def _sources(column: Column, sources: Iterable[str]) -> None:
    y = column.bottom
    column.parts.append(
        tag("line", x1=EDGE, x2=WIDTH - EDGE, y1=y, y2=y, stroke="var(--line-strong)")
    )
    column.space(6)
    for source in sources:
        column.text(wrapped(source, 12.5), "picture-words", 12.5)
    column.space(18)


_RULES: Final = (
    ".picture-paper { fill: var(--paper) } .picture-band { fill: var(--warn-paper) } "
    ".picture-mark { fill: var(--warn-ink); font-weight: 700 } "
    ".picture-title { fill: var(--ink); font-weight: 700 } "
    ".picture-words { fill: var(--ink-soft) } .picture-source { fill: var(--warn-ink) } "
    ".card-site { fill: var(--accent); font-weight: 700 }"
)
