"""The card of a page for messengers and networks, to be mounted at ``/card``: one PNG a view."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from flask import Flask, Response, request

from api.answers import new_server, settled
from api.pictures import rasterised
from data.errors import UnknownFileError
from layouts.components.headline import headline_of
from layouts.figures.card import SocialCard, card_svg
from layouts.kept import PATIENCE, Kept
from layouts.site import Site
from layouts.taken import CARD, asked
from layouts.view import View
from layouts.words import LANGUAGE_TAGS

MOST_KEPT: Final = 300


def create(site: Site) -> Flask:
    """The server of cards."""
    server = new_server("cards")
    server.add_url_rule("/<path:path>", "card", partial(answer, site, Kept(MOST_KEPT, PATIENCE)))
    return server


def answer(site: Site, kept: Kept, path: str) -> Response:
    """The card of the view that an address names."""
    wanted = asked(path)
    search = request.query_string.decode("ascii", "replace")
    view = site.view_at(wanted.path, search) if wanted else None
    if wanted is None or view is None or wanted.file != CARD:
        raise UnknownFileError("Nothing there", "No page has such a card.", "See a page's head.")
    withdrawal = site.store.withdrawal(view.release_id)
    key = f"{withdrawal} {view.release_id} {view.href()}"
    content = kept.get(key, lambda: rasterised(card_svg(card_of(site, view)), 1))
    response = Response(content, content_type="image/png")
    return settled(response, for_ever=view.is_bound, withdrawal=withdrawal)


def _marks(site: Site, view: View) -> Iterator[str]:
    """What must not be overlooked, in few words."""
    words, release = site.words[view.lang], site.store.get(view.release_id)
    if site.store.withdrawal(release.id):
        yield words("taken_withdrawn_short")
    if release.is_generated:
        yield words("taken_generated")


def card_of(site: Site, view: View) -> SocialCard:
    """What the card of a view says."""
    words, release = site.words[view.lang], site.store.get(view.release_id)
    headline = headline_of(site.content(view))
    date = words.date(release.manifest.as_of)
    return SocialCard(
        LANGUAGE_TAGS[view.lang],
        words("site_name"),
        headline.title,
        headline.lead,
        headline.numbers,
        " ".join(_marks(site, view)),
        words("taken_card_source", release=release.id, date=date),
    )
