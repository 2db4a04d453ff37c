"""What a page says first, read from the page itself: for cards, search engines and citations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.exhibit import Cell, Exhibit, cell_of, text_of
from layouts.static import components
from layouts.words import Words

MOST_NUMBERS: Final = 3


@dataclass(frozen=True)
class Headline:
    """The title of a page, the sentence below it, and its first numbers with their names."""

    title: str
    lead: str
    numbers: tuple[tuple[str, str], ...]


def headline_of(main: Component) -> Headline:
    """The headline of a page's main content."""
    title = next((text_of(each) for each in components(main) if isinstance(each, html.H1)), "")
    lead = next((text_of(each) for each in components(main) if "lead" in _classes(each)), "")
    return Headline(title, lead, tuple(_numbers(main))[:MOST_NUMBERS])


def cautions_of(main: Component) -> Iterator[str]:
    """What a page says that must not be concluded from it."""
    for component in components(main):
        if "caution" in _classes(component):
            parts = getattr(component, "children", None)
            whole = parts if isinstance(parts, list) else [parts]
            is_section = any(isinstance(part, html.H2 | html.H3) for part in whole)
            yield " ".join(map(text_of, whole)) if is_section else text_of(component)


def headlines(main: Component, words: Words) -> Exhibit | None:
    """The readings of the page's cards as a table: name, number, what it is compared with."""
    cards = [each for each in components(main) if "card" in _classes(each)]
    rows = [row for card in cards if (row := _row(card))[1].reading]
    headings = (words("pages_indicator"), words("taken_value"), words("taken_compared"))
    title = words("taken_headlines")
    return Exhibit("headlines", title, headings, tuple(rows)) if rows else None


def _row(card: Component) -> tuple[Cell, ...]:
    parts = {name: part for part in components(card) for name in _classes(part)}
    name, number = text_of(parts.get("card-name")), cell_of(parts.get("card-number"))
    return Cell(name), number, Cell(text_of(parts.get("card-compared")))


def _numbers(main: Component) -> Iterator[tuple[str, str]]:
    """The cards that have a number; a card has its name first, then its number."""
    name = ""
    for component in components(main):
        classes = _classes(component)
        if "card-name" in classes:
            name = text_of(component)
        elif "card-number" in classes and "card-missing" not in classes:
            yield name, text_of(component)


def _classes(component: Component) -> list[str]:
    return str(getattr(component, "className", "")).split()
