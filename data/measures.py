"""What an appeal contributes: everything that is counted, each declared once.

Measures add. A count that is part of another says so (``within``): it and its complement are
protected alike. Medians and percentiles come from day bands, which add as well.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from data.grains import Grain

ANSWERED: Final = pl.col("answered").is_not_null()
TOP_BOX: Final = 4
"""Lowest of the five marks that counts as satisfied."""

TERM_ENDED: Final = pl.col("due") < pl.col("as_of")


@dataclass(frozen=True, eq=False)
class Count:
    """How many appeals a condition holds for; ``within`` names the count that contains it."""

    name: str
    of_appeal: pl.Expr
    within: str | None = None
    matures: bool = True
    """True when the count of a period still grows after the period has ended."""
    personal: bool = False
    """True when the count is of persons rather than of a body's conduct, so that a small one may
    identify: it is guarded itself; a conduct count is shown wherever its base is."""

    finest: Grain = "month"
    """The shortest period that it is published for."""
    shown_with: str | None = None
    """The count of persons inside this one without which it is withheld: it would bound it."""

    at: tuple[str, str] | None = None
    """The dimension and code at which ``within`` is this very count, under another name."""

    sensitive: bool = False
    """True when even its absence, or its presence in all, tells of each person among few: both
    sides of the split are guarded, as those of an applicant's trait are."""

    @property
    def base(self) -> str | None:
        return self.within


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum of small whole numbers over the appeals of ``base``; hidden where that count is."""

    name: str
    of_appeal: pl.Expr
    base: str
    matures: bool = True
    finest: Grain = "month"


@dataclass(frozen=True, eq=False)
class Quantile:
    """A quantile in tenths of a day, interpolated from the day bands of the appeals of ``base``."""

    name: str
    of_appeal: pl.Expr
    q: float
    base: str
    minimum: int
    """Fewest appeals it is published for, so that enough lie on either side of it."""
    matures: bool = True


@dataclass(frozen=True, eq=False)
class Reported:
    """A public figure from a reference list (population, acts): no appeal stands behind it."""

    name: str
    matures: bool = False


Measure = Count | Sum | Quantile | Reported

DAY_BANDS: Final = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    8,
    10,
    12,
    14,
    15,
    16,
    18,
    20,
    22,
    25,
    28,
    30,
    31,
    35,
    45,
    60,
    90,
)
"""First day of each band; the last is open. Single days where the law's terms end."""

RECEIVED: Final = Count("received", pl.lit(value=True), matures=False, personal=True)
CONSIDERED: Final = Count("considered", ANSWERED, personal=True)

MEASURES: Final[dict[str, Measure]] = {
    measure.name: measure
    for measure in (
        RECEIVED,
        CONSIDERED,
        Count("answered", ANSWERED, within="received"),
        Count("open", ~ANSWERED, within="received"),
        Count("due", TERM_ENDED, within="received"),
        Count(
            "on_time",
            TERM_ENDED & (pl.col("answered") <= pl.col("due")).fill_null(value=False),
            within="due",
        ),
        Count("repeated", pl.col("repeated"), within="received", matures=False),
        Count(
            "asked",
            ANSWERED & (pl.col("asked") | pl.col("satisfaction").is_not_null()),
            within="answered",
            finest="quarter",
            shown_with="rated",
        ),
        Count(
            "rated",
            ANSWERED & pl.col("satisfaction").is_not_null(),
            within="asked",
            finest="quarter",
            personal=True,
        ),
        Count(
            "rated_top",
            (ANSWERED & (pl.col("satisfaction") >= TOP_BOX)).fill_null(value=False),
            within="rated",
            finest="quarter",
        ),
        Sum(
            "score_sum",
            pl.when(ANSWERED).then(pl.col("satisfaction")).fill_null(0),
            base="rated",
            finest="quarter",
        ),
        Quantile("median_days", pl.col("response_days"), 0.5, base="answered", minimum=20),
        Quantile("p90_days", pl.col("response_days"), 0.9, base="answered", minimum=100),
        Count(
            "proposals",
            pl.col("kind") == "proposal",
            within="received",
            matures=False,
            personal=True,
            at=("kind", "proposal"),
        ),
        Count(
            "harassment",
            pl.col("harassment"),
            within="received",
            personal=True,
            finest="quarter",
            sensitive=True,
        ),
        Count("taken_up", (pl.col("kind") == "proposal") & pl.col("taken_up"), within="proposals"),
        Reported("population"),
        Reported("acts"),
    )
}
