"""Takes in a reader's report of an error: from the site's form, within limits, without a name."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from dash import Dash
from flask import redirect, request
from werkzeug.exceptions import Forbidden, NotFound, UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from data.codelists import LANGUAGES
from data.mailbox import Mailbox, PersonalError, Report, TooManyError
from layouts.reporting import KINDS, LONGEST_PAGE, LONGEST_TEXT, SHORTEST_TEXT, TRAP, Draft

PATH: Final = "/<lang>/feedback"
FORM: Final = "application/x-www-form-urlencoded"
LARGEST: Final = 32 * 1024
STATUSES: Final = {"trapped": 400, "incomplete": 400, "personal": 400, "many": 429, "unkept": 503}

Draw = Callable[[str, Draft, int], AnyResponse]
"""Draws the form at a path again, with what was given and why it was not kept, with a status."""


def register(app: Dash, mailbox: Mailbox | None, draw: Draw) -> None:
    """Adds the address that the form is sent to; without a mailbox it keeps nothing and says so."""
    app.server.add_url_rule(
        PATH, "feedback", lambda lang: taken(mailbox, draw, lang), methods=["POST"]
    )


def taken(mailbox: Mailbox | None, draw: Draw, lang: str) -> AnyResponse:
    """Thanks for a report that was kept; else the form with the reader's words and what is wrong.

    Neither the log nor an address ever holds the words.
    """
    if lang not in LANGUAGES:
        raise NotFound
    refuse_strangers()
    request.max_content_length = LARGEST
    report = report_of(request.form, lang)
    fault, found = fault_of(mailbox, report, is_trapped=bool(request.form.get(TRAP)))
    if not fault:
        return redirect(f"/{lang}/feedback/thanks", 303)
    draft = Draft(report.page, report.kind, report.text, fault, found)
    return draw(f"/{lang}/feedback", draft, STATUSES[fault])


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


def report_of(given: Mapping[str, str], lang: str) -> Report:
    """The report in a form, as its reader saw it: no signs that cannot be seen."""
    page, kind, text = (seen(given.get(name, "")) for name in ("page", "kind", "text"))
    return Report(page, kind, text, lang)


def seen(text: str) -> str:
    """Text without signs that steer terminals or turn the order of letters about; every space is
    a plain one, and a line ends as browsers count it."""
    spaced = (
        " " if each.isspace() and each != "\n" else each for each in text.replace("\r\n", "\n")
    )
    return "".join(each for each in spaced if each.isprintable() or each == "\n").strip()


def fault_of(
    mailbox: Mailbox | None, report: Report, *, is_trapped: bool
) -> tuple[str, tuple[str, ...]]:
    """Why a report is not kept, and what it holds of a person; an empty reason when it is kept."""
    if is_trapped or not is_whole(report):
        return "trapped" if is_trapped else "incomplete", ()
    if mailbox is None:
        return "unkept", ()
    try:
        mailbox.put(report)
    except PersonalError as error:
        return "personal", error.names
    except (TooManyError, OSError) as error:
        return "many" if isinstance(error, TooManyError) else "unkept", ()
    return "", ()


def is_whole(report: Report) -> bool:
    """True when nothing is missing and nothing is too long."""
    is_told = SHORTEST_TEXT <= len(report.text) <= LONGEST_TEXT and report.kind in KINDS
    return is_told and len(report.page) <= LONGEST_PAGE
