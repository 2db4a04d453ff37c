"""What to know before reading any number: on every page folded away, on the page of method open.

Who has read it can put the notice away for good; the browser remembers that, and nobody else.
"""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.aria import aria
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words

NAME: Final = "read-first"
POINTS: Final = (1, 2, 3)


def read_first_notice(view: View, words: Words, release: Release) -> Component:
    """The notice above a page, closed; a script adds the way to put it away."""
    onwards = link(words("home_read_first_link"), view.href(page="method", code=""))
    away = html.Button(
        words("read_first_away"), type="button", className="quiet", **{"data-dismiss": NAME}
    )
    return html.Aside(
        html.Details(
            [
                html.Summary(words("home_read_first")),
                _points(release, words),
                html.P([onwards, " ", away], className="read-first-ways"),
            ],
            className="inner",
        ),
        className=NAME,
        **aria(label=words("home_read_first")),
    )


def read_first_section(words: Words, release: Release) -> list[Component]:
    """The same, open, where it can always be found again."""
    heading = html.H2(words("home_read_first"), id=NAME)
    return [heading, _points(release, words)]


def _points(release: Release, words: Words) -> Component:
    is_closed = release.manifest.rules.get("closed")
    of_periods = "home_read_first_4_closed" if is_closed else "home_read_first_4"
    keys = [*(f"home_read_first_{number}" for number in POINTS), of_periods]
    return html.Ul([html.Li(words(key)) for key in keys])
