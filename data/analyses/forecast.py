"""How many appeals are to be expected in the next quarter, and by which rules that is published.

The settings are stated once, here; a release carries them in its manifest, under ``rules``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from data.analyses.analysis import Analysis, Column

NATION: Final = "national"
"""The table without which there is no forecast; it has the course of the whole country."""
COUNT: Final = "received"


@dataclass(frozen=True)
class Forecast:
    """Series that are forecast: the codes of a level in a table, all else in total."""

    table: str
    dimension: str
    level: str


FIELDS: Final = (
    Forecast("regions", "area", "region"),
    Forecast("region_by_theme", "theme", "theme"),
)

STEPS: Final = 3
"""Months ahead."""
MOST_MONTHS: Final = 36
"""The latest months that a forecast is made from."""
FEWEST_MONTHS: Final = 24
"""Published months among them, below which none is made."""
WAVE_PAIRS: Final = 3
MOST_ORIGINS: Final = 24
"""The latest months from which forecasts are tested."""
FEWEST_TESTED: Final = 12
"""Tested months, below which no forecast is published."""
LEAST_HELD: Final = 85.0
"""Per cent of the tested months that the 95 % limits must have held."""
NARROW: Final = 0.80
WIDE: Final = 0.95

PUBLISHED: Final = "published"
NOT_BETTER: Final = "not_better"
NOT_HELD: Final = "not_held"
TOO_FEW: Final = "too_few"

SETTINGS: Final[Mapping[str, Any]] = {
    "steps": STEPS,
    "most_months": MOST_MONTHS,
    "fewest_months": FEWEST_MONTHS,
    "wave_pairs": WAVE_PAIRS,
    "most_origins": MOST_ORIGINS,
    "fewest_tested": FEWEST_TESTED,
    "least_held": LEAST_HELD,
}

SERIES: Final = (
    Column("area", "dimension", "code", "The region, or _T.", holds="text"),
    Column("theme", "dimension", "code", "The theme, or _T.", holds="text"),
)
LIMITS: Final = tuple(
    Column(
        f"{end}_{width:.0%}".removesuffix("%"),
        "estimate",
        "count",
        f"{end.title()} limit, {width:.0%}.",
        holds="whole",
    )
    for width in (NARROW, WIDE)
    for end in ("lower", "upper")
)

FORECAST: Final = Analysis(
    "forecast",
    reads=(NATION,),
    keys=("area", "theme", "period"),
    columns=(
        *SERIES,
        Column("period", "dimension", "code", "A month to come.", holds="text"),
        Column(
            "status",
            "status",
            "code",
            f"{PUBLISHED}; {NOT_BETTER}: in the test it errs as much as last year's month or more; "
            f"{NOT_HELD}: its 95 % limits held fewer than {LEAST_HELD:.0f} % of the tested months; "
            f"{TOO_FEW}: fewer than {FEWEST_MONTHS} published months or {FEWEST_TESTED} tested. "
            "Only where it is published there is a forecast.",
            holds="text",
        ),
        Column("expected", "estimate", "count", "Appeals expected.", holds="whole"),
        *LIMITS,
        Column(
            "naive",
            "measure",
            "count",
            "The published count of the same month a year before.",
            holds="whole",
        ),
        Column("tested", "measure", "count", "Months in the test.", holds="whole"),
        Column("error", "estimate", "count", "Mean absolute error in the test."),
        Column("naive_error", "estimate", "count", "The same of last year's month."),
        Column(
            "mase",
            "estimate",
            "ratio",
            "Error by the mean absolute difference from the year before in the months up to the "
            "first origin of the test.",
        ),
        Column("naive_mase", "estimate", "ratio", "The same of last year's month."),
        Column("held_80", "estimate", "percent", "Tested months within the 80 % limits."),
        Column("held_95", "estimate", "percent", "Tested months within the 95 % limits."),
    ),
    told="appeals to be expected in the next three months, where the test shows that it helps",
    settings=SETTINGS,
)
