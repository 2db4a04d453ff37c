"""Two ways to ask for a page: the browser's first request, and a step within the running site.

Both go through ``Site``, so that they show the same.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Response, g, redirect, request
from plotly.utils import PlotlyJSONEncoder
from werkzeug.wrappers import Response as AnyResponse

from data.codelists import LANGUAGES
from data.errors import ReleaseError
from layouts import shell
from layouts.document import without_scripts
from layouts.kept import Kept
from layouts.reporting import Draft
from layouts.site import Drawn, Site
from layouts.view import LONGEST_QUERY, View
from layouts.words import FALLBACK

ADDRESS: Final = "address"
CONTENT: Final = "content"
TOLD: Final = "browser-told"
LONGEST_PATH: Final = 300
PAGE_CACHING: Final = "no-cache"
CATCH_ALL: Final = ("/", "/<path:path>")


def skeleton() -> Component:
    """What Dash starts with: the address bar and an empty place for the page."""
    parts = [dcc.Location(id=ADDRESS, refresh="callback-nav"), dcc.Store(id=TOLD)]
    return html.Div([*parts, html.Div(id=CONTENT)])


def is_text(value: object, longest: int) -> bool:
    """True for an absent text or one that is not too long."""
    return value is None or (isinstance(value, str) and len(value) <= longest)


ACCEPTS: Final[Mapping[str, Callable[[object], bool]]] = {
    f"{ADDRESS}.pathname": partial(is_text, longest=LONGEST_PATH),
    f"{ADDRESS}.search": partial(is_text, longest=LONGEST_QUERY + 1),
}


def register(app: Dash, site: Site) -> None:
    """Gives every address that is not a file or an interface to the site."""
    server, kept = app.server, Kept()
    answer = partial(first_answer, app, site, kept)
    for endpoint in CATCH_ALL:
        server.view_functions[endpoint] = answer
    asked = Input(ADDRESS, "pathname"), Input(ADDRESS, "search")
    app.callback(Output(CONTENT, "children"), *asked)(partial(step, site, kept))
    after_step = ClientsideFunction("site", "afterStep")
    told = Output(TOLD, "data"), Input(shell.HEAD, "data")
    app.clientside_callback(after_step, *told)  # type: ignore[no-untyped-call]


def first_answer(app: Dash, site: Site, kept: Kept, **_parts: str) -> AnyResponse:
    """The whole document for an address, or where else to look."""
    path = request.path
    if path == "/":
        return to_preferred_language()
    if path[1:] in LANGUAGES:
        return redirect(f"{path}/", 301)
    search = request.query_string.decode("utf-8", "replace")
    try:
        view = site.view_at(path, search)
    except ReleaseError:
        return undrawn_response(app, site.draw_unpublished(path))
    if view is None:
        return undrawn_response(app, site.draw_missing(path, search))
    content = kept.get(f"html {key_of(site, view)}", lambda: html_of(app, site.draw(view)))
    return html_response(content, 200)


def drawn_again(app: Dash, site: Site, path: str, draft: Draft, status: int) -> Response:
    """The page that a report was sent from, with what was given; kept by nobody on the way."""
    try:
        view = site.view_at(path, "")
    except ReleaseError:
        view = None
    drawn = site.draw_unpublished(path) if view is None else site.draw(view, draft)
    response = html_response(html_of(app, drawn), status if view else drawn.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def undrawn_response(app: Dash, drawn: Drawn) -> Response:
    """What is shown where there is no page."""
    return html_response(html_of(app, drawn), drawn.status)


def step(site: Site, kept: Kept, path: str | None, search: str | None) -> Any:
    """The page's content for Dash, when the address has changed without a reload."""
    try:
        view = site.view_at(path or "", search or "")
    except ReleaseError:
        return content_of(site, site.draw_unpublished(path or ""))
    if view is None:
        return content_of(site, site.draw_missing(path or "", search or ""))
    return json.loads(
        kept.get(
            f"tree {key_of(site, view)}",
            lambda: json.dumps(content_of(site, site.draw(view)), cls=PlotlyJSONEncoder),
        )
    )


def key_of(site: Site, view: View) -> str:
    """Equal for equal pages only: the view's own address, its release, and how that stands."""
    return f"{site.standing()} {view.release_id} {view.href()}"


def content_of(site: Site, drawn: Drawn) -> list[Component]:
    """The body with the words for the browser's title bar."""
    return [shell.head(drawn.lang, drawn.title, site.words[drawn.lang]), drawn.body]


def html_of(app: Dash, drawn: Drawn) -> bytes:
    """The document's bytes; Dash puts its own tags around what ``drawn`` says."""
    g.drawn = drawn
    text = str(app.index())  # type: ignore[no-untyped-call]
    return (without_scripts(text) if drawn.is_still else text).encode()


def html_response(content: bytes, status: int) -> Response:
    """A document as the answer, with the tag by which a browser asks whether it has changed."""
    response = Response(content, status, content_type="text/html; charset=utf-8")
    response.headers["Cache-Control"] = PAGE_CACHING
    if status == 503:
        response.headers["Retry-After"] = "60"
    if status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def to_preferred_language() -> AnyResponse:
    """From the bare address to the reader's own language."""
    response = redirect(f"/{preferred_language()}/", 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return response


def preferred_language() -> str:
    """The best of the site's languages that the browser asks for."""
    known = {"uz-cyrl": "uz-cyrl", "uz-latn": "uz", "uz": "uz", "ru": "ru", "en": "en"}
    for tag, _quality in request.accept_languages:
        parts = tag.lower().replace("_", "-").split("-")
        for length in (2, 1):
            if found := known.get("-".join(parts[:length])):
                return found
    return FALLBACK
