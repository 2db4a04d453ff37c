"""What the browser says of a table whose rows it sorts, filters and marks by itself.

A table knows no language: it is marked here, and given its words when its page is drawn.
"""

from typing import Final

from dash.development.base_component import Component

from layouts.static import components
from layouts.words import Words

MARK: Final = "_sorted_rows"
SORTED_BY: Final = "data-value"
"""The attribute of what stands in a cell that is sorted by a number which it does not show."""


def equipped(place: Component, rows: int) -> None:
    """Marks the place of a table with so many rows to sort and choose from."""
    setattr(place, MARK, rows)


def with_tools(main: Component, words: Words) -> Component:
    """The page with words for the tools of each of its tables."""
    for place in components(main):
        if rows := getattr(place, MARK, 0):
            for name, text in _said(rows, words).items():
                setattr(place, f"data-{name}", text)
    return main


def _said(rows: int, words: Words) -> dict[str, str]:
    """By the names under which ``assets/tables.js`` looks for them; it fills the braces."""
    return {
        "filter": words("tables_filter"),
        "rows": words("tables_rows", n=rows, shown="{shown}"),
        "ascending": words("tables_ascending", column="{column}"),
        "descending": words("tables_descending", column="{column}"),
        "published": words("tables_published"),
        "mark": words("tables_mark", row="{row}"),
    }
