"""The public log of errors: what was wrong, since when it is known, and how long mending took."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.datasets import TABLES
from data.indicators import INDICATORS
from data.statements import Correction
from layouts.components.contact import ways_to_tell
from layouts.components.link import file_link, link
from layouts.components.said import listed, paragraphs
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import LANGUAGE_TAGS, Words

FILE: Final = "/api/v1/corrections"


def layout(observe: Observer, view: View, words: Words) -> Component:
    """How many errors are known and how many are mended, each of them, and withdrawn releases."""
    known = observe.store.board.corrections()
    return html.Article(
        [
            html.H1(_finding(known, len(observe.store.withdrawals()), words)),
            html.P(words("corrections_lead"), className="lead"),
            *(_entry(each, observe, view, words) for each in known),
            *_withdrawn(observe, view, words),
            html.H2(words("corrections_tell")),
            html.P(words("corrections_tell_text")),
            *ways_to_tell(observe, view, words),
            html.P(file_link(words("corrections_file"), FILE), className="note"),
        ],
        className="corrections",
    )


def _finding(known: Sequence[Correction], withdrawn: int, words: Words) -> str:
    if not known:
        return words(
            "corrections_withdrawn_alone" if withdrawn else "corrections_none", n=withdrawn
        )
    open_yet = sum(not each.mended for each in known)
    if open_yet:
        return words("corrections_finding_open", n=len(known), open=open_yet)
    return words("corrections_finding", n=len(known))


def _entry(error: Correction, observe: Observer, view: View, words: Words) -> Component:
    lang, parts = paragraphs(error.texts, words)
    concerns = [_concerned(name, view, words) for name in error.concerns]
    about: dict[str, list[str | Component]] = {
        "corrections_state": [_state(error, words)],
        "corrections_concerns": listed(concerns),
        "corrections_releases": listed([_release(e, observe, view) for e in error.releases]),
    }
    if error.mended_in:
        about["corrections_mended_in"] = [_release(error.mended_in, observe, view)]
    terms = [p for key, said in about.items() for p in (html.Dt(words(key)), html.Dd(said))]
    return html.Section(
        [
            html.H2(words("corrections_found", date=words.date(error.day))),
            html.Div(parts, lang=LANGUAGE_TAGS[lang]),
            html.Dl(terms, className="parts"),
        ],
        className="correction",
        id=f"correction-{error.id}",
    )


def _state(error: Correction, words: Words) -> str:
    if error.days_to_mend is None:
        return words("corrections_not_mended")
    if error.days_to_mend == 0:
        return words("corrections_mended_at_once", date=words.date(error.mended))
    return words("corrections_mended", n=error.days_to_mend, date=words.date(error.mended))


def _concerned(name: str, view: View, words: Words) -> Component:
    """An indicator by its page, a table by its name."""
    if name in INDICATORS:
        return link(words(f"indicator_{name}"), view.href(page="indicator", code=name))
    return html.Span(words(f"table_{name}") if name in TABLES else name)


def _release(release_id: str, observe: Observer, view: View) -> Component:
    """A release as the whole site bound to it; by its name alone where it was taken away."""
    if release_id not in observe.store.ids():
        return html.Span(release_id)
    return link(release_id, view.href(page="home", release=release_id))


def _withdrawn(observe: Observer, view: View, words: Words) -> list[Component]:
    register = observe.store.withdrawals()
    items = []
    for release_id, withdrawal in register.items():
        lang, reason = withdrawal.reason(words.lang)
        told = html.Span(reason, lang=LANGUAGE_TAGS[lang])
        day = f": {words.date(withdrawal.day)}. "
        items.append(html.Li([_release(release_id, observe, view), day, told]))
    return [html.H2(words("corrections_withdrawn")), html.Ul(items)] if items else []


PAGE: Final = Page("corrections", layout)
