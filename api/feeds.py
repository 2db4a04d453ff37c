"""Feeds to follow, to be mounted at ``/feed``: Atom (RFC 4287), one entry a release.

An entry says what the page of the same code says first in that release, bound to it. A release
holds no clock, so an entry is dated by its data, and equal releases give equal feeds.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from html import escape
from typing import Final

from flask import Flask, Response

from api.answers import new_server, settled
from api.atom import Entry, Feed, atom
from data.errors import ReleaseError, UnknownFileError
from data.releases import Release
from layouts.components.headline import headline_of
from layouts.feeds import MEDIA_TYPE, ROOT, feed_href
from layouts.kept import Kept
from layouts.site import Site
from layouts.sitemap import RELEASE_KEY
from layouts.taken import asked
from layouts.view import View
from layouts.words import LANGUAGE_TAGS

MOST_ENTRIES: Final = 20
MOST_KEPT: Final = 5000


@dataclass(frozen=True)
class Source:
    """What feeds are made from; ``kept`` holds entries, which never change."""

    site: Site
    kept: Kept


def create(site: Site) -> Flask:
    """The server of feeds."""
    server = new_server("feeds")
    source = Source(site, Kept(MOST_KEPT))
    server.add_url_rule("/<path:path>", "feed", partial(answer, source))
    return server


def answer(source: Source, path: str) -> Response:
    """The feed of the page that an address names."""
    wanted = asked(path)
    view = source.site.view_at(wanted.path, "") if wanted else None
    if view is None or feed_href(view) != f"{ROOT}/{path}":
        raise UnknownFileError("Nothing there", "No page has such a feed.", "See a page's head.")
    content = atom(feed_of(source, view, f"{ROOT}/{path}"))
    return settled(Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8"), for_ever=False)


def feed_of(source: Source, view: View, path: str) -> Feed:
    """The feed of a view: its newest releases, newest first."""
    site = source.site
    words, release = site.words[view.lang], site.store.get(view.release_id)
    page = site.pages[view.page]
    name = page.title(view, words, release)
    return Feed(
        title=words("feed_title", page=name, site=words("site_name")),
        subtitle=page.description(view, words, release),
        lang=LANGUAGE_TAGS[view.lang],
        author=words("site_name"),
        self_href=site.origin + path,
        page_href=site.origin + view.href(),
        seed=f"{site.origin or release.manifest.source.name} {path}",
        entries=tuple(_entries(source, view)),
    )


def _entries(source: Source, view: View) -> Iterator[Entry]:
    for release_id in source.site.store.ids()[:MOST_ENTRIES]:
        key = f"{release_id} {view.href()}"
        told = source.kept.get(key, partial(_told, source, view, release_id))
        if told:
            yield Entry(**json.loads(told))


def _told(source: Source, view: View, release_id: str) -> str:
    """An entry as JSON; empty where the release does not have the page or cannot be read."""
    site = source.site
    path = view.href().partition("?")[0]
    try:
        bound = site.view_at(path, f"{RELEASE_KEY}={release_id}")
        return "" if bound is None else json.dumps(asdict(_entry(source, bound)))
    except ReleaseError:
        return ""


def _entry(source: Source, bound: View) -> Entry:
    site = source.site
    words, release = site.words[bound.lang], site.store.get(bound.release_id)
    name = site.pages[bound.page].title(bound, words, release)
    date = words.date(release.manifest.as_of)
    return Entry(
        title=words("feed_entry", page=name, date=date, release=release.id),
        href=site.origin + bound.href(),
        updated=f"{release.manifest.as_of}T00:00:00Z",
        html=_html(source, bound, release, name),
        seed=f"{release.manifest.digest} {bound.href()}",
    )


def _html(source: Source, bound: View, release: Release, name: str) -> str:
    """The page's first sentence and numbers; that data are generated stands before them."""
    words = source.site.words[bound.lang]
    headline = headline_of(source.site.content(bound))
    said = [words("taken_generated")] if release.is_generated else []
    said += [text for text in (headline.title, headline.lead) if text and text != name]
    numbers = [f"<li>{escape(': '.join(pair))}</li>" for pair in headline.numbers]
    listed = f"<ul>{''.join(numbers)}</ul>" if numbers else ""
    return "".join(f"<p>{escape(text)}</p>" for text in said) + listed
