"""Forecast: it follows from the published months, and is there exactly where its test allows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from data.analyses.forecast import FORECAST, PUBLISHED
from etl.verify.analyses.forecast_backtest import is_nested, published_courses, year_before
from etl.verify.analyses.forecast_results import are_results, tested_months
from etl.verify.analyses.months import distance, whole_months
from etl.verify.opened import Opened
from etl.verify.regression import expected_counts

NAME: Final = FORECAST.name
WITHHELD: Final = ("expected", "lower_80", "upper_80", "lower_95", "upper_95")
CLOSE: Final = 1.0
"""Whole appeals by which a fit made in another way may differ, after rounding."""
Counts = Mapping[str, int]
Row = Mapping[str, Any]


def forecast_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges every course by the rules that the manifest states."""
    months = whole_months(release.manifest)
    courses = published_courses(release, months)
    shown = {(str(a), str(t)): rows for (a, t), rows in frame.group_by("area", "theme")}
    if shown.keys() != (courses.keys() if months else set()):
        yield f"{NAME}: its courses are not the country, its regions and its themes"
        return
    tested = tested_months(release)
    told: set[str] = set()
    for code, frames in shown.items():
        rows = frames.sort("period").to_dicts()
        told |= set(_course(rows, courses[code], months, rules))
        if not are_results(rows, tested.get(code, []), courses[code]):
            told.add("the results of the test are not those of forecast_backtest")
    yield from (f"{NAME}: {finding}" for finding in sorted(told))


def _course(
    rows: Sequence[Row], counts: Counts, months: Sequence[str], rules: Mapping[str, Any]
) -> Iterator[str]:
    ahead = [distance(row["period"], months[-1]) for row in rows]
    if ahead != list(range(1, rules["steps"] + 1)):
        yield "its months are not those that follow"
    if any(row["naive"] != counts.get(year_before(row["period"])) for row in rows):
        yield "the count of the year before is not the published one"
    for row in rows:
        if row["status"] != _status(row, rules):
            yield "what is published does not follow from the test"
        shown = [row[name] is not None for name in WITHHELD]
        if any(each != (row["status"] == PUBLISHED) for each in shown):
            yield "a forecast is shown that is not to be published, or is missing"
            return
    if rows[0]["status"] == PUBLISHED:
        yield from _forecasts(rows, counts, months, rules)


def _status(row: Row, rules: Mapping[str, Any]) -> str:
    """What the told results of the test allow; a tie of rounded errors is taken as it is told."""
    if row["tested"] < rules["fewest_tested"]:
        return "too_few"
    if row["error"] == row["naive_error"] and row["status"] in {PUBLISHED, "not_held"}:
        return str(row["status"])
    if row["error"] >= row["naive_error"]:
        return "not_better"
    return PUBLISHED if row["held_95"] >= rules["least_held"] else "not_held"


def _forecasts(
    rows: Sequence[Row], counts: Counts, months: Sequence[str], rules: Mapping[str, Any]
) -> Iterator[str]:
    seen = {m: counts[m] for m in months[-rules["most_months"] :] if m in counts}
    to_come = [row["period"] for row in rows]
    anew = expected_counts(seen, to_come, rules["wave_pairs"])
    for row, expected in zip(rows, anew, strict=True):
        if abs(row["expected"] - expected) > CLOSE:
            yield "a forecast does not follow from the published months"
        if not is_nested(row):
            yield "limits are not one within the other"
