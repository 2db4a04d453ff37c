"""Drawings, plain forms and tables: markup made on the server that both layers show alike.

Without scripts it stands in the page. In the browser ``assets/markup.js`` fills the same place from
the attribute: Dash has no component for a drawing or an input field that works without scripts, and
a table of a thousand cells would be thousands of components.
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
