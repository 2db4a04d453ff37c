"""How a statement is shown: its words as they were given, in their language, nothing added."""

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from data.statements import Texts, text_in
from layouts.words import Words


def paragraphs(texts: Texts, words: Words) -> tuple[str, list[Component]]:
    """The language that is shown, and its paragraphs: an empty line parts two."""
    lang, text = text_in(texts, words.lang)
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return lang, [html.P(part) for part in parts if part]


def listed(parts: Iterable[Component]) -> list[str | Component]:
    """Several links in one line, with commas between."""
    line: list[str | Component] = []
    for part in parts:
        line += [", ", part] if line else [part]
    return line
