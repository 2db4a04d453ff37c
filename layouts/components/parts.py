"""A large table in parts, so that no page is heavy: some of its rows, and some columns."""

from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.cut import Cut
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words

MOST: Final = 1_000
"""Cells on one page."""
WIDEST: Final = 60
"""Cells in one line."""
ANCHOR: Final = "result"


@dataclass(frozen=True)
class Part:
    """The codes that one page shows; ``start`` is the place of its first row among all rows."""

    number: int
    count: int
    start: int
    rows: int
    down: tuple[str, ...]
    across: tuple[str, ...]


def part_of(cut: Cut, view: View) -> Part:
    """The part in the address; the last for a number that is too large."""
    wide = max(WIDEST // len(cut.names), 1)
    long = max(MOST // (min(wide, len(cut.across_codes)) * len(cut.names)), 1)
    places = [
        (row, column)
        for row in range(0, len(cut.down_codes), long)
        for column in range(0, len(cut.across_codes), wide)
    ]
    number = min(int(view.get("part")), len(places))
    row, column = places[number - 1]
    return Part(
        number,
        len(places),
        row,
        len(cut.down_codes),
        cut.down_codes[row : row + long],
        cut.across_codes[column : column + wide],
    )


def part_links(part: Part, view: View, words: Words) -> list[Component]:
    """Which part this is, and links to the ones before and after."""
    if part.count == 1:
        return []
    links = [
        link(words(key), f"{view.href(part=str(number))}#{ANCHOR}")
        for key, number in (("pages_previous", part.number - 1), ("pages_next", part.number + 1))
        if 1 <= number <= part.count
    ]
    first, last = part.start + 1, part.start + len(part.down)
    said = {"part": part.number, "count": part.count, "first": first, "last": last}
    where = words("table_part", rows=part.rows, **said)
    return [html.Nav([html.Span(where), *links], className="parts-nav")]
