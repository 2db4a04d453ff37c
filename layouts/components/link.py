"""Links: to a page of the site (no reload where scripts run), and to a file or another site."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

Content = str | Component | list[Any]


def link(content: Content, href: str, **properties: Any) -> Component:
    """A link to a page of this site; ``href`` comes from ``view.href``."""
    return dcc.Link(content, href=href, **properties)


def file_link(content: Content, href: str, **properties: Any) -> Component:
    """A link to a file or to another site: the browser follows it itself."""
    return html.A(content, href=href, **properties)
