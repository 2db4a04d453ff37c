"""Takes in a reader's report of an error: from the site's form, within limits, without a name."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from dash import Dash
from flask import redirect, request
from werkzeug.exceptions import Forbidden, NotFound, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from data.codelists import LANGUAGES
from data.mailbox import FullError, Mailbox, Report
from layouts.reporting import KINDS, LONGEST_PAGE, LONGEST_TEXT, SHORTEST_TEXT

PATH: Final = "/<lang>/feedback"
FORM: Final = "application/x-www-form-urlencoded"
LARGEST: Final = 32 * 1024
STATUSES: Final = {"incomplete": 400, "many": 429, "unkept": 503}


Draw = Callable[[str, str, int], AnyResponse]
"""Draws the page at a path and query, with a status."""


def register(app: Dash, mailbox: Mailbox | None, draw: Draw) -> None:
    """Adds the address that the form is sent to, where reports are kept."""
    if mailbox is not None:
        app.server.add_url_rule(
            PATH, "feedback", lambda lang: taken(mailbox, draw, lang), methods=["POST"]
        )


def taken(mailbox: Mailbox, draw: Draw, lang: str) -> AnyResponse:
    """Thanks for a report that was kept; else the form again with what was wrong."""
    if lang not in LANGUAGES:
        raise NotFound
    refuse_strangers()
    fault = fault_of(mailbox, report_of(request.form, lang))
    if not fault:
        return redirect(f"/{lang}/feedback/thanks", 303)
    return draw(f"/{lang}/feedback", f"fault={fault}", STATUSES[fault])


def refuse_strangers() -> None:
    """Only the site's own form may send: another page could not make its reader do so.

    Browsers say where a form stood (``Sec-Fetch-Site``, or ``Origin`` on plain HTTP).
    """
    where = request.headers.get("Sec-Fetch-Site")
    origin = urlsplit(request.headers.get("Origin", ""))
    is_own = where == "same-origin" if where else origin.netloc == request.host
    if not is_own:
        raise Forbidden
    if request.mimetype != FORM or request.query_string:
        raise UnsupportedMediaType
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge


def report_of(given: Mapping[str, str], lang: str) -> Report | None:
    """The report in a form; None when something is missing or too long."""
    page, kind, text = (given.get(name, "").strip() for name in ("page", "kind", "text"))
    is_whole = SHORTEST_TEXT <= len(text) <= LONGEST_TEXT and kind in KINDS
    return Report(page, kind, text, lang) if is_whole and len(page) <= LONGEST_PAGE else None


def fault_of(mailbox: Mailbox, report: Report | None) -> str:
    """Why a report is not kept; empty when it is."""
    if report is None:
        return "incomplete"
    try:
        mailbox.put(report)
    except FullError:
        return "many"
    except OSError:
        return "unkept"
    return ""
