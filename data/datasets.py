"""The closed catalogue: the only tables that are ever released, each declared once.

Rules that keep the system of linked tables protectable: a table of agencies by something else is
yearly, since quarters of small agencies are mostly too small to show and
would hide years as well; nested levels stay out of fine tables; two applicant traits are never
crossed; there is no total over all years. Reports of harassment are so few that they are counted
for the country, a region or a sector alone, and crossed with nothing. By the date of the answer
nothing is told but of the country: what a body has answered by any day is no more than what it had
received by then, and over all its years that would tell of hidden counts.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from data.dimensions import DIMENSIONS, TOTAL, Dimension, FlagDimension
from data.grains import GRAINS, Grain
from data.measures import (
    APPLICANTS,
    EXPECTED,
    MEASURES,
    OFF_CONTROL_BY,
    STANDING,
    WAITS,
    Count,
    Reported,
)


@dataclass(frozen=True)
class Axis:
    """A dimension at chosen levels; the total ``_T`` is always there too."""

    dimension: str
    levels: tuple[str, ...]

    @property
    def declared(self) -> Dimension:
        return DIMENSIONS[self.dimension]

    @property
    def of_flags(self) -> bool:
        return isinstance(self.declared, FlagDimension)


def axis(dimension: str, *levels: str) -> Axis:
    """An axis at the named levels, or at the dimension's finest when none is named."""
    return Axis(dimension, levels or (DIMENSIONS[dimension].levels[-1].name,))


