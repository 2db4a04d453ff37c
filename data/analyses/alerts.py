"""By which rules monthly series are watched for changes that are larger than chance.

The settings are stated once, here; a release carries them in its manifest, under ``rules``.
"""

from dataclasses import dataclass
from typing import Final

from data.analyses.analysis import Analysis, Column

REFERENCE: Final = "national"
"""The table of the whole country: what befalls all alike is no change of one."""


@dataclass(frozen=True)
class Watched:
    """An indicator that is watched: a count, or ``events`` of ``base``."""

    indicator: str
    events: str
    base: str | None = None


@dataclass(frozen=True)
class Field:
    """Who is watched: the codes of a level in a table."""

    table: str
    dimension: str
    level: str


WATCHED: Final = (Watched("received", "received"), Watched("on_time_rate", "on_time", "due"))
FIELDS: Final = (Field("agencies", "agency", "agency"), Field("regions", "area", "region"))

FACTOR: Final = 1.5
"""The change of odds that the sums are tuned to: half as many again, or a third fewer."""
LIMIT: Final = 6.5
"""The sum that signals: by simulation (``bench/alerts.py``) at most ``NOMINAL`` false alarms."""
NOMINAL: Final = 1.0
"""False alarms in a hundred years of one series, both directions together, at most."""
DECIMALS: Final = 3
"""Of the sums, by which they can be followed."""

RISE: Final = "rise"
FALL: Final = "fall"

ALERTS: Final = Analysis(
    "alerts",
    reads=(REFERENCE,),
    keys=("indicator", "agency", "area", "period"),
    columns=(
        Column(
            "indicator",
            "dimension",
            "code",
            f"One of: {', '.join(each.indicator for each in WATCHED)}.",
            holds="text",
        ),
        Column("agency", "dimension", "code", "The agency, or _T for a region.", holds="text"),
        Column("area", "dimension", "code", "The region, or _T for an agency.", holds="text"),
        Column(
            "period",
            "dimension",
            "code",
            "A month that is published, as is the same month a year before.",
            holds="text",
        ),
        Column("events", "measure", "count", "The published count of the month.", holds="whole"),
        Column(
            "base",
            "measure",
            "count",
            "Of a share, the published count that it is a share in.",
            holds="whole",
        ),
        Column("events_before", "measure", "count", "The same a year before.", holds="whole"),
        Column("base_before", "measure", "count", "The same a year before.", holds="whole"),
        Column(
            "expected",
            "estimate",
            "count",
            "The count if the series had changed since the year before as the country did.",
        ),
        Column(
            "usual_spread",
            "estimate",
            "log_odds",
            "By how much the series of this kind usually vary beyond chance, as a standard "
            "deviation.",
        ),
        Column("rise", "estimate", "log_ratio", f"The sum of evidence of a {RISE}."),
        Column("fall", "estimate", "log_ratio", f"The sum of evidence of a {FALL}."),
        Column(
            "signal",
            "estimate",
            "code",
            f"{RISE} or {FALL} in a month in which its sum reaches {LIMIT}; none otherwise.",
            holds="text",
        ),
        Column("since", "estimate", "code", "The month in which that sum began.", holds="text"),
        Column(
            "run_events", "measure", "count", "Events from that month to this one.", holds="whole"
        ),
        Column("run_base", "measure", "count", "The base of these months.", holds="whole"),
        Column("run_expected", "estimate", "count", "What was expected of these months."),
        Column(
            "change",
            "estimate",
            "percent",
            "How far the events of these months lie from the expected: in per cent of a count, in "
            "percentage points of a share; none of a count of which nothing was expected.",
        ),
    ),
    told="agencies and regions whose monthly numbers changed by more than chance, with the sums "
    "that tell it",
    settings={
        "factor": FACTOR,
        "limit": LIMIT,
        "nominal_false_alarms_in_100_years": NOMINAL,
        "decimals": DECIMALS,
        "indicators": [each.indicator for each in WATCHED],
    },
)
