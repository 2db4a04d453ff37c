"""Whom readers can write to."""

from dash import html
from dash.development.base_component import Component

from layouts.components.link import file_link
from layouts.words import Words


def contact_line(contact: str, words: Words) -> Component:
    """The operator's address as a link, or the plain word that none was given."""
    if not contact:
        return html.P(words("contact_none"))
    href = contact if contact.startswith("http") else f"mailto:{contact}"
    before, _, after = words("contact_at", contact="\0").partition("\0")
    return html.P([before, file_link(contact, href), after])
