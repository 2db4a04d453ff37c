"""The HTML document around a page, for readers without scripts, search engines and printers.

The page stands in ``#still``; Dash draws the same beside it, unseen, and a script lets go of the
still one when the drawing is complete, so that nothing flashes or moves.
"""

from collections.abc import Mapping
from html import escape

from data.codelists import LANGUAGES
from layouts.shell import LANGUAGE_TAGS, full_title
from layouts.site import Drawn
from layouts.static import to_html
from layouts.words import Words

TEMPLATE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.ico">
{links}
{css}
</head>
<body>
<div id="still">{body}</div>
<div id="live" class="live-waiting" aria-hidden="true"><div id="react-entry-point"></div></div>
<div hidden>{config}
{scripts}
{renderer}</div>
</body>
</html>
"""


def document(drawn: Drawn, words: Words, origin: str, parts: Mapping[str, str]) -> str:
    """The document; ``parts`` are Dash's own tags, ``origin`` the site's scheme and host or ''."""
    return TEMPLATE.format(
        lang=LANGUAGE_TAGS[drawn.lang],
        title=escape(full_title(drawn.title, words)),
        description=escape(drawn.description),
        links=_links(drawn, origin),
        body=to_html(drawn.body),
        **{name: parts[name] for name in ("css", "config", "scripts", "renderer")},
    )


def _links(drawn: Drawn, origin: str) -> str:
    if drawn.view is None:
        return '<meta name="robots" content="noindex">'
    canonical = _link("canonical", origin + drawn.view.href())
    others = (
        _link("alternate", origin + drawn.view.href(lang=lang), LANGUAGE_TAGS[lang])
        for lang in LANGUAGES
    )
    return "\n".join((canonical, *others))


def _link(relation: str, href: str, language: str = "") -> str:
    hreflang = f' hreflang="{language}"' if language else ""
    return f'<link rel="{relation}"{hreflang} href="{escape(href)}">'
