"""A button that copies a text, for readers with scripts; all others have the text itself."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.words import Words


def copy_button(words: Words, path: str = "") -> list[Component]:
    """The button and the place where it says that it is done (``assets/takeaway.js``).

    It copies what stands before it: the text, or the whole address of a link. ``path`` is the part
    of the text that is an address without a host, where the site does not know its own.
    """
    asked: dict[str, Any] = {"data-path": path, "data-done": words("taken_copied")}
    return [
        html.Button(words("taken_copy"), type="button", className="copy", **asked),
        html.Span(className="copied", role="status"),
    ]
