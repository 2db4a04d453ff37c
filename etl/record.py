"""The canonical appeal record: every field that a source can be mapped to, and what it gives.

A field that no mapping names is *not collected*: its columns of ``data/appeal.py`` are named in
``Edition.not_collected``, and nothing is guessed in its place.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

FieldKind = Literal["text", "moment", "day", "code", "choice", "flag", "number"]

TYPES: Final[Mapping[FieldKind, pl.DataType]] = {
    "text": pl.String(),
    "moment": pl.Datetime("us"),
    "day": pl.Date(),
    "code": pl.String(),
    "choice": pl.String(),
    "flag": pl.Boolean(),
    "number": pl.Int64(),
}
"""What a field of a kind becomes. Moments are wall-clock time in the zone of the source."""


@dataclass(frozen=True)
class Field:
    """One canonical field: its kind, and what its values may be.

    ``dimension`` and ``level`` say which code list the code must be in; ``choices`` are the only
    values of a choice; ``low`` and ``high`` bound a number; a ``required`` field that is mapped
    must be given in every row.
    """

    name: str
    kind: FieldKind
    dimension: str = ""
    level: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    required: bool = False


def _code(name: str, dimension: str, *, required: bool = False) -> Field:
    return Field(name, "code", dimension=dimension, level=name, required=required)


FLAGS: Final = (
    "women",
    "under_30",
    "over_60",
    "disability",
    "hardship",
    "entrepreneur",
    "investor",
    "legal_entity",
    "collective",
    "anonymous",
    "repeated",
    "reopened",
    "extended",
    "extra_study",
    "asked",
    "substantive",
    "harassment",
    "taken_up",
    "duplicate",
)

FIELDS: Final[Mapping[str, Field]] = {
    field.name: field
    for field in (
        Field("appeal_id", "text", required=True),
        Field("source", "text"),
        Field("received", "moment"),
        Field("registered", "moment", required=True),
        Field("answered", "moment"),
        Field("reopened_at", "moment"),
        Field("updated", "moment"),
        Field("extended_until", "day"),
        Field("birth_date", "day"),
        _code("agency", "agency", required=True),
        _code("region", "area"),
        _code("district", "area"),
        _code("theme", "theme"),
        _code("kind", "kind"),
        _code("channel", "channel"),
        _code("outcome", "outcome"),
        Field("status", "choice", choices=("open", "closed")),
        Field("gender", "choice", choices=("female", "male")),
        Field(
            "applicant",
            "choice",
            choices=("individual", "legal_entity", "entrepreneur", "investor"),
        ),
        Field("age", "number", high=130),
        Field("satisfaction", "number", low=1, high=5),
        Field("hops", "number", high=1000),
        *(Field(name, "flag") for name in FLAGS),
    )
}

GIVEN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "registered": ("registered", "received"),
    "answered": ("answered",),
    "response_days": ("answered",),
    "agency": ("agency",),
    "sector": ("agency",),
    "region": ("region", "district"),
    "district": ("district",),
    "theme": ("theme",),
    "theme_group": ("theme",),
    "kind": ("kind",),
    "channel": ("channel",),
    "outcome": ("outcome",),
    "outcome_class": ("outcome",),
    "women": ("women", "gender"),
    "under_30": ("under_30", "birth_date", "age"),
    "over_60": ("over_60", "birth_date", "age"),
    "disability": ("disability",),
    "hardship": ("hardship",),
    "entrepreneur": ("entrepreneur", "applicant"),
    "investor": ("investor", "applicant"),
    "legal_entity": ("legal_entity", "applicant"),
    "collective": ("collective",),
    "anonymous": ("anonymous",),
    "repeated": ("repeated",),
    "reopened": ("reopened", "reopened_at"),
    "extended": ("extended", "extended_until"),
    "timed": ("answered",),
    "within_hour": ("answered",),
    "asked": ("asked",),
    "satisfaction": ("satisfaction",),
    "substantive": ("substantive",),
    "harassment": ("harassment",),
    "hops": ("hops",),
    "taken_up": ("taken_up",),
}
"""Column of the generalised appeal → the fields of which any one is enough to know it."""

PARENTS: Final[Mapping[str, tuple[str, str]]] = {
    "sector": ("agency", "agency"),
    "theme_group": ("theme", "theme"),
    "outcome_class": ("outcome", "outcome"),
}
"""Coarse column → the dimension whose list knows it, and the column that it is the parent of."""


def not_given(mapped: Collection[str]) -> frozenset[str]:
    """The columns of the generalised appeal that no mapped field gives."""
    return frozenset(
        column for column, fields in GIVEN_BY.items() if not any(name in mapped for name in fields)
    )
