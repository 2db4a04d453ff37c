"""Drawings and plain forms: markup made on the server that both layers of the site show alike.

Without scripts it stands in the page. Dash has no component for a drawing or an input field that
works without scripts, so in the browser ``assets/markup.js`` fills the same place from the
attribute.
"""

from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from layouts.static import with_markup

ATTRIBUTE: Final = "data-markup"


def markup(content: str, **properties: Any) -> Component:
    """A place that shows markup; every text in it must have been escaped by its maker."""
    properties[ATTRIBUTE] = content
    return with_markup(html.Div(**properties), content)
