"""One chart or table for the page of someone else, to be mounted at ``/embed``.

These answers alone may stand in a frame of another site. They hold no script and no form.
"""

from functools import partial
from typing import Final

from flask import Flask, Response, request

from api.answers import new_server, settled
from api.taken import Taken, take
from data.errors import UnknownFileError
from layouts.embedded import Embedded, embedded
from layouts.kept import Kept
from layouts.site import Site
from layouts.taken import EMBED, asked
from layouts.words import LANGUAGE_TAGS

MOST_KEPT: Final = 300
POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "object-src 'none'; frame-ancestors *"
)


def create(site: Site) -> Flask:
    """The server of what stands in other pages."""
    server = new_server("embeds")
    server.add_url_rule("/<path:path>", "embed", partial(answer, site, Kept(MOST_KEPT)))
    return server


def answer(site: Site, kept: Kept, path: str) -> Response:
    """The document of the exhibit that an address names."""
    wanted = asked(path)
    search = request.query_string.decode("ascii", "replace")
    view = site.view_at(wanted.path, search) if wanted else None
    if wanted is None or view is None or wanted.form != EMBED:
        raise UnknownFileError("Nothing there", "No page has such a part.", "See a page.")
    newer = site.newer_than(view)
    key = f"{wanted.name} {site.standing()} {view.release_id} {view.href()}"
    document = kept.get(key, lambda: drawn(take(site, view, wanted.name), has_newer=bool(newer)))
    response = Response(document, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY
    return settled(response, for_ever=False)


def drawn(taken: Taken, *, has_newer: bool) -> bytes:
    """The document; one of an older release says that there is a newer one."""
    words, view = taken.words, taken.view
    shown = Embedded(
        lang=LANGUAGE_TAGS[view.lang],
        title=taken.title,
        place=taken.place,
        marks=taken.marks,
        sources=taken.sources[:2],
        home=f"{taken.origin}{view.href(release=None)}" if has_newer else taken.address,
        home_words=words("taken_newer" if has_newer else "taken_home", site=words("site_name")),
    )
    return embedded(shown).encode()
