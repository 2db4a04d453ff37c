"""What agencies are asked, taken out of their shares: the adjusted share beside the raw one, what
is left to conduct, and what moved each agency; by which rules, and the columns that tell of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from data.analyses.analysis import Analysis, Column
from data.indicators import INDICATORS
from data.measures import CASE_MIX, EXPECTED

TABLE: Final = "case_mix"
LEVEL: Final = "agency"
KEYS: Final = ("period", "agency", "indicator")


@dataclass(frozen=True)
class Share:
    """An adjusted indicator: its two counts, what is expected of the first and what makes it."""

    indicator: str
    events: str
    base: str

    @property
    def expected(self) -> str:
        return f"expected_{self.events}"

    @property
    def of_itself(self) -> str:
        return f"{self.events}_of_itself"

    def moved(self, level: str) -> str:
        """The measure that tells what a dimension makes of the expected count."""
        return f"{self.events}_by_{level}"


def _share(indicator: str) -> Share:
    events, base = INDICATORS[indicator].inputs
    return Share(indicator, events, base)


SHARES: Final = (_share("on_time_rate"), _share("repeat_share"))
FEWEST: Final = max(measure.minimum for measure in EXPECTED)
LEVELS: Final = tuple(CASE_MIX.values())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _points(level: str) -> Column:
    text = f"Percentage points that the agency's appeals by {level} moved what is expected of it."
    return Column(f"by_{level}", "estimate", "percentage points", text)


_COLUMNS: Final = (
    Column("period", "dimension", "code", "Year of registration.", holds="text"),
    Column(
        "agency", "dimension", "code", f"Code of codelist_agency.csv at: {LEVEL}.", holds="text"
    ),
    Column(
        "indicator",
        "dimension",
        "code",
        f"One of: {_listed(each.indicator for each in SHARES)}.",
        holds="text",
    ),
    Column(
        "status",
        "status",
        "code",
        "Why there are values or not: the gravest status of the indicator and of what is expected.",
        holds="text",
    ),
    Column(
        "events", "measure", "count", "The count that the indicator is the share of.", holds="whole"
    ),
    Column("base", "measure", "count", "The count that it is a share in.", holds="whole"),
    Column(
        "expected",
        "measure",
        "count",
        "The events expected if each kind of case had gone as in the whole country.",
        holds="whole",
    ),
    Column("rate", "estimate", "share", "The indicator's published value."),
    Column("expected_rate", "estimate", "share", "The expected events of the base."),
    Column("reference", "estimate", "share", "The rate of all agencies together."),
    Column(
        "adjusted",
        "estimate",
        "share",
        "The rate that the agency would have with the case mix of all: the reference, its odds "
        "moved by those of the rate over those of the expected rate.",
    ),
    Column("adjusted_lower", "estimate", "share", "The same for Wilson's lower limit, 95 %."),
    Column("adjusted_upper", "estimate", "share", "The same for Wilson's upper limit, 95 %."),
    *(_points(level) for level in LEVELS),
    Column(
        "conduct",
        "estimate",
        "percentage points",
        "The rate less the expected rate: what case mix does not explain.",
    ),
    Column(
        "own",
        "estimate",
        "share",
        "How much of what is expected the agency's own appeals make: near 100 it is compared with "
        "itself, and the adjusted rate says nothing.",
    ),
)

ADJUSTED: Final = Analysis(
    "adjusted",
    reads=(TABLE,),
    keys=KEYS,
    columns=_COLUMNS,
    told="each agency's shares with what it is asked taken out, and what moved it",
    settings={"fewest": FEWEST, "indicators": [each.indicator for each in SHARES]},
)
