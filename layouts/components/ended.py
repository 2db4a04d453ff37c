"""How the appeals received in a period ended: the published cells of one body, place or country."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from data.dimensions import dimension_of_level
from data.outcomes import DENOMINATORS
from layouts.components.asking import ask, has_table
from layouts.components.periods import nearest
from layouts.components.reading import Reading, only_row, reading, rows_of
from layouts.page import Observer

COUNT: Final = "concluded"
SHARES: Final = tuple(f"outcome_share_{each.name}" for each in DENOMINATORS)
WHOLES: Final = {"received": "received", "considered": "answered", "decided": "decided"}
"""Denominator → the published count that is all of it."""
TABLES: Final = {
    "": ("outcomes", "national"),
    "sector": ("outcomes_by_sector", "agencies"),
    "agency": ("outcomes_by_agency", "agencies"),
    "region": ("outcomes_by_region", "regions"),
}
"""Whose outcomes, by level (none is the country) → the table of outcomes, and that of all."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Ended:
    """The outcomes of the country, or of one code of a level, in a period near to one asked."""

    observe: Observer
    asked: str
    level: str = ""
    code: str = ""

    @property
    def where(self) -> Mapping[str, str]:
        return {dimension_of_level(self.level).name: self.code} if self.level else {}

    @property
    def tables(self) -> tuple[str, str]:
        return TABLES[self.level]

    @property
    def is_known_of_all(self) -> bool:
        """True where the source says how appeals ended, if not of so few as these."""
        return has_table(self.observe.release, TABLES[""][0])

    @cached_property
    def period(self) -> str | None:
        """The period that the table has; None where it has none, or the source has no outcomes."""
        if not has_table(self.observe.release, self.tables[0]):
            return None
        return nearest(self.asked, self.observe.release.tables[self.tables[0]]["period"].unique())

    @cached_property
    def classes(self) -> tuple[Row, ...]:
        """A row each class of outcomes, in the order of the code list."""
        return self._rows("outcome_class")

    @cached_property
    def total(self) -> dict[str, Reading]:
        """The readings of all that was received, answered, decided and is open."""
        own = ask(self.observe, self.tables[0], (COUNT, "decided"), period=self._at, **self.where)
        of_all = ask(
            self.observe,
            self.tables[1],
            ("received", "answered", "open", "open_share"),
            period=self._at,
            **self.where,
        )
        rows = {name: only_row(own.observations) for name in own.shown}
        rows |= {name: only_row(of_all.observations) for name in of_all.shown}
        return {name: reading(row, name) for name, row in rows.items()}

    def below(self, outcome: str) -> tuple[Row, ...]:
        """The rows of the outcomes in a class, where the table tells them apart."""
        codes = self.observe.release.codelists["outcome"]
        if "outcome" not in self._levels:
            return ()
        inside = [row for row in self._rows("outcome") if codes[row["outcome"]].parent == outcome]
        return tuple(inside) if len(inside) > 1 else ()

    @property
    def _at(self) -> str:
        return self.period or self.asked

    @property
    def _levels(self) -> tuple[str, ...]:
        axes = self.observe.release.manifest.tables[self.tables[0]].table.axes
        return next(axis.levels for axis in axes if axis.dimension == "outcome")

    def _rows(self, level: str) -> tuple[Row, ...]:
        names = (COUNT, *SHARES)
        answer = ask(self.observe, self.tables[0], names, by=level, period=self._at, **self.where)
        codes = self.observe.release.codelists["outcome"].at(level)
        rows = {row["outcome"]: row for row in rows_of(answer.observations)}
        return tuple(rows[code] for code in codes if code in rows)
