"""The form to tell of an error on the site: which page, what kind, what is wrong; never who."""

from html import escape
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.contact import contact_line
from layouts.components.markup import markup
from layouts.page import Observer, Page
from layouts.reporting import FAULTS, KINDS, LONGEST_PAGE, LONGEST_TEXT, SHORTEST_TEXT
from layouts.view import View
from layouts.words import Words


def layout(observe: Observer, view: View, words: Words) -> Component:
    """What the form is for and what it is not, and the form, where reports are taken."""
    takes = observe.upkeep.takes_reports
    return html.Article(
        [
            html.H1(words("feedback_finding")),
            html.P(words("feedback_lead"), className="lead"),
            *_fault(view, words),
            *([_form(view, words)] if takes else [html.P(words("feedback_closed"))]),
            html.P(words("feedback_appeals"), className="caution"),
            contact_line(observe.upkeep.contact, words),
        ],
        className="feedback",
    )


def _fault(view: View, words: Words) -> list[Component]:
    """Why a report was not taken."""
    fault = view.get("fault")
    if fault not in FAULTS:
        return []
    return [html.P(words(f"feedback_fault_{fault}"), className="fault", role="alert")]


def _form(view: View, words: Words) -> Component:
    action = view.href(about=None, fault=None, release=None)
    return markup(
        f'<form class="report-form" method="post" action="{escape(action)}">'
        f"{_page_field(view, words)}{_kind_field(words)}{_text_field(words)}"
        f'<p class="note" id="feedback-privacy">{escape(words("feedback_privacy"))}</p>'
        f'<button type="submit">{escape(words("feedback_send"))}</button></form>',
        className="report-place",
    )


def _page_field(view: View, words: Words) -> str:
    return (
        f'<label class="field"><span>{escape(words("feedback_page"))}</span>'
        f'<input name="page" value="{escape(view.get("about"))}" maxlength="{LONGEST_PAGE}"'
        ' autocomplete="off"></label>'
    )


def _kind_field(words: Words) -> str:
    options = "".join(
        f'<label class="option"><input type="radio" name="kind" value="{kind}" required>'
        f" {escape(words(f'feedback_kind_{kind}'))}</label>"
        for kind in KINDS
    )
    return f"<fieldset><legend>{escape(words('feedback_kind'))}</legend>{options}</fieldset>"


def _text_field(words: Words) -> str:
    return (
        f'<label class="field"><span>{escape(words("feedback_text"))}</span>'
        f'<textarea name="text" rows="6" required minlength="{SHORTEST_TEXT}"'
        f' maxlength="{LONGEST_TEXT}" aria-describedby="feedback-privacy"></textarea></label>'
    )


PAGE: Final = Page("feedback", layout)
