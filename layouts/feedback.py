"""The form to tell of an error on the site: which page, what kind, what is wrong; never who."""

from html import escape
from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts.components.contact import contact_line
from layouts.components.markup import markup
from layouts.page import Observer, Page
from layouts.reporting import KINDS, LONGEST_PAGE, LONGEST_TEXT, SHORTEST_TEXT, TRAP, Draft
from layouts.view import View
from layouts.words import Words

FAULT: Final = "feedback-fault"
PRIVACY: Final = "feedback-privacy"


def layout(observe: Observer, view: View, words: Words) -> Component:
    """What the form is for and what it is not, and the form, where reports are taken."""
    takes, draft = observe.upkeep.takes_reports, observe.draft
    return html.Article(
        [
            html.H1(words("feedback_finding")),
            *_fault(draft, words),
            html.P(words("feedback_lead"), className="lead"),
            _form(view, words, draft) if takes or draft else html.P(words("feedback_closed")),
            html.P(words("feedback_appeals"), className="caution"),
            contact_line(observe.upkeep.contact, words),
        ],
        className="feedback",
    )


def _fault(draft: Draft | None, words: Words) -> list[Component]:
    """Why a report was not kept."""
    if draft is None:
        return []
    held = ", ".join(words(f"feedback_found_{name}") for name in draft.found)
    said = words(f"feedback_fault_{draft.fault}", found=held)
    return [html.P([html.B(words("feedback_not_kept")), " ", said], id=FAULT, className="fault")]


def _form(view: View, words: Words, draft: Draft | None) -> Component:
    """The form, empty or with what its reader gave before."""
    given = draft or Draft(view.get("about"), "", "", "")
    action = view.href(about=None, release=None)
    return markup(
        f'<form class="report-form" method="post" action="{escape(action)}">'
        f"{_page_field(given, words)}{_kind_field(given, words)}{_text_field(given, words)}"
        f'{_trap(words)}<p class="note" id="{PRIVACY}">{escape(words("feedback_privacy"))}</p>'
        f'<button type="submit">{escape(words("feedback_send"))}</button></form>',
        className="report-place",
    )


def _page_field(given: Draft, words: Words) -> str:
    return (
        f'<label class="field"><span>{escape(words("feedback_page"))}</span>'
        f'<input name="page" value="{escape(given.page)}" maxlength="{LONGEST_PAGE}"'
        ' autocomplete="off" autocapitalize="off" spellcheck="false"></label>'
    )


def _kind_field(given: Draft, words: Words) -> str:
    options = "".join(
        f'<label class="option"><input type="radio" name="kind" value="{kind}" required'
        f"{' checked' if kind == given.kind else ''}>"
        f" {escape(words(f'feedback_kind_{kind}'))}</label>"
        for kind in KINDS
    )
    return f"<fieldset><legend>{escape(words('feedback_kind'))}</legend>{options}</fieldset>"


def _text_field(given: Draft, words: Words) -> str:
    described = f"{FAULT} {PRIVACY}" if given.fault else PRIVACY
    return (
        f'<label class="field"><span>{escape(words("feedback_text"))}</span>'
        f'<textarea name="text" rows="6" required minlength="{SHORTEST_TEXT}"'
        f' maxlength="{LONGEST_TEXT}" aria-describedby="{described}"'
        f"{' autofocus' if given.fault else ''}>\n{escape(given.text)}</textarea></label>"
    )


def _trap(words: Words) -> str:
    """A field that only a program fills in."""
    return (
        f'<label class="visually-hidden" aria-hidden="true">{escape(words("feedback_trap"))}'
        f' <input name="{TRAP}" tabindex="-1" autocomplete="off"></label>'
    )


PAGE: Final = Page("feedback", layout, is_cited=False)
