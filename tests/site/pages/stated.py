"""Every report with invented figures, made from its declaration alone."""

from collections.abc import Mapping
from itertools import product
from typing import Any, Final

import polars as pl

from data.codelists import Codelist
from data.dimensions import TOTAL
from data.reports import (
    PUBLIC_AT,
    REORGANISATIONS,
    REPORTS,
    SOURCE,
    STATED_ON,
    SURVEYS,
    Key,
    Report,
)

PERIODS: Final = ("2017", "2018", "2018-Q3", "2018-Q4", "2019-Q1", "2019-Q2")
ADDRESS: Final = "https://portal.example/drafts/L002"
CHANGES: Final = (
    ("2018-02-12", "AG018", "AG019", "split"),
    ("2018-10-01", "AG021", "AG022", "functions"),
    ("2019-01-01", "AG013", "AG012", "merged"),
    ("2019-02-01", "AG013", "AG011", "replaced"),
)

Reports = Mapping[str, pl.DataFrame]


def stated(lists: Mapping[str, Codelist]) -> Reports:
    """The reports of a source with these code lists."""
    made = {
        name: _frame(report, lists)
        for name, report in REPORTS.items()
        if report not in (REORGANISATIONS, SURVEYS)
    }
    return {**made, REORGANISATIONS.name: _changes(), SURVEYS.name: _surveys()}


def _surveys() -> pl.DataFrame:
    """One survey with all that it can say, and one of which little is known."""
    said = {
        "title": "Trust of 2018",
        "body": "A centre of surveys",
        "population": "Adults of the country",
        "fieldwork_from": "2018-10-01",
        "fieldwork_to": "2018-11-15",
        "design_effect": 1.5,
        SOURCE: "Invented: surveys",
        STATED_ON: "2019-07-15",
        PUBLIC_AT: "https://surveys.example/2018",
    }
    little = {SOURCE: "Invented: an older one", STATED_ON: "2018-07-15"}
    shares = (
        ("2018-Q4", "trust", "satisfied_answer", "yes", 48.6, 2400, said),
        ("2018-Q4", "trust", "satisfied_answer", "no", 0.1, 2400, said),
        ("2017", "older", "aware", "yes", 90.0, 1510, little),
    )
    rows = [
        {**dict(zip(SURVEYS.key_names, each, strict=False)), "share": share, "sample": n, **about}
        for *each, share, n, about in shares
    ]
    return _sorted(SURVEYS, rows)


def _frame(report: Report, lists: Mapping[str, Codelist]) -> pl.DataFrame:
    keys = product(*(_codes(key, lists) for key in report.keys))
    rows = [_row(report, number, key) for number, key in enumerate(keys)]
    return _sorted(report, rows)


def _codes(key: Key, lists: Mapping[str, Codelist]) -> tuple[str, ...]:
    if key.of == "period":
        return PERIODS
    if key.of == "number":
        return (TOTAL, "L001", "L002")
    if key.of == "choice":
        return (TOTAL, *key.choices)
    return (TOTAL, *(code for level in key.levels for code in lists[key.dimension].at(level)))


def _row(report: Report, number: int, key: tuple[str, ...]) -> dict[str, Any]:
    is_total = TOTAL in key
    figures = {
        figure.name: 1000 + number + 10 * place if is_total or not figure.of_total else None
        for place, figure in enumerate(report.figures)
    }
    notes = dict.fromkeys(report.notes, None if is_total else f"Loyiha {key[-1]}")
    origin = {SOURCE: f"Invented: {report.name}", STATED_ON: "2019-07-15"}
    address = {PUBLIC_AT: ADDRESS if "L002" in key else None}
    return {
        **dict(zip(report.key_names, key, strict=True)),
        **figures,
        **notes,
        **origin,
        **address,
    }


def _changes() -> pl.DataFrame:
    report = REORGANISATIONS
    names = report.key_names
    rows = [
        {**dict(zip(names, change, strict=True)), SOURCE: "Invented register", STATED_ON: change[0]}
        for change in CHANGES
    ]
    return _sorted(report, rows)


def _sorted(report: Report, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema: dict[str, Any] = report.schema
    filled = [{**dict.fromkeys(schema), **row} for row in rows]
    return pl.DataFrame(filled, schema=schema, strict=False).sort(report.key_names)
