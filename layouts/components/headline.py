"""What a page says first, read from the page itself: for cards, search engines and citations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.exhibit import text_of
from layouts.static import components

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
