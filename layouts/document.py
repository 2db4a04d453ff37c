"""The HTML document around a page, for readers without scripts, search engines and printers.

The page stands in ``#still``; Dash draws the same beside it, unseen, and a script lets go of the
still one when the drawing is complete, so that nothing flashes or moves.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Final

from plotly.offline import get_plotlyjs_version

from data.codelists import LANGUAGES
from layouts import early
from layouts.feeds import MEDIA_TYPE, WHOLE, feed_href, has_feed
from layouts.preview import card_tags
from layouts.shell import full_title
from layouts.site import Drawn
from layouts.static import to_html
from layouts.view import View
from layouts.words import LANGUAGE_TAGS, Words

UNSENT: Final = frozenset(
    {"end_id", "python_version", "dash_version", "dash_version_url", "ddk_version",
     "plotly_version", "plotly_cloud_installed"}
)  # fmt: skip
UNUSED_SCRIPTS: Final = "/dash_table/"
"""Part of the address of programs that Dash names on every page and that none of ours needs."""
CHARTS: Final = f"/assets/plotly/plotly-basic.min.js?m={get_plotlyjs_version()}"
"""What draws live charts: a third of plotly's whole bundle, fetched by ``assets/charts.js``."""
LIVE: Final = '<div id="live"'
"""Where the part of a document begins that scripts need."""
END: Final = "</body>\n</html>\n"
TEMPLATE: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.ico">
<script>{early}</script>
{links}
{card}
{css}
</head>
<body>
<div id="still">{body}</div>
<div id="live" class="live-waiting" aria-hidden="true" data-charts="{charts}">\
<div id="react-entry-point"></div></div>
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
        links=_links(drawn, words, origin),
        card=card_tags(drawn, words, origin),
        early=early.SCRIPT,
        body=to_html(drawn.body),
        charts=escape(CHARTS),
        css=parts["css"],
        config=lean_config(parts["config"]),
        scripts=lean_scripts(parts["scripts"]),
        renderer=parts["renderer"],
    )


def lean_scripts(tags: str) -> str:
    """Dash's tags of programs, one a line, without those that no page needs."""
    return "\n".join(tag for tag in tags.split("\n") if UNUSED_SCRIPTS not in tag)


def without_scripts(text: str) -> str:
    """The document as it stands, for a page that no script may draw anew from its address."""
    return text.partition(LIVE)[0] + END


def lean_config(tag: str) -> str:
    """Dash's settings for the browser without what no page needs.

    A token made anew for each page (for callbacks in the background, which we do not have) would
    make equal pages different bytes; versions of programs are nobody's business.
    """
    start, end = tag.index(">") + 1, tag.rindex("<")
    settings = json.loads(tag[start:end])
    settings["children_props"] = {
        package: {name: props for name, props in of_package.items() if props}
        for package, of_package in settings["children_props"].items()
    }
    kept = {name: value for name, value in settings.items() if name not in UNSENT}
    text = json.dumps(kept, separators=(",", ":")).replace("<", "\\u003c")
    return f"{tag[:start]}{text}{tag[end:]}"


def _links(drawn: Drawn, words: Words, origin: str) -> str:
    if drawn.view is None:
        return '<meta name="robots" content="noindex">'
    canonical = _link("canonical", origin + drawn.view.href())
    others = (
        _link("alternate", origin + drawn.view.href(lang=lang), LANGUAGE_TAGS[lang])
        for lang in LANGUAGES
    )
    return "\n".join((canonical, *others, *_feeds(drawn.view, drawn.title, words, origin)))


def _feeds(view: View, title: str, words: Words, origin: str) -> list[str]:
    """The feed of all releases, and the page's own where it has one."""
    named = {feed_href(View(view.lang, WHOLE)): words("page_home_title")}
    if has_feed(view.page):
        named[feed_href(view)] = title
    return [
        f'<link rel="alternate" type="{MEDIA_TYPE}" href="{escape(origin + href)}"'
        f' title="{escape(words("feed_title", page=name, site=words("site_name")))}">'
        for href, name in named.items()
    ]


def _link(relation: str, href: str, language: str = "") -> str:
    hreflang = f' hreflang="{language}"' if language else ""
    return f'<link rel="{relation}"{hreflang} href="{escape(href)}">'
