"""The agencies' right of reply: their own dated words, beside the figures that they speak of."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from data.statements import Reply
from layouts.components.link import link
from layouts.components.said import listed, paragraphs
from layouts.page import Observer
from layouts.view import View
from layouts.words import LANGUAGE_TAGS, Words


def replies_of(observe: Observer, agency: str) -> list[Reply]:
    """What an agency said, newest first."""
    return [each for each in observe.store.board.replies() if each.agency == agency]


def replies_section(observe: Observer, view: View, words: Words) -> list[Component]:
    """All statements of the agency of a page; nothing where it has made none."""
    said = replies_of(observe, view.code)
    if not said:
        return []
    return [
        html.Section(
            [
                html.H2(words("replies_heading")),
                html.P(words("replies_note"), className="note"),
                *(_reply(each, view, words) for each in said),
            ],
            className="replies",
            id="replies",
        )
    ]


def _reply(said: Reply, view: View, words: Words) -> Component:
    heading = html.H3(_about(said, view, words))
    if said.withdrawn:
        gone = words("reply_withdrawn", day=words.date(said.day), date=words.date(said.withdrawn))
        return html.Article([heading, html.P(gone)], className="reply", id=anchor(said))
    lang, parts = paragraphs(said.texts, words)
    by = html.P(words("reply_by", author=said.author, date=words.date(said.day)))
    quote = html.Blockquote(parts, lang=LANGUAGE_TAGS[lang])
    return html.Article([heading, quote, by], className="reply", id=anchor(said))


def _about(said: Reply, view: View, words: Words) -> list[str | Component]:
    """The figures that are spoken of, each a link to them."""
    of_period = link(words.period(said.period), view.href(period=said.period))
    if not said.indicator:
        return [words("reply_about_all"), ": ", of_period]
    name = words(f"indicator_{said.indicator}")
    return [link(name, view.href(page="indicator", code=said.indicator)), ": ", of_period]


def anchor(said: Reply) -> str:
    """Where on the agency's page a statement stands."""
    return f"reply-{said.id}"


def reply_links(
    observe: Observer, view: View, words: Words, where: tuple[str, str, str]
) -> list[Component]:
    """Beside one figure of an agency (agency, period, indicator): ways to what it said of it."""
    agency, period, indicator = where
    said = [
        each
        for each in replies_of(observe, agency)
        if each.period == period and each.indicator == indicator and not each.withdrawn
    ]
    page = view.href(page="agency", code=agency)
    links = [link(words("reply_link", date=words.date(e.day)), f"{page}#{anchor(e)}") for e in said]
    return [html.P(each, className="reply-link") for each in links]


def replies_note(
    observe: Observer, view: View, words: Words, period: str, agencies: Sequence[str]
) -> list[Component]:
    """Below a table of agencies: which of them have said something of the period."""
    said = [each for each in observe.store.board.replies() if not each.withdrawn]
    speakers = {each.agency for each in said if each.period == period} & {*agencies}
    if not speakers:
        return []
    codes = observe.release.codelists["agency"]
    links = [
        link(words.name(codes, code), f"{view.href(page='agency', code=code)}#replies")
        for code in agencies
        if code in speakers
    ]
    return [html.P([words("replies_listed"), " ", *listed(links)], className="note")]
