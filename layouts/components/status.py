"""The key to what stands in a table where a number does not."""

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from data.statuses import BY_GRAVITY, NORMAL, Status
from layouts.components.reading import Reading, sign
from layouts.words import Words


def status_key(readings: Iterable[Reading], words: Words) -> list[Component]:
    """What the signs mean that these readings show; nothing when every number is plain."""
    shown = {reading.status for reading in readings} - {NORMAL}
    used = [status for status in BY_GRAVITY if status in shown]
    if not used:
        return []
    meanings = [part for status in used for part in _meaning(status, words)]
    heading = html.P(words("status_key_title"), className="key-heading")
    return [html.Div([heading, html.Dl(meanings)], className="status-key")]


def every_sign(words: Words) -> Component:
    """What each sign means that can stand beside a number or in place of one."""
    meanings = [part for each in BY_GRAVITY if each.sign for part in _meaning(each, words)]
    return html.Div(html.Dl(meanings), className="status-key")


def _meaning(status: Status, words: Words) -> list[Component]:
    return [
        html.Dt(sign(words, status)),
        html.Dd([html.B(words(status.word)), ": ", words(f"{status.word}_meaning")]),
    ]
