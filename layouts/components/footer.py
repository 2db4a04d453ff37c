"""The foot of every page: what the numbers are from, and what there is to know of the site."""

from collections.abc import Iterable
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.aria import aria
from layouts.components.link import file_link, link
from layouts.feeds import feed_href
from layouts.view import View
from layouts.words import Words

ABOUT: Final = ("glossary", "method", "disclosure", "releases", "corrections", "accessibility")
"""The pages that speak of the site itself."""


def footer(view: View, words: Words, release: Release | None) -> Component:
    """Two columns: the release that is shown, and the site."""
    columns = [_about_site(view, words)]
    if release is not None:
        columns.insert(0, _about_release(view, words, release))
    return html.Footer(
        html.Div([html.Div(columns, className="footer-columns")], className="inner"),
        className="site-footer",
    )


def _about_release(view: View, words: Words, release: Release) -> Component:
    source = release.manifest.source
    title = source.titles.get(view.lang) or source.titles.get("en") or source.name
    as_of = words("footer_release", release=release.id, date=words.date(release.manifest.as_of))
    files = f"/releases/{release.id}/manifest.json"
    return html.Section(
        [
            html.H2(words("footer_release_heading")),
            html.P([as_of, " ", file_link(words("footer_manifest"), files)]),
            html.P(words("footer_source", title=title, licence=source.licence)),
            *_report(view, words),
            html.P(file_link(words("footer_feed"), feed_href(view))),
            html.P(file_link(words("footer_api"), "/api/v1/catalog")),
        ]
    )


def _report(view: View, words: Words) -> list[Component]:
    """The way to tell of an error on this very page."""
    if view.page in {"feedback", "thanks"}:
        return []
    form = view.href(page="feedback", code="", about=view.href())
    return [html.P(link(words("footer_report"), form))]


def _about_site(view: View, words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("footer_site")),
            html.P(words("footer_about")),
            html.Nav(html.Ul(list(_links(view, words))), **aria(label=words("footer_site"))),
            html.P(words("footer_privacy")),
        ]
    )


def _links(view: View, words: Words) -> Iterable[Component]:
    for name in ABOUT:
        yield html.Li(link(words(f"page_{name}_title"), view.href(page=name, code="")))
