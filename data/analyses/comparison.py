"""Which indicators agencies are compared by, by which rules, and the columns that tell of it.

The settings are stated once, here; a release carries them in its manifest, under ``rules``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from data.analyses.analysis import Analysis, Column
from data.errors import DeclarationError
from data.grains import Grain
from data.indicators import INDICATORS

TABLE: Final = "agencies"
"""The table that is compared; nothing else is read."""
LEVEL: Final = "agency"
GRAINS_COMPARED: Final[tuple[Grain, ...]] = ("year", "quarter")
KEYS: Final = ("period", "agency", "indicator")

COMPARED: Final = ("on_time_rate", "satisfaction_top", "repeat_share")
"""Indicators that are the share of one published count in another."""

FEWEST: Final = 30
"""Received, and answered, for an agency to be compared: below it no difference can be told."""
FALSE_DISCOVERY_RATE: Final = 0.05
"""The share of agencies called better or worse that is expected to be so by chance alone."""
VOLUME_GROUPS: Final = (100, 1_000, 10_000)
"""Appeals received from which on an agency is in the next group."""
DRAWS: Final = 2_000
SEED: Final = 445


@dataclass(frozen=True)
class Share:
    """A compared indicator: ``events`` of ``base``, two counts, and which direction is good."""

    indicator: str
    events: str
    base: str
    better: Literal["higher", "lower"]


def share(name: str) -> Share:
    """How a compared indicator is made; ``DeclarationError`` when it is no share, or has no good
    direction."""
    indicator = INDICATORS[name]
    better, inputs = indicator.better, indicator.inputs
    if indicator.unit != "share" or better == "neither" or len(inputs) != 2:
        raise DeclarationError(
            "Nothing to compare",
            f"'{name}' is not a share of one count in another of which more is good or bad.",
            "Compare by another indicator.",
        )
    events, base = inputs
    return Share(name, events, base, better)


SHARES: Final = tuple(share(name) for name in COMPARED)


def settings() -> dict[str, Any]:
    """The rules of the comparison as the manifest states them."""
    return {
        "fewest": FEWEST,
        "false_discovery_rate": FALSE_DISCOVERY_RATE,
        "volume_groups": list(VOLUME_GROUPS),
        "draws": DRAWS,
        "seed": SEED,
        "indicators": {each.indicator: each.better for each in SHARES},
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


_COLUMNS: Final = (
    Column("period", "dimension", "code", f"One of: {_listed(GRAINS_COMPARED)}.", holds="text"),
    Column(
        "agency", "dimension", "code", f"Code of codelist_agency.csv at: {LEVEL}.", holds="text"
    ),
    Column("indicator", "dimension", "code", f"One of: {_listed(COMPARED)}.", holds="text"),
    Column(
        "status",
        "status",
        "code",
        "Why there are values or not: the gravest status of the indicator and of the appeals "
        "received and answered.",
        holds="text",
    ),
    Column(
        "events", "measure", "count", "The count that the indicator is the share of.", holds="whole"
    ),
    Column("base", "measure", "count", "The count that it is a share in.", holds="whole"),
    Column("rate", "estimate", "share", "The indicator's published value."),
    Column("rate_lower", "estimate", "share", "Wilson's lower limit of the rate, 95 %."),
    Column("rate_upper", "estimate", "share", "Wilson's upper limit of the rate, 95 %."),
    Column(
        "volume_group",
        "estimate",
        "code",
        f"0 to {len(VOLUME_GROUPS)} by the appeals received; "
        f"the next begins at {_listed(map(str, VOLUME_GROUPS))}.",
        holds="whole",
    ),
    Column(
        "verdict",
        "estimate",
        "code",
        "better, like, worse: against the reference, at a false discovery rate of "
        f"{FALSE_DISCOVERY_RATE:.0%} among the agencies compared by this indicator in this period; "
        f"too_few: fewer than {FEWEST} received or answered, not compared.",
        holds="text",
    ),
    Column(
        "reference", "estimate", "share", "The rate of all agencies that are compared, together."
    ),
    Column(
        "lower_95",
        "estimate",
        "share",
        "Lower limit of the funnel, 95 %, widened by the usual spread.",
    ),
    Column(
        "upper_95",
        "estimate",
        "share",
        "Upper limit of the funnel, 95 %, widened by the usual spread.",
    ),
    Column(
        "lower_998",
        "estimate",
        "share",
        "Lower limit of the funnel, 99.8 %, widened by the usual spread.",
    ),
    Column(
        "upper_998",
        "estimate",
        "share",
        "Upper limit of the funnel, 99.8 %, widened by the usual spread.",
    ),
    Column(
        "p_value",
        "estimate",
        "probability",
        "Exact binomial, two-sided, against the reference; the verdict is made from it.",
    ),
    Column(
        "rank_lower",
        "estimate",
        "count",
        "Best rank that the data allow, 95 %; 1 is best.",
        holds="whole",
    ),
    Column(
        "rank_upper", "estimate", "count", "Worst rank that the data allow, 95 %.", holds="whole"
    ),
    Column("compared", "estimate", "count", "How many agencies are compared.", holds="whole"),
)

COMPARISON: Final = Analysis(
    "comparison",
    reads=(TABLE,),
    keys=KEYS,
    columns=_COLUMNS,
    told="each agency beside all that have enough appeals, with intervals and limits",
    settings=settings(),
)
