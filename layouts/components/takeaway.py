"""The ways to take what a page shows: below each chart and table its files, as plain links, and
the code that puts it elsewhere; at the end of the page how to cite it."""

from html import escape
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.aria import aria
from layouts.components.citing import citation
from layouts.components.copying import copy_button
from layouts.components.exhibit import Exhibit, exhibits
from layouts.components.headline import headline_of
from layouts.components.link import file_link
from layouts.components.taking_page import citing, packed
from layouts.taken import EMBED, EMBEDS, PICTURES, taken_href
from layouts.view import View
from layouts.words import Words

HEIGHT_OF_DRAWING: Final = 640
HEIGHT_OF_LINE: Final = 38
LARGEST_HEIGHT: Final = 720
"""Pixels of a frame; what is higher scrolls within it."""


def furnished(
    main: Component, release: Release, view: View, words: Words, origin: str
) -> Component:
    """The page with all ways to take it; ``origin`` is the site's host or ''."""
    cited = citation(release, view, words, headline_of(main), origin)
    shown = list(exhibits(main))
    for place, exhibit in shown:
        ways = [_files(exhibit, view, words), _embedding(exhibit, view, words, origin)]
        place.children = [*place.children, html.Div(ways, className="ways")]
    pack = [packed(view, words)] if shown else []
    return html.Div([main, *pack, citing(cited, release, words)])


def forms_of(exhibit: Exhibit) -> tuple[str, ...]:
    """The forms in which an exhibit can be had."""
    return ("csv", "xlsx", *(PICTURES if exhibit.drawing else ()))


def _files(exhibit: Exhibit, view: View, words: Words) -> Component:
    links = [
        html.Li(file_link(form.upper(), taken_href(view, f"{exhibit.name}.{form}"), rel="nofollow"))
        for form in forms_of(exhibit)
    ]
    return html.Ul(links, **aria(label=words("taken_label", title=exhibit.title)))


def _embedding(exhibit: Exhibit, view: View, words: Words, origin: str) -> Component:
    code = _code(exhibit, view, origin)
    path = "" if origin else EMBEDS + "/"
    parts = [
        html.Summary(words("taken_embed")),
        html.P(words("taken_embed_how")),
        html.Pre(html.Code(code), tabIndex="0", role="group"),
        html.P(copy_button(words, path)),
    ]
    return html.Details(parts)


def _code(exhibit: Exhibit, view: View, origin: str) -> str:
    """The element that shows the exhibit in another page."""
    href = origin + taken_href(view, f"{exhibit.name}.{EMBED}", EMBEDS)
    lines = len(exhibit.rows) + 6
    height = HEIGHT_OF_DRAWING if exhibit.drawing else min(lines * HEIGHT_OF_LINE, LARGEST_HEIGHT)
    return (
        f'<iframe src="{escape(href)}" title="{escape(exhibit.title)}" width="100%" '
        f'height="{height}" loading="lazy" style="border:0"></iframe>'
    )
