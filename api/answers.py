"""How interfaces answer: open to every origin for reading, errors as title, detail and remedy."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from data.errors import BusyError, OchiqError, ReleaseError, UnknownFileError, UnknownReleaseError
from data.withdrawals import Withdrawal

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
OPEN: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Location, Deprecation, ETag, "
    "Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def new_server(name: str) -> Flask:
    """A server of its own, so that what it does not know is a real 404."""
    server = Flask(name, static_folder=None)
    server.register_error_handler(OchiqError, refusal)
    server.register_error_handler(HTTPException, known_error)
    server.after_request(opened)
    return server


def opened(response: Response) -> Response:
    """Lets pages of every origin read the answer."""
    response.headers.update(OPEN)
    return response


def json_response(content: Any, status: int = 200) -> Response:
    """An answer in JSON, with the text of every language as it is."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(f"{text}\n", status, content_type="application/json; charset=utf-8")


def settled(
    response: Response, *, for_ever: bool, withdrawal: Withdrawal | None = None
) -> Response:
    """Adds the tag of the content and how long it may be kept; 304 where it is known already.

    An answer from a withdrawn release says so (RFC 9745) and is asked for again.
    """
    response.headers["Cache-Control"] = FOR_EVER if for_ever and not withdrawal else ASK_AGAIN
    if withdrawal:
        response.headers.update(deprecated(withdrawal))
    response.add_etag()
    response.make_conditional(request)
    return response


def deprecated(withdrawal: Withdrawal) -> dict[str, str]:
    """Headers that say since when a release is withdrawn, and where it is told why."""
    since = datetime.combine(date.fromisoformat(withdrawal.day), time(), UTC)
    where = '</api/v1/releases>; rel="deprecation"; type="application/json"'
    return {"Deprecation": f"@{int(since.timestamp())}", "Link": where}


def refusal(error: OchiqError) -> Response:
    """What is wrong with the question and how to mend it."""
    response = problem(status_of(error), error.title, error.detail, error.remedy)
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = "10"
    return response


def status_of(error: OchiqError) -> int:
    """404 for what is not there, 503 while nothing can be read, 400 for a bad question."""
    if isinstance(error, UnknownReleaseError | UnknownFileError):
        return 404
    return 503 if isinstance(error, ReleaseError | BusyError) else 400


def known_error(error: HTTPException) -> Response:
    """The errors of HTTP itself, in the same form."""
    remedy = "See /api/v1/catalog for what can be asked."
    return problem(error.code or 500, error.name, "This address cannot be answered so.", remedy)


def problem(status: int, title: str, detail: str, remedy: str) -> Response:
    """An error for a program and the person behind it."""
    response = json_response(
        {"status": status, "title": title, "detail": detail, "remedy": remedy}, status
    )
    response.headers["Cache-Control"] = "no-store"
    return response
