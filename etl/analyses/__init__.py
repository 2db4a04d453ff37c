"""Analyses: what is computed from the released tables alone, one room for each declared file."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from data.analyses import ANALYSES
from data.analyses.analysis import REGISTER
from etl.analyses.act_courses import act_courses
from etl.analyses.act_effects import act_effects
from etl.analyses.acts_gap import acts_gap
from etl.analyses.adjusted import adjusted_shares
from etl.analyses.alerts import alerts
from etl.analyses.comparison import comparison
from etl.analyses.denominators import denominators
from etl.analyses.equity import equity
from etl.analyses.forecast import forecast
from etl.analyses.forecast_backtest import forecast_backtest
from etl.stages import Edition, Tables

ANALYSTS: Final[Mapping[str, Callable[[Tables, Edition], pl.DataFrame]]] = {
    "comparison": comparison,
    "adjusted": adjusted_shares,
    "equity": equity,
    "act_effects": act_effects,
    "act_courses": act_courses,
    "acts_gap": acts_gap,
    "alerts": alerts,
    "forecast": forecast,
    "forecast_backtest": forecast_backtest,
    "denominators": denominators,
}
"""By name of the analysis: from the derived tables and the published side of an edition (code
lists, acts) to its rows, with the declared columns, sorted by its keys."""


def analyse(tables: Tables, edition: Edition) -> dict[str, pl.DataFrame]:
    """Every declared analysis of which all that it reads is there."""
    there = {*tables, *([REGISTER] if edition.acts is not None else [])}
    return {
        name: ANALYSTS[name](tables, edition)
        for name, declared in ANALYSES.items()
        if set(declared.reads) <= there
    }
