"""Analyses: each is there, in both formats the same, and says what the tables say."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.analyses import ANALYSES, Analysis
from data.analyses.analysis import REGISTER
from etl.verify.analyses.act_courses import act_courses_findings
from etl.verify.analyses.act_effects import act_effects_findings
from etl.verify.analyses.acts_gap import acts_gap_findings
from etl.verify.analyses.adjusted import adjusted_findings
from etl.verify.analyses.alerts import alerts_findings
from etl.verify.analyses.comparison import comparison_findings
from etl.verify.analyses.denominators import denominators_findings
from etl.verify.analyses.equity import equity_findings
from etl.verify.analyses.forecast import forecast_findings
from etl.verify.analyses.forecast_backtest import forecast_backtest_findings
from etl.verify.formats import format_findings
from etl.verify.opened import Opened

Judge = Callable[[Opened, pl.DataFrame, Mapping[str, Any]], Iterator[str]]

JUDGES: Final[Mapping[str, Judge]] = {
    "comparison": comparison_findings,
    "adjusted": adjusted_findings,
    "equity": equity_findings,
    "act_effects": act_effects_findings,
    "act_courses": act_courses_findings,
    "acts_gap": acts_gap_findings,
    "alerts": alerts_findings,
    "forecast": forecast_findings,
    "forecast_backtest": forecast_backtest_findings,
    "denominators": denominators_findings,
}
"""By name of the analysis: from the release, its rows and its stated rules to the findings."""


def analyses_findings(release: Opened, directory: Path) -> Iterator[str]:
    """Judges every analysis that the manifest states rules of, and that none is left out."""
    stated = release.manifest.rules["analyses"]
    there = {*release.tables, *([REGISTER] if release.acts is not None else [])}
    due = {name for name, each in ANALYSES.items() if set(each.reads) <= there}
    yield from (f"{name} is not among the analyses" for name in sorted(due - stated.keys()))
    for name, rules in stated.items():
        yield from _judged(release, directory, ANALYSES[name], rules)


def _judged(
    release: Opened, directory: Path, analysis: Analysis, rules: Mapping[str, Any]
) -> Iterator[str]:
    name = analysis.name
    if name not in release.analyses:
        yield f"{name}.parquet is missing"
        return
    frame = release.analyses[name]
    if dict(frame.schema) != analysis.schema:
        yield f"{name}: its columns are not those that are declared"
        return
    yield from _keys(analysis, frame)
    yield from format_findings(release, directory, name, frame, release.codelists)
    yield from JUDGES[name](release, frame, rules)


def _keys(analysis: Analysis, frame: pl.DataFrame) -> Iterator[str]:
    keys = frame.select(analysis.keys)
    if keys.is_duplicated().any():
        yield f"{analysis.name}: a combination of keys is there twice"
    if not keys.equals(keys.sort(analysis.keys)):
        yield f"{analysis.name}: its rows are not sorted by its keys"
