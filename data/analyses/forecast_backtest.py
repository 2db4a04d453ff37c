"""The test of the forecasts: what would have been forecast from earlier months, and what came."""

from typing import Final

from data.analyses.analysis import Analysis, Column
from data.analyses.forecast import LIMITS, NATION, SERIES, SETTINGS, STEPS

FORECAST_BACKTEST: Final = Analysis(
    "forecast_backtest",
    reads=(NATION,),
    keys=("area", "theme", "origin", "period"),
    columns=(
        *SERIES,
        Column("origin", "dimension", "code", "The last month that was known.", holds="text"),
        Column("period", "dimension", "code", "The month that was forecast.", holds="text"),
        Column("horizon", "dimension", "count", f"Months ahead, 1 to {STEPS}.", holds="whole"),
        Column("actual", "measure", "count", "The published count.", holds="whole"),
        Column("expected", "estimate", "count", "The forecast.", holds="whole"),
        Column(
            "naive",
            "measure",
            "count",
            "The published count of the same month a year before.",
            holds="whole",
        ),
        *LIMITS,
    ),
    told="the test of the forecasts: every forecast from earlier months beside what came",
    settings=SETTINGS,
)
