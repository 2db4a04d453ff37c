"""Forecast back-test: every month that could be tested, with the published counts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from data.analyses.forecast import FIELDS, NATION
from data.analyses.forecast_backtest import FORECAST_BACKTEST
from data.dimensions import TOTAL
from etl.verify.analyses.months import distance, whole_months
from etl.verify.opened import Opened

NAME: Final = FORECAST_BACKTEST.name
Code = tuple[str, str]
Counts = Mapping[str, int]
Row = Mapping[str, Any]


def forecast_backtest_findings(
    release: Opened, frame: pl.DataFrame, rules: Mapping[str, Any]
) -> Iterator[str]:
    """Judges every tested month by the rules that the manifest states."""
    months = whole_months(release.manifest)
    published = published_courses(release, months)
    shown = frame.to_dicts()
    told = {finding for row in shown for finding in _judged(row, months, published, rules)}
    tested = {(row["area"], row["theme"], row["origin"], row["period"]) for row in shown}
    for code in {(row["area"], row["theme"]) for row in shown} & published.keys():
        due = _due(published[code], months, rules)
        if {each for each in tested if each[:2] == code} != {(*code, *each) for each in due}:
            told.add("a month that could be tested is left out, or one that could not is there")
    yield from (f"{NAME}: {finding}" for finding in sorted(told))


def published_courses(release: Opened, months: Sequence[str]) -> dict[Code, Counts]:
    """The published months of the country, each region and each theme."""
    found = {(TOTAL, TOTAL): _counts(release.tables[NATION], months)}
    for field in FIELDS:
        table = release.tables.get(field.table)
        if table is None or field.dimension not in table.columns:
            continue
        others = {"area", "theme"} & set(table.columns) - {field.dimension}
        whole = table.filter(*(pl.col(other) == TOTAL for other in sorted(others)))
        for code in release.codelists[field.dimension].at(field.level):
            key = (code, TOTAL) if field.dimension == "area" else (TOTAL, code)
            found[key] = _counts(whole.filter(pl.col(field.dimension) == code), months)
    return found


def _counts(frame: pl.DataFrame, months: Sequence[str]) -> Counts:
    known = frame.filter(pl.col("period").is_in(list(months)), pl.col("received").is_not_null())
    return dict(known.select("period", "received").sort("period").iter_rows())


def year_before(month: str) -> str:
    """The same month a year earlier."""
    return f"{int(month[:4]) - 1:04}{month[4:]}"


def _due(
    counts: Counts, months: Sequence[str], rules: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Every origin with enough months before it, and the months after it that can be tested."""
    last = len(months) - 1
    first = max(rules["fewest_months"] - 1, last - rules["most_origins"])
    for at in range(first, last):
        seen = months[max(0, at + 1 - rules["most_months"]) : at + 1]
        if sum(month in counts for month in seen) < rules["fewest_months"]:
            continue
        for month in months[at + 1 : at + 1 + rules["steps"]]:
            if month in counts and year_before(month) in counts:
                yield months[at], month


def _judged(
    row: Row,
    months: Sequence[str],
    published: Mapping[Code, Counts],
    rules: Mapping[str, Any],
) -> Iterator[str]:
    counts = published.get((row["area"], row["theme"]), {})
    told = (counts.get(row["period"]), counts.get(year_before(row["period"])))
    if row["origin"] not in months or told != (row["actual"], row["naive"]):
        yield "a count is not the published one"
    ahead = distance(row["period"], row["origin"])
    if row["horizon"] != ahead or not 1 <= ahead <= rules["steps"]:
        yield "a month is not as far ahead as is told"
    if not is_nested(row):
        yield "limits are not one within the other"


def is_nested(row: Row) -> bool:
    """Whether the 80 % limits hold the forecast, and the 95 % limits these."""
    ends = [row[name] for name in ("lower_95", "lower_80", "expected", "upper_80", "upper_95")]
    return None not in ends and ends == sorted(ends) and ends[0] >= 0
