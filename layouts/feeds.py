"""Which pages can be followed, and where their feeds are: one entry a release."""

from typing import Final

from data.dimensions import DIMENSIONS
from layouts.sitemap import SITEMAP
from layouts.view import View

ROOT: Final = "/feed"
FILE: Final = "feed.atom"
MEDIA_TYPE: Final = "application/atom+xml"
WHOLE: Final = "home"
"""The page whose feed tells of every release as a whole."""


def has_feed(page: str) -> bool:
    """True for the first page, and for each page that a body, an area or a theme has."""
    return page == WHOLE or SITEMAP[page].coded_by in DIMENSIONS


def feed_href(view: View) -> str:
    """The feed of a page; that of all releases where the page has none of its own."""
    page, code = (view.page, view.code) if has_feed(view.page) else (WHOLE, "")
    return feed_address(view.lang, SITEMAP[page].path.format(code=code))


def feed_address(lang: str, path: str) -> str:
    """The address of the feed of the page at a path below the language."""
    return "/".join(part for part in (ROOT, lang, path, FILE) if part)
