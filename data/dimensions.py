"""Where an appeal belongs: the dimensions of every published table, each declared once.

A dimension has levels, coarsest first; one column in a table holds codes of any of its levels,
and ``_T`` stands for all. Codes of one dimension are unique across its levels, so a code alone
tells its level. The expressions read the generalised appeal (``data/appeal.py``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from data.errors import QueryError

TOTAL: Final = "_T"


@dataclass(frozen=True, eq=False)
class Level:
    """One grain of a dimension: its name in queries and the code an appeal has at it."""

    name: str
    of_appeal: pl.Expr


@dataclass(frozen=True, eq=False)
class Dimension:
    """A way to classify appeals. Its name is the column in files and the key in queries."""

    name: str
    levels: tuple[Level, ...]

    def level(self, name: str) -> Level:
        return next(level for level in self.levels if level.name == name)


@dataclass(frozen=True, eq=False)
class FlagDimension(Dimension):
    """Overlapping yes/no traits: an appeal counts under each it has, so codes do not add up."""

    flags: Mapping[str, pl.Expr] = field(default_factory=dict)
    exclusive: tuple[tuple[str, str], ...] = ()
    """Pairs of which nobody has both: those with neither are left when both are told."""


def _code(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _plain(name: str) -> Dimension:
    return Dimension(name, (Level(name, _code(name)),))


AGENCY: Final = Dimension(
    "agency", (Level("sector", _code("sector")), Level("agency", _code("agency")))
)
AREA: Final = Dimension(
    "area", (Level("region", _code("region")), Level("district", _code("district")))
)
THEME: Final = Dimension(
    "theme",
    (Level("theme_group", _code("theme_group")), Level("theme", _code("theme"))),
)
KIND: Final = _plain("kind")
CHANNEL: Final = _plain("channel")
OUTCOME: Final = Dimension(
    "outcome",
    (Level("outcome_class", _code("outcome_class")), Level("outcome", _code("outcome"))),
)

GROUP_FLAGS: Final = (
    "women",
    "under_30",
    "over_60",
    "disability",
    "hardship",
    "entrepreneur",
    "investor",
    "legal_entity",
    "collective",
)
GROUP: Final = FlagDimension(
    "group",
    (Level("group", pl.lit(TOTAL)),),
    flags={flag: pl.col(flag) for flag in GROUP_FLAGS},
    exclusive=(("under_30", "over_60"), ("women", "legal_entity")),
)

DIMENSIONS: Final = {d.name: d for d in (AGENCY, AREA, THEME, KIND, CHANNEL, OUTCOME, GROUP)}


def dimension_of_level(level: str) -> Dimension:
    """The dimension that a level belongs to; ``QueryError`` when there is none."""
    for dimension in DIMENSIONS.values():
        if any(each.name == level for each in dimension.levels):
            return dimension
    raise QueryError(
        "Unknown level",
        f"No dimension has a level '{level}'.",
        "Use a level of data/dimensions.py.",
    )
