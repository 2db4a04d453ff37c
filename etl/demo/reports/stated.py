"""From the finest figures of a report to all that it states: sums, years and origin."""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from data.dimensions import TOTAL
from data.periods import last_day
from data.reports import REPORTS
from etl.demo.quotas import apportion
from etl.demo.reference import read
from etl.demo.reports.journal import QUARTERS

INVENTED = "Namoyish uchun oʻylab topilgan: "
"""Stands before every source: none of the figures was ever reported."""
_DAYS_TO_REPORT = 15
YEARS = tuple(year for year in ("2017", "2018") if f"{year}-Q4" in QUARTERS)


def parents(name: str) -> dict[str, str]:
    """Each code of a reference list with the code above it, the total above the coarsest."""
    listed = read(name).filter(pl.col("code") != TOTAL)
    above = listed["parent"].replace("", TOTAL)
    return dict(zip(listed["code"], above, strict=True))


def with_sums(finest: pl.DataFrame, key: str, above: Mapping[str, str]) -> pl.DataFrame:
    """Rows of quarters and codes, with those of whole years and of all codes above them."""
    codes = [(code, each) for code in finest[key].unique() for each in _line(code, above)]
    spans = [(q, each) for q in QUARTERS for each in (q, q[:4]) if each in {q, *YEARS}]
    over_codes = pl.DataFrame(codes, schema=[key, "of"], orient="row")
    over_spans = pl.DataFrame(spans, schema=["period", "span"], orient="row")
    spread = finest.join(over_codes, on=key).join(over_spans, on="period").drop(key, "period")
    named = spread.rename({"of": key, "span": "period"})
    return named.group_by("period", key).sum().sort("period", key)


def _line(code: str, above: Mapping[str, str]) -> list[str]:
    found = [code]
    while found[-1] in above:
        found.append(above[found[-1]])
    return found


def stated(frame: pl.DataFrame, report: str, source: str) -> pl.DataFrame:
    """The rows with who states them and when, and every column of the report in its order."""
    on = pl.col("period").map_elements(_stated_on, pl.String)
    return whole(
        frame.with_columns(pl.lit(INVENTED + source).alias("source"), stated_on=on), report
    )


def whole(frame: pl.DataFrame, report: str) -> pl.DataFrame:
    """Every column of the report in its order, empty where there is none; sorted by its keys."""
    absent = {
        name: pl.lit(None, kind)
        for name, kind in REPORTS[report].schema.items()
        if name not in frame.columns
    }
    declared = REPORTS[report]
    return frame.with_columns(**absent).select(*declared.schema).sort(declared.key_names)


def _stated_on(period: str) -> str:
    return (last_day(period) + timedelta(days=_DAYS_TO_REPORT)).isoformat()


def shared_out(total: int, weights: list[float], least: int) -> list[int]:
    """Parts of a total in proportion to weights, none below ``least``."""
    rest = apportion(total - least * len(weights), [weight + 1e-9 for weight in weights])
    return [least + part for part in rest]
