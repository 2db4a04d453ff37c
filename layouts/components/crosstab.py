"""Published cells with one key running down and one across: no more than a way to lay them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html

from data.dimensions import TOTAL
from data.observe import Observations
from data.statuses import NOT_APPLICABLE
from layouts.components.columns import short
from layouts.components.cut import PERIOD, key_of
from layouts.components.league import named
from layouts.components.reading import Reading, Row, reading, rows_of
from layouts.components.table import TOTAL_LINE, Column, Content, Line
from layouts.words import Words


@dataclass(frozen=True)
class Crosstab:
    """The cells of an answer by the codes of two of its keys; ``across`` is "" without a second."""

    observations: Observations
    down: str
    across: str
    rows: Mapping[tuple[str, str], Row]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that stand in each place, side by side."""
        return self.observations.query.indicators

    def readings(self, down: str, across: str) -> list[Reading]:
        """The cells at a place; not applicable where the release has no such row."""
        row = self.rows.get((down, across))
        if row is None:
            return [Reading(name, None, NOT_APPLICABLE) for name in self.names]
        return [reading(row, name) for name in self.names]

    def lines(
        self, down_codes: Sequence[str], across_codes: Sequence[str], words: Words
    ) -> list[Line]:
        """A line for each code that runs down, with a cell for each that runs across."""
        return [
            Line(
                self.name(self.down, code, words),
                [shown.cell(words) for each in across_codes for shown in self.readings(code, each)],
                TOTAL_LINE if code == TOTAL else "",
            )
            for code in down_codes
        ]

    @property
    def is_sortable(self) -> bool:
        """Periods stay one after another."""
        return key_of(self.down) != PERIOD

    def columns(self, across_codes: Sequence[str], words: Words) -> list[Column]:
        """A heading for each cell of a line: the code that runs across, and the column's name."""
        return [
            Column(self._heading(code, name, words)) for code in across_codes for name in self.names
        ]

    def _heading(self, code: str, name: str, words: Words) -> Content:
        if not code:
            return short(name, words)
        across = self.name(self.across, code, words)
        return across if len(self.names) == 1 else [across, html.Br(), short(name, words)]

    def name(self, level: str, code: str, words: Words) -> str:
        """What a code of a level is called."""
        if key_of(level) == PERIOD:
            return words.period(code)
        return named(self.observations.release.codelists[key_of(level)], code, words)


def crosstab(observations: Observations, down: str, across: str = "") -> Crosstab:
    """An answer with levels ``down`` and ``across`` in its ``by``, laid out by their codes."""
    keys = key_of(down), key_of(across) if across else ""
    rows = {
        (str(row[keys[0]]), str(row[keys[1]]) if across else ""): row
        for row in rows_of(observations)
    }
    return Crosstab(observations, down, across, rows)
