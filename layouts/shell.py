"""The frame around every page: banner, header, languages, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from data.codelists import LANGUAGES
from data.releases import Release
from data.withdrawals import Withdrawal
from layouts.components.aria import aria
from layouts.components.footer import footer
from layouts.components.link import link
from layouts.components.read_first import read_first_notice
from layouts.components.search_box import search_box
from layouts.components.terms_note import terms_note
from layouts.sitemap import RELEASE_KEY
from layouts.view import View
from layouts.words import LANGUAGE_TAGS, Words

NAVIGATION: Final = (
    "agencies",
    "regions",
    "themes",
    "channels",
    "outcomes",
    "trends",
    "acts",
    "system",
)
TOOLS: Final = ("compare", "equity", "table", "data", "method", "releases")
"""Ways to the numbers themselves, and to how they are made."""
PARENTS: Final = {
    "agency": "agencies",
    "claims": "outcomes",
    "region": "regions",
    "act": "acts",
    "theme": "themes",
    "number": "data",
    "indicator": "method",
    "disclosure": "method",
}
HEAD: Final = "head-of-page"


@dataclass(frozen=True)
class Frame:
    """What the frame speaks of; ``newer`` is the current release where an older one is shown,
    ``withdrawal`` says when and why the shown one was withdrawn, ``late`` which promises of the
    current one are broken, and ``is_message`` is true where no page is shown but a word why there
    is none."""

    view: View
    words: Words
    pages: tuple[str, ...]
    release: Release | None
    newer: str | None = None
    withdrawal: Withdrawal | None = None
    late: Sequence[str] = ()
    is_message: bool = False


def page(frame: Frame, main: Component) -> Component:
    """The whole body of a page around its main content."""
    words = frame.words
    return html.Div(
        [
            html.A(words("skip_to_content"), href="#main", className="skip-link"),
            _header(frame),
            *_notices(frame),
            *_read_first(frame),
            html.Main([main, *_terms(frame)], id="main", className="page-main", tabIndex="-1"),
            footer(frame.view, words, frame.release),
        ],
        className="page",
        lang=LANGUAGE_TAGS[frame.view.lang],
    )


def _read_first(frame: Frame) -> list[Component]:
    if frame.is_message or frame.release is None:
        return []
    return read_first_notice(frame.view, frame.words, frame.release)


def _terms(frame: Frame) -> list[Component]:
    return [] if frame.is_message else terms_note(frame.view, frame.words)


def head(lang: str, title: str, words: Words) -> Component:
    """Tells the browser the title and language after a step without a reload."""
    about = {"title": full_title(title, words), "lang": LANGUAGE_TAGS[lang]}
    return dcc.Store(id=HEAD, data=about)


def full_title(title: str, words: Words) -> str:
    """The title of the document: the page's and the site's."""
    return words("document_title", page=title, site=words("site_name"))


def _notices(frame: Frame) -> list[Component]:
    words, release = frame.words, frame.release
    notices = []
    if frame.withdrawal is not None:
        notices.append(_withdrawn(frame, frame.withdrawal))
    if release is not None and release.is_generated:
        notices.append(_notice(words("banner_generated"), "notice notice-generated"))
    if frame.late:
        notices.append(_notice(" ".join(frame.late), "notice notice-late"))
    if frame.newer is not None:
        to_newer = link(
            words("notice_newer_link"), frame.view.href(**{RELEASE_KEY: None}), className="plain"
        )
        text: list[Any] = [words("notice_bound", release=frame.view.release_id), " ", to_newer]
        notices.append(_notice(text, "notice notice-bound"))
    return notices


def _withdrawn(frame: Frame, withdrawal: Withdrawal) -> Component:
    """That the release was withdrawn, when, and why in the words of those who withdrew it."""
    date = frame.words.date(withdrawal.day)
    said = frame.words("notice_withdrawn", release=frame.view.release_id, date=date)
    lang, reason = withdrawal.reason(frame.words.lang)
    text: list[Any] = [html.B(said), " ", html.Span(reason, lang=LANGUAGE_TAGS[lang])]
    return _notice(text, "notice notice-withdrawn")


def _notice(content: Any, class_name: str) -> Component:
    return html.Aside(html.P(content, className="inner"), className=class_name)


def _header(frame: Frame) -> Component:
    words, view = frame.words, frame.view
    return html.Header(
        html.Div(
            [
                link(
                    [
                        html.Span(words("site_name"), className="site-name"),
                        html.Span(words("site_claim"), className="site-claim"),
                    ],
                    view.href(page="home", code=""),
                    className="site-title",
                ),
                html.Div([_languages(frame), *_search(frame)], className="site-tools"),
                _navigation(frame),
            ],
            className="inner header-inner",
        ),
        className="site-header",
    )


def _search(frame: Frame) -> list[Component]:
    """The field of search; on its own page it stands with what was found."""
    if frame.view.page == "search":
        return []
    return [search_box(frame.view, frame.words, frame.release)]


def _navigation(frame: Frame) -> Component:
    """The ways through the site: folded under one word on a phone, and again after each step."""
    lists = [html.Ul(_navigation_links(frame, names)) for names in (NAVIGATION, TOOLS)]
    nav = html.Nav(lists, className="site-nav", **aria(label=frame.words("navigation_label")))
    menu = html.Summary(frame.words("navigation_menu"))
    return html.Details([menu, nav], className="site-menu")


def _navigation_links(frame: Frame, names: Sequence[str]) -> list[Component]:
    return [html.Li(_navigation_link(frame, name)) for name in names if name in frame.pages]


def _navigation_link(frame: Frame, name: str) -> Component:
    here = PARENTS.get(frame.view.page, frame.view.page) == name
    return link(
        frame.words(f"navigation_{name}"),
        frame.view.href(page=name, code=""),
        className="here" if here else "",
    )


def _languages(frame: Frame) -> Component:
    return html.Nav(
        html.Ul([html.Li(_language(frame, lang)) for lang in LANGUAGES]),
        className="site-languages",
        **aria(label=frame.words("language_label")),
    )


def _language(frame: Frame, lang: str) -> Component:
    own_name, tag = frame.words(f"language_{lang.replace('-', '_')}"), LANGUAGE_TAGS[lang]
    if lang == frame.view.lang:
        return html.Strong(own_name, lang=tag)
    return html.Span(link(own_name, frame.view.href(lang=lang)), lang=tag)


def message(words: Words, kind: str) -> Component:
    """A page that has nothing to show but what to do next."""
    return html.Article(
        [
            html.H1(words(f"{kind}_title")),
            html.P(words(f"{kind}_text"), className="lead"),
            html.P(link(words(f"{kind}_link"), f"/{words.lang}/")),
        ],
        className="message",
    )
