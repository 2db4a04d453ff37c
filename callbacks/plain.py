"""Addresses that are no pages: is the process alive, what is shown, what may robots."""

from typing import Final

from dash import Dash
from flask import Flask, Response, request, send_from_directory

from data.errors import ReleaseError
from data.releases import ReleaseStore

NOT_FOR_ROBOTS: Final = ("/_dash-", "/api/", "/*/number", "/*/table?", "/*/feedback?")
"""Parts of Dash, programs' addresses, and pages of which there is one for each number, choice or
page."""
ROBOTS: Final = "\n".join(
    ("User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), "Allow: /", "")
)
CLOSED: Final = ("/_favicon.ico", "/_reload-hash")


def register(app: Dash, store: ReleaseStore) -> None:
    """Adds the plain addresses, and closes those of Dash that no page needs."""
    server: Flask = app.server
    server.add_url_rule("/healthz", view_func=healthz)
    server.add_url_rule("/robots.txt", view_func=robots)
    server.add_url_rule("/favicon.ico", "favicon", lambda: favicon(app.config.assets_folder))
    server.add_url_rule("/readyz", "readyz", lambda: readyz(store))
    server.after_request(keep_marked_assets)
    for endpoint in CLOSED:
        server.view_functions[endpoint] = server.view_functions["/<path:path>"]


def healthz() -> Response:
    """The process is alive."""
    return _text("ok\n")


def readyz(store: ReleaseStore) -> Response:
    """A verified release is in memory."""
    try:
        return _text(f"{store.current().id}\n")
    except ReleaseError:
        return _text("no release\n", 503)


def robots() -> Response:
    """What search engines may read: everything that is a page."""
    return _text(ROBOTS)


def keep_marked_assets(response: Response) -> Response:
    """A style or script whose address carries the time of its last change need not be asked for."""
    if request.path.startswith("/assets/") and "m" in request.args and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def favicon(folder: str) -> Response:
    """The site's sign."""
    response = send_from_directory(folder, "favicon.ico", max_age=86400)
    response.content_type = "image/x-icon"
    return response


def _text(text: str, status: int = 200) -> Response:
    response = Response(text, status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store" if text != ROBOTS else "public, max-age=3600"
    return response
