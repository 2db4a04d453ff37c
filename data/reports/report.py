"""What a report is: figures that a body states of itself, in a form that is declared once.

No appeal stands behind them. Each row carries who states it and when, and is published as it was
stated; what is worked out from it is declared here as a ratio of two figures of one row.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

import polars as pl

KeyOf = Literal["period", "code", "choice", "day", "number"]
Unit = Literal["count", "kilometres", "million_soum", "percent", "ratio"]

SOURCE: Final = "source"
STATED_ON: Final = "stated_on"
PUBLIC_AT: Final = "public_at"
ORIGIN: Final = {
    SOURCE: "Who states the figures of the row, and where.",
    STATED_ON: "The day on which they were stated.",
    PUBLIC_AT: "The address at which the source itself has already published the row.",
}
"""The columns that stand in every report after its own, as the codebook says them."""


@dataclass(frozen=True)
class Key:
    """What a row is about: a period, a code of a ``dimension`` at some ``levels``, one of a closed
    list of ``choices``, a day, or a number of the source's own register.

    A row with ``_T`` is the total where ``has_total``; codes that overlap do not add up to it,
    and nobody is under both of an ``exclusive`` pair.
    """

    name: str
    of: KeyOf
    description: str
    dimension: str = ""
    levels: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    has_total: bool = False
    overlaps: bool = False
    exclusive: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number that is reported; empty where the source reports none.

    ``personal`` counts are of persons, so that a small one may tell of somebody. A part says what
    contains it (``within``); a figure ``of_total`` is reported for the total of its keys alone.
    """

    name: str
    description: str
    unit: Unit = "count"
    decimals: int = 0
    personal: bool = False
    within: str = ""
    of_total: bool = False


@dataclass(frozen=True)
class Ratio:
    """A share in hundredths of two published figures of one row."""

    name: str
    part: str
    whole: str
    decimals: int = 1

    def of(self, row: dict[str, Any]) -> float | None:
        """The share; None where a figure is not reported, or is a share of nothing."""
        part, whole = row[self.part], row[self.whole]
        return None if part is None or not whole else round(100 * part / whole, self.decimals)


@dataclass(frozen=True)
class Report:
    """One file of a release: its keys, figures and notes, and who answers for it.

    ``notes`` are texts that go with a row, by name. For people its words are ``report_<name>``,
    ``report_<name>_text``, ``report_<name>_source`` and ``owner_<owner>``.
    """

    name: str
    keys: tuple[Key, ...]
    figures: tuple[Figure, ...]
    owner: str
    notes: dict[str, str] = field(default_factory=dict)
    ratios: tuple[Ratio, ...] = ()
    reviewed: date = date(2026, 11, 24)
    next_review: date = date(2027, 11, 24)

    @property
    def key_names(self) -> tuple[str, ...]:
        return tuple(key.name for key in self.keys)

    @property
    def dimension_of(self) -> dict[str, str]:
        """The dimension of each key that holds codes of one."""
        return {key.name: key.dimension for key in self.keys if key.dimension}

    @property
    def personal(self) -> tuple[Figure, ...]:
        """The counts of persons."""
        return tuple(figure for figure in self.figures if figure.personal)

    @property
    def broken_down_by(self) -> Key | None:
        """The key that is no period, where there is one besides it."""
        return next((key for key in self.keys if key.of != "period"), None)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column names and types in the order of the file."""
        figures = {f.name: pl.Float64() if f.decimals else pl.Int64() for f in self.figures}
        texts = dict.fromkeys((*self.notes, *ORIGIN), pl.String())
        return {**dict.fromkeys(self.key_names, pl.String()), **figures, **texts}

    @property
    def settings(self) -> dict[str, Any]:
        """The rules of the report as the manifest states them."""
        return {
            "keys": list(self.key_names),
            "persons": [figure.name for figure in self.personal],
            "overlapping": [key.name for key in self.keys if key.overlaps],
        }
