"""What to know before reading any number: folded away on every page, open on the page of method.

Who has read it can put the notice away for good; the browser remembers that, and nobody else.
"""

from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.aria import aria
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words

NAME: Final = "read-first"
POINTS: Final = (1, 2, 3)
SHOWN_WHOLE: Final = "method"
"""The page that has the points themselves, so that they can always be found again."""


def read_first_notice(view: View, words: Words, release: Release) -> list[Component]:
    """The notice above a page, closed; the way to put it away is shown where scripts run."""
    if view.page == SHOWN_WHOLE:
        return []
    onwards = link(words("read_first_link"), view.href(page=SHOWN_WHOLE, code=""))
    dismiss: dict[str, Any] = {"data-dismiss": NAME}
    away = html.Button(words("read_first_away"), type="button", **dismiss)
    content = [
        html.Summary(words("read_first_folded")),
        _points(release, words),
        html.P([onwards, " ", away], className="read-first-ways"),
    ]
    notice = html.Details(content, className="inner")
    return [html.Aside(notice, className=NAME, **aria(label=words("read_first")))]


def read_first_section(words: Words, release: Release) -> list[Component]:
    """The same, open."""
    return [html.H2(words("read_first"), id=NAME), _points(release, words)]


def _points(release: Release, words: Words) -> Component:
    is_closed = release.manifest.rules.get("closed")
    of_periods = "read_first_4_closed" if is_closed else "read_first_4"
    keys = [*(f"read_first_{number}" for number in POINTS), of_periods]
    return html.Ul([html.Li(words(key)) for key in keys])
