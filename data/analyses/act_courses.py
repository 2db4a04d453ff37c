"""The months behind ``act_effects``: what was received, what was fitted, and what the trend before
an act would have led to."""

from typing import Final

from data.analyses.act_effects import CONFIDENCE, SETTINGS, TABLE
from data.analyses.analysis import REGISTER, Analysis, Column

_LIMITS: Final = f"within which a month's count stays by chance, {CONFIDENCE:.0%}."

ACT_COURSES: Final = Analysis(
    "act_courses",
    reads=(TABLE, REGISTER),
    keys=("theme", "adopted", "period"),
    columns=(
        Column("theme", "dimension", "code", "A theme with an act.", holds="text"),
        Column("adopted", "dimension", "code", "The month of the act.", holds="text"),
        Column("period", "dimension", "code", "A published month that is looked at.", holds="text"),
        Column("received", "measure", "count", "The published national count.", holds="whole"),
        Column("fitted", "estimate", "count", "The fitted count; none in the month of the act."),
        Column(
            "expected",
            "estimate",
            "count",
            "After the act: what trend and season before it would have led to.",
        ),
        Column("expected_lower", "estimate", "count", f"Lower limit {_LIMITS}"),
        Column("expected_upper", "estimate", "count", f"Upper limit {_LIMITS}"),
    ),
    told="the months behind act_effects, with what the trend before each act would have led to",
    settings=SETTINGS,
)
