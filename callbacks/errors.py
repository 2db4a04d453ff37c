"""What a reader gets when something goes wrong: a status and a number to quote, never the inside.

The log gets the kind of error and the same number, never a message, which could hold a value.
"""

import logging
import secrets
from typing import Final

from dash.exceptions import DependencyException
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, NotFound

LOG: Final = logging.getLogger("ochiq.site")


def register(server: Flask) -> None:
    """Answers what no page has caught: an error of HTTP in one line, all else as a 500."""
    server.register_error_handler(HTTPException, known)
    server.register_error_handler(DependencyException, lambda _: known(NotFound()))
    register_unknown(server)


def register_unknown(server: Flask) -> None:
    """For a server that has its own words for the errors of HTTP."""
    server.register_error_handler(Exception, unknown)


def known(error: HTTPException) -> Response:
    """An error of HTTP: its number and name."""
    return _plain(error.code or 500, error.name)


def unknown(error: Exception) -> Response:
    """An error of ours: a number that stands in the log too."""
    number = secrets.token_hex(4)
    LOG.error("failed %s %s %s", number, type(error).__name__, _place(error))
    return _plain(500, f"Internal Server Error {number}")


def _plain(status: int, text: str) -> Response:
    response = Response(f"{status} {text}\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
