"""The picture that stands for a page where someone sends a link to it: 1,200 by 630 pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from layouts.figures.marks import tag, words_of
from layouts.figures.picture import BROADEST_LETTER, Column, document, wrapped

WIDTH: Final = 1200
HEIGHT: Final = 630
EDGE: Final = 64
INSIDE: Final = WIDTH - 2 * EDGE
TITLE_SIZES: Final = ((62, 2), (52, 3), (44, 4))
"""Sizes of the title from the largest, each with the most lines that it may have."""
LEAD: Final = 30


@dataclass(frozen=True)
class SocialCard:
    """What the card says; ``mark`` is what must not be overlooked, or ''."""

    lang: str
    site: str
    title: str
    lead: str
    numbers: Sequence[tuple[str, str]]
    mark: str
    source: str


def card_svg(card: SocialCard) -> str:
    """The card as one SVG document."""
    column = Column(edge=EDGE)
    column.parts.append(tag("rect", width=WIDTH, height=14, fill="var(--accent)"))
    column.space(48)
    column.text([card.site], "card-site", 28)
    column.space(22)
    size, lines = fitting(card.title)
    column.text(lines, "picture-title", size, 1.16)
    column.space(16)
    column.text(_lead(card, column), "picture-words", LEAD)
    column.parts += [*_numbers(card.numbers), *_foot(card)]
    column.bottom = HEIGHT
    return document(card.lang, card.title, card.lead, column, WIDTH)


def fitting(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines; the smallest one may be cut."""
    for size, most in TITLE_SIZES:
        lines = wrapped(title, size, INSIDE)
        if len(lines) <= most:
            return size, lines
    return size, cut(lines, most)


def cut(lines: list[str], most: int) -> list[str]:
    """At most so many lines; what was cut off is shown by three dots."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rsplit(' ', 1)[0]}…"]


def _lead(card: SocialCard, column: Column) -> list[str]:
    """As much of the sentence as there is room for above the numbers or the foot."""
    floor = HEIGHT - (232 if card.numbers else 110)
    most = int((floor - column.bottom) / (LEAD * 1.35))
    return cut(wrapped(card.lead, LEAD, INSIDE), most) if most > 0 else []


def _numbers(numbers: Sequence[tuple[str, str]]) -> list[str]:
    """The numbers side by side, each over its name."""
    width = INSIDE / max(len(numbers), 1)
    parts = []
    for index, (name, number) in enumerate(numbers):
        x = EDGE + index * width
        names = cut(wrapped(name, 21, width - 24), 2)
        size = min(58, int((width - 24) / (len(number) * BROADEST_LETTER)))
        parts.append(_text(number, x, HEIGHT - 166, "picture-title", size))
        parts += [
            _text(line, x, HEIGHT - 132 + 27 * row, "picture-words", 21)
            for row, line in enumerate(names)
        ]
    return parts


def _foot(card: SocialCard) -> list[str]:
    """The release, or before it a band with what must not be overlooked."""
    if not card.mark:
        return [_text(card.source, EDGE, HEIGHT - 36, "picture-words", 22)]
    return [
        tag("rect", y=HEIGHT - 78, width=WIDTH, height=78, class_="picture-band"),
        _text(card.mark, EDGE, HEIGHT - 46, "picture-mark", 22),
        _text(card.source, EDGE, HEIGHT - 16, "picture-source", 20),
    ]


def _text(text: str, x: float, y: float, style: str, size: float) -> str:
    return tag("text", words_of(text), x=x, y=y, class_=style, font_size=size)
