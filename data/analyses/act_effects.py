"""From appeal to law: by which rules each act's theme is looked at before and after the act.

The settings are stated once, here; a release carries them in its manifest, under ``rules``.
"""

from collections.abc import Mapping
from typing import Any, Final

from data.analyses.analysis import REGISTER, Analysis, Column

TABLE: Final = "region_by_theme"
"""Its national months are the series; nothing else is read but the register of acts."""
COUNT: Final = "received"

MOST_BEFORE: Final = 36
MOST_AFTER: Final = 24
"""Months that are looked at; what lies farther off says little of the trend at the act."""
FEWEST_BEFORE: Final = 12
FEWEST_AFTER: Final = 6
"""Published months on either side, below which nothing is estimated."""
FEWEST_APPEALS: Final = 30
"""Appeals of the theme on either side, below which nothing is estimated."""
SEASONAL_FROM: Final = 24
"""Published months from which on the course of the year is taken out."""
WAVE_PAIRS: Final = 2
NEARBY: Final = 3
"""Months on either side within which another act of the theme is told of."""
CONFIDENCE: Final = 0.95

ESTIMATED: Final = "estimated"
TOO_FEW: Final = "too_few"

SETTINGS: Final[Mapping[str, Any]] = {
    "most_before": MOST_BEFORE,
    "most_after": MOST_AFTER,
    "fewest_before": FEWEST_BEFORE,
    "fewest_after": FEWEST_AFTER,
    "fewest_appeals": FEWEST_APPEALS,
    "seasonal_from": SEASONAL_FROM,
    "wave_pairs": WAVE_PAIRS,
    "nearby": NEARBY,
    "confidence": CONFIDENCE,
}


def _percent(name: str, description: str, unit: str = "percent") -> tuple[Column, ...]:
    """An estimate in hundredths with its limits."""
    limits = f"limit of {name}, {CONFIDENCE:.0%}."
    return (
        Column(name, "estimate", unit, description),
        Column(f"{name}_lower", "estimate", unit, f"Lower {limits}"),
        Column(f"{name}_upper", "estimate", unit, f"Upper {limits}"),
    )


ACT_EFFECTS: Final = Analysis(
    "act_effects",
    reads=(TABLE, REGISTER),
    keys=("act",),
    columns=(
        Column("act", "dimension", "code", "The act in acts.csv.", holds="text"),
        Column("theme", "dimension", "code", "The act's theme.", holds="text"),
        Column("adopted", "dimension", "code", "The month of the act's date.", holds="text"),
        Column(
            "status",
            "status",
            "code",
            f"{ESTIMATED}; {TOO_FEW}: fewer than {FEWEST_BEFORE} published months before, "
            f"{FEWEST_AFTER} after, or {FEWEST_APPEALS} appeals on either side, or no trend that "
            "could be told from them.",
            holds="text",
        ),
        Column(
            "months_before",
            "measure",
            "count",
            f"Published months before that of the act, of the last {MOST_BEFORE}.",
            holds="whole",
        ),
        Column(
            "months_after",
            "measure",
            "count",
            f"Published months after that of the act, of the first {MOST_AFTER}.",
            holds="whole",
        ),
        Column("mean_before", "measure", "count", "Appeals of the theme a month, before."),
        Column("mean_after", "measure", "count", "Appeals of the theme a month, after."),
        *_percent(
            "level_change",
            "How far the first month after lies from where the trend before would have led.",
        ),
        *_percent(
            "slope_change",
            "How much faster than before the theme grows, or shrinks, with each month after.",
            "percent_a_month",
        ),
        *_percent(
            "beside_others",
            "The change of level of the theme as a share: in proportion to all other appeals.",
        ),
        Column(
            "season",
            "estimate",
            "code",
            f"adjusted: the course of the year is taken out, as it is from {SEASONAL_FROM} months "
            "on; none: it is not.",
            holds="text",
        ),
        Column(
            "dispersion",
            "estimate",
            "ratio",
            "Variance of a month beside what chance alone would make it.",
        ),
        Column(
            "correlation",
            "estimate",
            "ratio",
            "How far neighbouring months hang together beyond trend and season, 0 to 0.8; "
            "the limits are widened by it.",
        ),
        Column(
            "others_nearby",
            "measure",
            "count",
            f"Other acts of the theme from {NEARBY} months before to {NEARBY} after.",
            holds="whole",
        ),
    ),
    told="the monthly appeals of each act's theme before and after the act",
    settings=SETTINGS,
)
