"""Asking only for what a release has: another source may not collect every indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.observe import STATUS_SUFFIX, Observations
from data.query import query
from data.releases import Release
from data.statuses import NOT_APPLICABLE, NOT_COLLECTED, NOT_YET, Status
from layouts.page import Observer
from layouts.words import Words

OF_PERIODS: Final = (NOT_YET, NOT_APPLICABLE)
"""Statuses that a whole period has, for one indicator, in every row alike."""


@dataclass(frozen=True)
class Answer:
    """An answer, the indicators in it that the source collects, and those that it does not."""

    observations: Observations
    shown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The shown indicators that are published for the periods of the answer."""
        return tuple(name for name in self.shown if self.why_empty(name) is None)

    def why_empty(self, name: str) -> Status | None:
        """The one reason why an indicator has no value in any row, where its period is that."""
        codes = set(self.observations.frame[f"{name}{STATUS_SUFFIX}"])
        return next((each for each in OF_PERIODS if codes == {each.code}), None)


def has_table(release: Release, table: str) -> bool:
    return table in release.tables


def ask(
    observe: Observer, table: str, names: Sequence[str], *, by: str = "", **where: str
) -> Answer:
    """The cells of a table for those of the indicators that the release has there."""
    release = observe.release
    present = [name for name in names if name in release.tables[table].columns]
    dataset = release.manifest.tables[table].dataset
    observations = observe(query(dataset, *present, by=by, **where))
    shown = tuple(name for name in present if _is_collected(observations.frame, name))
    return Answer(observations, shown, tuple(name for name in names if name not in shown))


def collected(release: Release, table: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the indicators that the source collects, as far as a table of the release tells."""
    if not has_table(release, table):
        return ()
    frame = release.tables[table]
    return tuple(name for name in names if name in frame.columns and _is_collected(frame, name))


def _is_collected(frame: pl.DataFrame, name: str) -> bool:
    statuses = frame[f"{name}{STATUS_SUFFIX}"]
    return statuses.is_empty() or bool((statuses != NOT_COLLECTED.code).any())


def missing_note(names: Iterable[str], words: Words) -> list[Component]:
    """Says which indicators the source does not collect; nothing when it collects all."""
    listed = ", ".join(words(f"indicator_{name}") for name in names)
    if not listed:
        return []
    return [html.P(words("pages_not_collected", names=listed), className="note")]


def empty_note(answer: Answer, words: Words) -> list[Component]:
    """Says which indicators the answer's period has no values of at all, and why."""
    notes: list[Component] = []
    for status in OF_PERIODS:
        names = [name for name in answer.shown if answer.why_empty(name) is status]
        if names:
            listed = ", ".join(words(f"indicator_{name}") for name in names)
            said = {"status": words(status.word), "meaning": words(f"{status.word}_meaning")}
            notes.append(html.P(words("pages_empty", names=listed, **said), className="note"))
    return notes
