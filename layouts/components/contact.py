"""Whom readers can write to, and how they tell of an error."""

from dash import html
from dash.development.base_component import Component

from layouts.components.link import file_link, link
from layouts.page import Observer
from layouts.view import View
from layouts.words import Words


def ways_to_tell(observe: Observer, view: View, words: Words) -> list[Component]:
    """The way to the form, where reports are taken, and the operator's address."""
    form = link(words("page_feedback_title"), view.href(page="feedback", code=""))
    is_open = observe.upkeep.takes_reports
    return [*([html.P(form)] if is_open else []), contact_line(observe.upkeep.contact, words)]


def contact_line(contact: str, words: Words) -> Component:
    """The operator's address as a link, or the plain word that none was given."""
    if not contact:
        return html.P(words("contact_none"))
    href = contact if contact.startswith("http") else f"mailto:{contact}"
    before, _, after = words("contact_at", contact="\0").partition("\0")
    return html.P([before, file_link(contact, href), after])
