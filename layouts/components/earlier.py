"""What stood in the same cell in the release before, and whether it has changed since."""

from dash import html
from dash.development.base_component import Component

from data.errors import ReleaseError
from data.releases import Release, ReleaseStore
from layouts.components.cell import Cell, row_of
from layouts.components.link import link
from layouts.components.reading import Reading, reading
from layouts.view import View
from layouts.words import Words


def earlier(
    store: ReleaseStore, release: Release, cell: Cell, shown: Reading, view: View, words: Words
) -> list[Component]:
    """One sentence: the value in the release before, or why there is none to compare with."""
    before = release_before(store, release)
    if before is None:
        return [html.P(words("number_no_release_before"))]
    row = row_of(cell, before)
    said = {"release": before.id, "date": words.date(before.manifest.as_of)}
    if row is None:
        return [html.P(words("number_not_before", **said))]
    then = reading(row, cell.column)
    key = "number_same" if _is_same(then, shown) else "number_changed"
    sentence = words(key, then=then.phrase(words), now=shown.phrase(words), **said)
    onwards = link(words("number_open_before"), view.href(release=before.id))
    return [html.P([sentence, " ", onwards])]


def _is_same(then: Reading, now: Reading) -> bool:
    return (then.value, then.status) == (now.value, now.status)


def release_before(store: ReleaseStore, release: Release) -> Release | None:
    """The newest release that is older; None where there is none that can be read."""
    ids = store.ids()
    older = ids[ids.index(release.id) + 1 :] if release.id in ids else ()
    try:
        return store.get(older[0]) if older else None
    except ReleaseError:
        return None
