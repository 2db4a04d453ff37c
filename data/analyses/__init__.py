"""Analyses: every file that is computed from published tables alone, each declared in a room."""

from typing import Final

from data.analyses.act_courses import ACT_COURSES
from data.analyses.act_effects import ACT_EFFECTS
from data.analyses.acts_gap import ACTS_GAP
from data.analyses.adjusted import ADJUSTED
from data.analyses.alerts import ALERTS
from data.analyses.analysis import Analysis, Column
from data.analyses.comparison import COMPARISON
from data.analyses.denominators import DENOMINATORS
from data.analyses.equity import EQUITY
from data.analyses.forecast import FORECAST
from data.analyses.forecast_backtest import FORECAST_BACKTEST

ANALYSES: Final[dict[str, Analysis]] = {
    each.name: each
    for each in (
        COMPARISON,
        ADJUSTED,
        EQUITY,
        ACT_EFFECTS,
        ACT_COURSES,
        ACTS_GAP,
        ALERTS,
        FORECAST,
        FORECAST_BACKTEST,
        DENOMINATORS,
    )
}

__all__ = ["ANALYSES", "Analysis", "Column"]
