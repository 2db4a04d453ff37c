"""The document of one chart or table for the page of someone else: no frame, no scripts.

It always says where it is from, and all its links open beside the page that it stands in.
"""

from dataclasses import dataclass
from html import escape
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from layouts.components.link import file_link
from layouts.static import to_html

STYLES: Final = ("tokens", "base", "exploring", "figures", "parts", "views", "takeaway")
TEMPLATE: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<base target="_blank">
{styles}
</head>
<body class="embed">{body}</body>
</html>
"""


@dataclass(frozen=True)
class Embedded:
    """What is shown: the exhibit's place on its page, and the words around it. ``marks`` must not
    be overlooked; ``home`` is the address of the page, called ``home_words``."""

    lang: str
    title: str
    place: Component
    marks: tuple[str, ...]
    sources: tuple[str, ...]
    home: str
    home_words: str


def embedded(shown: Embedded) -> str:
    """The whole document."""
    body = html.Main(
        [
            *(html.P(mark, className="embed-mark") for mark in shown.marks),
            html.H1(shown.title),
            *_content(shown.place),
            html.Footer(
                [
                    html.P(" ".join(shown.sources)),
                    html.P(file_link(shown.home_words, shown.home)),
                ]
            ),
        ],
        className="page-embed",
    )
    return TEMPLATE.format(
        lang=shown.lang,
        title=escape(shown.title),
        canonical=escape(shown.home),
        styles="\n".join(f'<link rel="stylesheet" href="/assets/{s}.css">' for s in STYLES),
        body=to_html(body),
    )


def _content(place: Component) -> list[Any]:
    """What the place holds but its heading: the document has one already."""
    children = getattr(place, "children", [])
    return [each for each in children if not isinstance(each, html.H2 | html.H3)]
