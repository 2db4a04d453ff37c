"""Gaps: how appeals of a place or of a group of applicants fare beside those of everybody else.

Everybody else is what is left of a published count when another is taken from it, so it can be
reckoned by every reader. The settings are stated once, here; a release carries them in its
manifest, under ``rules``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from data.analyses.analysis import Analysis, Column
from data.outcomes import POSITIVE

KEYS: Final = ("period", "level", "area", "group", "indicator")


@dataclass(frozen=True)
class Share:
    """A compared indicator: ``events`` of ``base``; where there is an ``outcome``, the events are
    those of the base that have it."""

    indicator: str
    events: str
    base: str
    outcome: str = ""


@dataclass(frozen=True)
class Field:
    """Who is compared: the codes of a level in a table, and in its table of outcomes if any.

    Groups have none: how the attack would grow by it is told in
    ``docs/decisions/0014-gaps-from-what-is-shown.md``.
    """

    level: str
    dimension: str
    table: str
    outcomes: str = ""


SHARES: Final = (
    Share("on_time_rate", "on_time", "due"),
    Share("open_share", "open", "received"),
    Share("satisfaction_top", "rated_top", "rated"),
    Share("outcome_share_considered", "concluded", "concluded", outcome=POSITIVE),
)
REGIONS: Final = "regions"
FIELDS: Final = (
    Field("group", "group", "groups"),
    Field("region", "area", REGIONS, "outcomes_by_region"),
    Field("district", "area", REGIONS),
)

FEWEST: Final = 30
"""Appeals of the base on either side, below which nothing is compared."""
FEWEST_EXPECTED: Final = 5
"""Events, and appeals without the event, that are to be expected on either side if there were no
gap; with fewer the chances are not those of a normal distribution (Cochran's rule)."""
CONFIDENCE: Final = 0.95
FALSE_DISCOVERY_RATE: Final = 0.05
"""The share of gaps called higher or lower that is expected to be there by chance alone."""
DECIMALS: Final = 2
P_DECIMALS: Final = 6

HIGHER: Final = "higher"
LOWER: Final = "lower"
LIKE: Final = "like"
TOO_FEW: Final = "too_few"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


_COLUMNS: Final = (
    Column("period", "dimension", "code", "Year of registration.", holds="text"),
    Column(
        "level",
        "dimension",
        "code",
        f"Who is compared, one of: {_listed(each.level for each in FIELDS)}.",
        holds="text",
    ),
    Column("area", "dimension", "code", "The place that is compared, or all.", holds="text"),
    Column("group", "dimension", "code", "The group that is compared, or all.", holds="text"),
    Column(
        "indicator",
        "dimension",
        "code",
        f"One of: {_listed(each.indicator for each in SHARES)}; of outcomes the {POSITIVE} ones.",
        holds="text",
    ),
    Column(
        "rest_of",
        "dimension",
        "code",
        "The area of whose other appeals the rest is: a district's region, or everything.",
        holds="text",
    ),
    Column(
        "status",
        "status",
        "code",
        "Why there are values or not: the gravest status of the counts of the place or group and "
        "of those that it is taken from.",
        holds="text",
    ),
    Column("events", "measure", "count", "The count that the indicator is of.", holds="whole"),
    Column("base", "measure", "count", "The count that it is a share in.", holds="whole"),
    Column("rest_events", "measure", "count", "The same of everybody else.", holds="whole"),
    Column("rest_base", "measure", "count", "The same of everybody else.", holds="whole"),
    Column("rate", "estimate", "share", "The events of the base."),
    Column("rest_rate", "estimate", "share", "The same of everybody else."),
    Column("gap", "estimate", "percentage points", "The rate less that of everybody else."),
    Column(
        "gap_lower", "estimate", "percentage points", f"Newcombe's lower limit, {CONFIDENCE:.0%}."
    ),
    Column(
        "gap_upper", "estimate", "percentage points", f"Newcombe's upper limit, {CONFIDENCE:.0%}."
    ),
    Column(
        "p_value",
        "estimate",
        "probability",
        "Two-sided chance of so large a gap if there were none (pooled score test).",
    ),
    Column(
        "verdict",
        "estimate",
        "code",
        f"{HIGHER}, {LOWER}, {LIKE}: beside everybody else, at a false discovery rate of "
        f"{FALSE_DISCOVERY_RATE:.0%} among those of one level compared by this indicator in this "
        f"year; {TOO_FEW}: fewer than {FEWEST} in the base on either side, or fewer than "
        f"{FEWEST_EXPECTED} with or without the event to be expected, not compared.",
        holds="text",
    ),
    Column("compared", "estimate", "count", "How many are compared.", holds="whole"),
)

EQUITY: Final = Analysis(
    "equity",
    reads=(REGIONS,),
    keys=KEYS,
    columns=_COLUMNS,
    told="the gap between each region, district and group of applicants and everybody else",
    settings={
        "fewest": FEWEST,
        "fewest_expected": FEWEST_EXPECTED,
        "confidence": CONFIDENCE,
        "false_discovery_rate": FALSE_DISCOVERY_RATE,
        "indicators": [each.indicator for each in SHARES],
    },
)
"""Groups and outcomes are compared where their tables are there too (``FIELDS``)."""
