"""All releases, newest first: what each holds and hides, what it has that the one before it had
not, what comes next, and how a release is made."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.history import steps
from data.manifest import FILE_NAME, Manifest
from data.releases import ReleaseStore, read_manifest
from layouts.components.late import calendar, coming, lateness
from layouts.components.ledger import told
from layouts.components.link import file_link, link
from layouts.components.stepped import stepped
from layouts.components.table import Column, Line, Table, table
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

MADE: Final = ("schedule", "judged", "at_once", "corrected")
"""What there is to say of how a release comes about."""


def layout(observe: Observer, view: View, words: Words) -> Component:
    """One row a release; an old one is opened as the whole site bound to it."""
    store = observe.store
    finding = words("releases_finding", n=len(store.ids()), date=_date(observe, words))
    return html.Article(
        [
            html.H1(finding),
            html.P(words("releases_lead"), className="lead"),
            *_coming(observe, words),
            _every_release(store, view, words),
            html.P(words("releases_hidden_note"), className="note"),
            *_calendar(observe, words),
            html.H2(words("releases_steps"), id="steps"),
            html.P(words("releases_steps_lead")),
            stepped(steps(_described(store)), view, words),
            html.H2(words("releases_made"), id="made"),
            html.Ul([html.Li(words(f"releases_made_{point}")) for point in MADE]),
        ],
        className="releases",
    )


def _every_release(store: ReleaseStore, view: View, words: Words) -> Component:
    numbers = ("pages_ledger_read", "pages_ledger_accepted", "releases_held", "releases_hidden")
    columns = [
        Column(words("releases_date"), is_number=False),
        *(Column(words(key)) for key in numbers),
        Column(words("releases_files"), is_number=False),
        Column(words("data_checksum"), is_number=False),
    ]
    corner = Column(words("releases_id"), is_number=False)
    lines = [_line(store, view, words, release_id) for release_id in store.ids()]
    return table(Table(words("releases_caption"), corner, columns, lines, style="files"))


def _coming(observe: Observer, words: Words) -> list[Component]:
    """What is published next; where it is late, the top of the page says so."""
    current = observe.store.current()
    said = coming(current, observe.upkeep, words)
    return [html.P(said)] if said and not lateness(current, observe.upkeep, words) else []


def _calendar(observe: Observer, words: Words) -> list[Component]:
    """What was announced, where anything was."""
    if not observe.upkeep.announced:
        return []
    heading = html.H2(words("calendar"), id="calendar")
    return [heading, calendar(observe.store.current(), observe.upkeep, words)]


def _described(store: ReleaseStore) -> list[tuple[str, Manifest]]:
    return [(release_id, read_manifest(store.path(release_id))) for release_id in store.ids()]


def _date(observe: Observer, words: Words) -> str:
    return words.date(observe.store.current().manifest.as_of)


def _line(store: ReleaseStore, view: View, words: Words, release_id: str) -> Line:
    described = read_manifest(store.path(release_id))
    ledger = described.ledger
    manifest_link = file_link(FILE_NAME, f"/releases/{release_id}/{FILE_NAME}")
    return Line(
        _name(store, view, words, release_id),
        [
            words.date(described.as_of),
            told(ledger.read, words),
            told(ledger.accepted, words),
            words.number(ledger.kept_out),
            words.number(_hidden(described)),
            manifest_link,
            html.Code(described.digest, className="digest"),
        ],
    )


def _name(store: ReleaseStore, view: View, words: Words, release_id: str) -> list[str | Component]:
    tags = []
    if release_id == store.current().id:
        tags.append(words("releases_current"))
    if (withdrawal := store.withdrawal(release_id)) is not None:
        tags.append(words("releases_withdrawn", date=words.date(withdrawal.day)))
    to_release = link(release_id, view.href(page="home", release=release_id))
    return [to_release, *(part for tag in tags for part in (" ", html.Span(tag, className="tag")))]


def _hidden(described: Manifest) -> int:
    return sum(count for each in described.tables.values() for count in each.hidden.values())


PAGE: Final = Page("releases", layout)
