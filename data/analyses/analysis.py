"""What an analysis is: a file of a release that is computed from its published tables alone.

It reads what every reader can read, so it can tell nothing that the tables do not, and whoever has
the release can compute it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import polars as pl

Kind = Literal["dimension", "status", "measure", "estimate"]
Holds = Literal["text", "whole", "decimal"]

REGISTER: Final = "acts"
"""The name under which an analysis reads the register of resulting acts, beside the tables."""

TYPES: Final[Mapping[Holds, pl.DataType]] = {
    "text": pl.String(),
    "whole": pl.Int64(),
    "decimal": pl.Float64(),
}


@dataclass(frozen=True)
class Column:
    """A column of an analysis: what it holds, in which unit, as the codebook says it."""

    name: str
    kind: Kind
    unit: str
    description: str
    holds: Holds = "decimal"


@dataclass(frozen=True)
class Analysis:
    """One file: ``reads`` names the tables it is computed from, without which there is none;
    ``REGISTER`` among them stands for the register of acts.

    ``keys`` are the columns by which its rows are found and sorted; ``settings`` are its rules as
    the manifest states them, under ``rules.analyses``; ``told`` is the README's line about it.
    Its words for people are ``analysis_<name>``.
    """

    name: str
    reads: tuple[str, ...]
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    told: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column names and types in the order of the file."""
        return {each.name: TYPES[each.holds] for each in self.columns}
