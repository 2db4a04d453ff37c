"""Quoted percentages: what one says, whether a share of a release comes within its rounding, and
what two of them tell of each other."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

from data.analyses.denominators import NOT, SATISFIED
from data.outcomes import CLARIFIED, PASSED_ON, POSITIVE, REFUSED

FILE: Final = Path(__file__).resolve().parent / "reference" / "claims.csv"
PERCENT: Final = re.compile(r"\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*", re.ASCII)

OPEN: Final = "open"
REST: Final = f"{NOT}{POSITIVE}"
MARKS: Final = {SATISFIED, f"{NOT}{SATISFIED}"}
"""What is said of people; the other events are said of answers."""
SAYS: Final = {
    SATISFIED: (SATISFIED, POSITIVE),
    POSITIVE: (POSITIVE,),
    REST: (REST,),
    f"{NOT}{SATISFIED}": (f"{NOT}{SATISFIED}",),
    CLARIFIED: (CLARIFIED,),
    REFUSED: (REFUSED,),
    PASSED_ON: (PASSED_ON,),
    OPEN: (OPEN,),
}
"""What a claim may say, and the events that may be meant: "satisfied" is said of people who gave a
good mark, and of appeals that were granted."""

Together = Literal["same", "rest", "apart", "within", "holds", "free"]
"""How one event lies to another in a whole: the same, its rest, never both, inside it, around it,
or anyhow."""


@dataclass(frozen=True)
class Claim:
    """A percentage as it was quoted; its decimals say how it was rounded."""

    percent: Decimal
    says: str

    @property
    def events(self) -> tuple[str, ...]:
        return SAYS[self.says]

    def agrees(self, part: int, base: int) -> bool:
        """Whether a part of a whole is this percentage when it is rounded as this is."""
        return abs(self._off(part, base)) <= self.half

    def distance(self, part: int, base: int) -> Fraction:
        """How many percentage points lie between the share and the claim."""
        return abs(self._off(part, base))

    @property
    def half(self) -> Fraction:
        """Half of the last place that it was rounded to."""
        exponent = self.percent.as_tuple().exponent
        return Fraction(1, 2) * Fraction(10) ** int(exponent)

    def _off(self, part: int, base: int) -> Fraction:
        return Fraction(100 * part, base) - Fraction(self.percent)


@dataclass(frozen=True)
class Quoted:
    """A claim that was made in public: of which year, and where it is from."""

    claim: Claim
    year: str
    source: str


def read_percent(text: str) -> Decimal | None:
    """A percentage from 0 to 100 with at most two decimals, as people write it; None for others."""
    found = PERCENT.fullmatch(text)
    if found is None:
        return None
    whole, rest = found.groups()
    percent = Decimal(f"{whole}.{rest}" if rest else whole)
    return percent if percent <= 100 else None


def lie(one: str, other: str) -> Together:
    """How two events lie in one whole."""
    if one == other:
        return "same"
    if one.removeprefix(NOT) == other.removeprefix(NOT):
        return "rest"
    if {one, other} & MARKS:
        return "apart" if OPEN in {one, other} else "free"
    if REST in {one, other}:
        return "holds" if one == REST else "within"
    return "apart"


def fit(one: Claim, other: Claim, how: Together) -> bool:
    """Whether both can be shares of one whole, as far as they were rounded."""
    a, b = Fraction(one.percent), Fraction(other.percent)
    over = {
        "same": abs(a - b),
        "rest": abs(a + b - 100),
        "apart": a + b - 100,
        "within": a - b,
        "holds": b - a,
        "free": Fraction(0),
    }
    return over[how] <= one.half + other.half


def both_at_least(one: Decimal, other: Decimal) -> Decimal:
    """How many hundredths of one whole have to be both: what does not fit beside each other."""
    return max(Decimal(0), one + other - 100)


def quoted() -> tuple[Quoted, Quoted]:
    """The two claims that the page opens with."""
    with FILE.open(encoding="utf-8", newline="") as file:
        first, second = (
            Quoted(Claim(Decimal(row["percent"]), row["says"]), row["year"], row["source"])
            for row in csv.DictReader(file)
        )
    return first, second


QUOTED: Final = quoted()