@dataclass(frozen=True)
class Table:
    """One released table: every combination of its axes' levels and its periods.

    ``dated_by`` says which date puts an appeal into a period: registration, answer, or each month's
    end at which it was standing without an answer.
    """

    name: str
    axes: tuple[Axis, ...]
    grains: tuple[Grain, ...]
    measures: tuple[str, ...]
    dated_by: Literal["registered", "answered", "standing"] = "registered"

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(each.dimension for each in self.axes)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row, in the order of the file."""
        return ("period", *self.dimensions)

    @property
    def base(self) -> str:
        """The count of everything in a row; all other measures are parts of it."""
        return self.measures[0]

    @property
    def subject(self) -> str:
        """What the table is there for: a sensitive count where it has one, otherwise its base."""
        return next((name for name in self.measures if _is_sensitive(name)), self.base)

    @property
    def counted(self) -> tuple[str, ...]:
        """The measures that come from appeals."""
        return tuple(m for m in self.measures if not isinstance(MEASURES[m], Reported))


def _is_sensitive(name: str) -> bool:
    measure = MEASURES[name]
    return isinstance(measure, Count) and measure.sensitive


@dataclass(frozen=True)
class Dataset:
    """Tables that belong together for a reader, and the indicator to show first."""

    name: str
    tables: tuple[Table, ...]
    headline: str
    indicators: tuple[str, ...] = field(default=())


CONDUCT: Final = (
    "received",
    "answered",
    "open",
    "due",
    "on_time",
    "extended",
    "due_extended",
    "on_time_extended",
    "overdue",
    "repeated",
    "asked",
    "rated",
    "rated_top",
    "score_sum",
    "median_days",
    "p90_days",
)
RESPONSE: Final = ("received", "answered", "open", *(wait.name for wait in WAITS))
QUALITY: Final = (
    "received",
    "answered",
    "timed",
    "within_hour",
    "substantive",
    "last_days",
    "week_before",
    "forwarded",
    "forwarded_often",
    "texts",
    "templated",
    "asked",
    "rated",
    "rated_top",
    "settled",
    "returned",
)
CONTROL: Final = (
    "received",
    "answered",
    "reopened",
    "off_control",
    *(f"off_control_{day}" for day in OFF_CONTROL_BY),
)
STOCK: Final = tuple(count.name for count in STANDING)
MIX: Final = (
    "received",
    "answered",
    "due",
    "on_time",
    "repeated",
    *(measure.name for measure in EXPECTED),
)
TREATED: Final = ("received", "answered", "open", "due", "on_time", "asked", "rated", "rated_top")
"""How appeals of a group fared: of the country alone, where nearly all of it can be shown."""
PEOPLE: Final = ("received", *(each.name for each in APPLICANTS))
RECEIVED_ONLY: Final = ("received",)
CONCLUDED: Final = ("concluded",)
HARASSMENT: Final = ("received", "harassment")
MONTHLY: Final[tuple[Grain, ...]] = ("year", "quarter", "month")
QUARTERLY: Final[tuple[Grain, ...]] = ("year", "quarter")
YEARLY: Final[tuple[Grain, ...]] = ("year",)

_AGENCY = axis("agency", "agency")
_REGION = axis("area", "region")
_DISTRICT = axis("area", "district")
_OUTCOME = axis("outcome", "outcome_class", "outcome")
_OUTCOME_CLASS = axis("outcome", "outcome_class")

DATASETS: Final[dict[str, Dataset]] = {
    dataset.name: dataset
    for dataset in (
        Dataset(
            "agencies",
            (
                Table("national", (), MONTHLY, CONDUCT),
                Table("agencies", (axis("agency", "sector", "agency"),), MONTHLY, CONDUCT),
            ),
            "on_time_rate",
        ),
        Dataset(
            "regions",
            (
                Table(
                    "regions",
                    (axis("area", "region", "district"),),
                    MONTHLY,
                    (*CONDUCT, "population"),
                ),
                Table("agency_by_region", (_AGENCY, _REGION), YEARLY, RECEIVED_ONLY),
                Table(
                    "district_by_sector",
                    (_DISTRICT, axis("agency", "sector")),
                    YEARLY,
                    RECEIVED_ONLY,
                ),
            ),
            "per_10000",
        ),
        Dataset(
            "response",
            (
                Table("response", (axis("agency", "sector", "agency"),), QUARTERLY, RESPONSE),
                Table("response_by_region", (_REGION,), QUARTERLY, RESPONSE),
            ),
            "median_days",
        ),
        Dataset(
            "quality",
            (Table("quality", (axis("agency", "sector", "agency"),), YEARLY, QUALITY),),
            "instant_share",
        ),
        Dataset(
            "case_mix",
            (Table("case_mix", (axis("agency", "agency"),), YEARLY, MIX),),
            "expected_on_time_rate",
        ),
        Dataset(
            "control",
            (
                Table("control", (axis("agency", "sector", "agency"),), QUARTERLY, CONTROL),
                Table("control_by_region", (_REGION,), QUARTERLY, CONTROL),
            ),
            "reopened_share",
        ),
        Dataset(
            "outcomes",
            (
                Table("outcomes", (_OUTCOME,), QUARTERLY, CONCLUDED),
                Table(
                    "outcomes_by_sector",
                    (axis("agency", "sector"), _OUTCOME_CLASS),
                    YEARLY,
                    CONCLUDED,
                ),
                Table("outcomes_by_agency", (_AGENCY, _OUTCOME_CLASS), YEARLY, CONCLUDED),
                Table("outcomes_by_region", (_REGION, _OUTCOME_CLASS), YEARLY, CONCLUDED),
            ),
            "outcome_share_considered",
        ),
        Dataset(
            "closing",
            (
                Table("closing", (), MONTHLY, ("considered",), "answered"),
                Table("outcomes_closing", (_OUTCOME,), MONTHLY, ("considered",), "answered"),
            ),
            "considered",
        ),
        Dataset(
            "stock",
            (Table("stock", (), ("month",), STOCK, dated_by="standing"),),
            "standing",
        ),
        Dataset(
            "kinds",
            (Table("agency_by_kind", (_AGENCY, axis("kind")), YEARLY, RECEIVED_ONLY),),
            "received_share",
        ),
        Dataset(
            "channels",
            (Table("agency_by_channel", (_AGENCY, axis("channel")), YEARLY, RECEIVED_ONLY),),
            "received_share",
        ),
        Dataset(
            "themes",
            (
                Table(
                    "region_by_theme",
                    (_REGION, axis("theme", "theme_group", "theme")),
                    MONTHLY,
                    RECEIVED_ONLY,
                ),
                Table("agency_by_theme", (_AGENCY, axis("theme", "theme")), YEARLY, RECEIVED_ONLY),
                Table(
                    "agency_by_theme_group",
                    (_AGENCY, axis("theme", "theme_group")),
                    YEARLY,
                    RECEIVED_ONLY,
                ),
                Table(
                    "district_by_theme_group",
                    (_DISTRICT, axis("theme", "theme_group")),
                    QUARTERLY,
                    RECEIVED_ONLY,
                ),
            ),
            "received_share",
        ),
        Dataset(
            "applicants",
            (
                Table("groups", (axis("group"),), YEARLY, TREATED),
                Table("region_by_group", (_REGION, axis("group")), QUARTERLY, RECEIVED_ONLY),
                Table("agency_by_group", (_AGENCY, axis("group")), YEARLY, RECEIVED_ONLY),
                Table("district_by_group", (_DISTRICT, axis("group")), YEARLY, RECEIVED_ONLY),
                Table(
                    "theme_by_group", (axis("theme", "theme"), axis("group")), YEARLY, RECEIVED_ONLY
                ),
            ),
            "received_share",
        ),
        Dataset(
            "people",
            (
                Table("people", (axis("agency", "sector", "agency"),), YEARLY, PEOPLE),
                Table("people_by_region", (_REGION,), YEARLY, PEOPLE),
            ),
            "applicants",
        ),
        Dataset(
            "harassment",
            (
                Table("harassment", (), QUARTERLY, HARASSMENT),
                Table("harassment_by_region", (_REGION,), YEARLY, HARASSMENT),
                Table("harassment_by_sector", (axis("agency", "sector"),), YEARLY, HARASSMENT),
            ),
            "harassment",
        ),
        Dataset(
            "acts",
            (
                Table(
                    "acts_by_theme",
                    (axis("theme", "theme_group", "theme"),),
                    YEARLY,
                    ("received", "proposals", "taken_up", "acts"),
                ),
            ),
            "acts",
        ),
    )
}

TABLES: Final[dict[str, Table]] = {
    table.name: table for dataset in DATASETS.values() for table in dataset.tables
}

__all__ = ["DATASETS", "GRAINS", "TABLES", "TOTAL", "Axis", "Dataset", "Grain", "Table", "axis"]
