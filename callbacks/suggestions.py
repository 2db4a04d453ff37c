"""The index of suggestions as a file: kept by browsers, since a changed one has another address."""

from typing import Final

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import NotFound

from data.codelists import LANGUAGES
from data.errors import UnknownReleaseError
from data.releases import ReleaseStore
from layouts.finding.suggestions import PATH, suggestions_of

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"


def register(app: Dash, store: ReleaseStore) -> None:
    """Adds the address of the index, one a release and language."""
    app.server.add_url_rule(
        f"{PATH}/<release_id>/<lang>.json",
        "suggestions",
        lambda release_id, lang: suggestions(store, release_id, lang),
    )


def suggestions(store: ReleaseStore, release_id: str, lang: str) -> Response:
    """The index of a release in a language; 404 for any other."""
    if lang not in LANGUAGES:
        raise NotFound
    try:
        release = store.get(release_id)
    except UnknownReleaseError as error:
        raise NotFound from error
    told = suggestions_of(release.codelists, lang)
    response = Response(told.content, content_type="application/json; charset=utf-8")
    is_marked = request.args.get("m") == told.mark
    response.headers["Cache-Control"] = FOR_EVER if is_marked else ASK_AGAIN
    return response
