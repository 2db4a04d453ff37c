"""A chart or table that a reader can take away by itself: its name, title, cells and drawing.

It is the very thing on the page: the same cells, so that a file cannot say something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dash.development.base_component import Component

from layouts.components.reading import Reading, reading_of
from layouts.figures.drawing import Drawing
from layouts.static import components

MARK: Final = "_exhibit"


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: a reading, or a text, or a reading with a text beside it."""

    text: str = ""
    reading: Reading | None = None


@dataclass(frozen=True)
class Exhibit:
    """``name`` is its address within the page; the first of ``headings`` is over the row names."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawing: Drawing | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that it shows, each once, in the order of the columns."""
        shown = (cell.reading.indicator for row in self.rows for cell in row if cell.reading)
        return tuple(dict.fromkeys(shown))


def exhibited(component: Component, exhibit: Exhibit) -> Component:
    """Marks a component as the place of an exhibit. Its children must be a list."""
    setattr(component, MARK, exhibit)
    return component


def exhibits(tree: object) -> Iterator[tuple[Component, Exhibit]]:
    """All exhibits of a page, each with the component that shows it."""
    for component in components(tree):
        if (exhibit := getattr(component, MARK, None)) is not None:
            yield component, exhibit


def cell_of(content: object) -> Cell:
    """A table cell as it is shown: its reading if it has one, and what else stands there."""
    leaves = list(_leaves(content))
    readings = [found for leaf in leaves if (found := reading_of(leaf)) is not None]
    rest = "".join(str(leaf) for leaf in leaves if reading_of(leaf) is None)
    return Cell(_tidy(rest), readings[0] if readings else None)


def text_of(content: object) -> str:
    """The words of a content, without signs for the eye alone."""
    return _tidy("".join(str(leaf) for leaf in _leaves(content, through=True)))


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _leaves(content: object, *, through: bool = False) -> Iterator[object]:
    """The texts of a content; signs of missing values as they are, or as texts if ``through``."""
    if isinstance(content, Component):
        if getattr(content, "aria-hidden", None) == "true":
            return
        if reading_of(content) is not None and not through:
            yield content
        else:
            yield from _leaves(getattr(content, "children", None), through=through)
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _leaves(part, through=through)
    elif content is not None:
        yield content
