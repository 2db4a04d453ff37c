"""The codebook: every column of every table, described from its declaration alone."""

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from typing import Final

import polars as pl

from data.analyses import ANALYSES, Analysis
from data.datasets import Table
from data.dimensions import DIMENSIONS, FlagDimension
from data.indicators import INDICATORS
from data.measures import MEASURES, Count, Distinct, Expected, Measure, Reported, Sum, Wait
from data.observe import STATUS_SUFFIX
from data.reports import ORIGIN, REPORTS, Figure, Report
from data.statuses import STATUSES
from etl.derive import columns_of
from etl.stages import Derived

STATUS_WORDS: Final = "; ".join(
    f"{code} {status.word.removeprefix('status_').replace('_', ' ')}"
    for code, status in STATUSES.items()
)


PERIOD_OF: Final = {
    "registered": "Year, quarter or month of registration",
    "answered": "Year, quarter or month of answer",
    "standing": "Month at whose end there was no answer yet",
}


@dataclass(frozen=True)
class Line:
    """One column of one table."""

    table: str
    column: str
    kind: str
    unit: str
    formula: str
    description: str


def codebook(derived: Derived) -> pl.DataFrame:
    """One row a column of a table, in the order of the files."""
    lines = [line for table in derived.catalogue.values() for line in _lines(table)]
    lines += [line for name in derived.analyses for line in _of_analysis(ANALYSES[name])]
    lines += [line for name in derived.edition.reports for line in _of_report(REPORTS[name])]
    names = [field.name for field in fields(Line)]
    return pl.DataFrame([astuple(line) for line in lines], schema=names, orient="row")


def _of_analysis(analysis: Analysis) -> Iterator[Line]:
    for each in analysis.columns:
        yield Line(analysis.name, each.name, each.kind, each.unit, "", each.description)


def _of_report(report: Report) -> Iterator[Line]:
    for key in report.keys:
        yield Line(report.name, key.name, "dimension", "code", "", key.description)
    for figure in report.figures:
        yield Line(report.name, figure.name, "figure", figure.unit, "", _reported(figure))
    for name, text in {**report.notes, **ORIGIN}.items():
        yield Line(report.name, name, "note", "text", "", text)


def _reported(figure: Figure) -> str:
    inside = f" A part of {figure.within}." if figure.within else ""
    persons = " A count of persons: never from 1 to the threshold, but where published before."
    return (
        f"{figure.description}{inside}{persons if figure.personal else ''} As reported; empty "
        "where none is."
    )


def _lines(table: Table) -> Iterator[Line]:
    for key in table.keys:
        yield _key(table, key)
    for name in columns_of(table):
        yield _value(table, name)
    for name in columns_of(table):
        column = f"{name}{STATUS_SUFFIX}"
        yield Line(
            table.name, column, "status", "code", "", f"Why {name} is there or not: {STATUS_WORDS}."
        )


def _key(table: Table, key: str) -> Line:
    if key == "period":
        text = f"{PERIOD_OF[table.dated_by]}: {', '.join(table.grains)}."
        return Line(table.name, key, "dimension", "code", "", text)
    axis = next(each for each in table.axes if each.dimension == key)
    overlap = (
        " The codes overlap: an appeal counts under each that it has."
        if isinstance(DIMENSIONS[key], FlagDimension)
        else ""
    )
    text = f"Code of codelist_{key}.csv at: {', '.join(axis.levels)}; _T is the total.{overlap}"
    return Line(table.name, key, "dimension", "code", "", text)


def _value(table: Table, name: str) -> Line:
    if name in INDICATORS and not _is_plain_measure(name):
        indicator = INDICATORS[name]
        text = (
            f"From {', '.join(indicator.inputs)}, to {indicator.decimals} decimals; "
            f"read it beside {indicator.base}. Source: {indicator.source}."
        )
        formula = readable(indicator.formula)
        return Line(table.name, name, "indicator", indicator.unit, formula, text)
    measure = MEASURES[name]
    formula = "" if isinstance(measure, Reported | Expected) else readable(measure.of_appeal)
    return Line(table.name, name, "measure", "count", formula, _described(measure))


def readable(formula: pl.Expr) -> str:
    """A formula as a person would write it: ``(100 * on_time) / due``."""
    text = re.sub(r'col\("(\w+)"\)', r"\1", f"({formula})")
    text = text.replace("dyn int: ", "").replace("[", "(").replace("]", ")")
    while (plainer := _BARE.sub(r"\1\2", text)) != text:
        text = plainer
    return text.removeprefix("(").removesuffix(")")


_BARE: Final = re.compile(r'(?<!\w)\(([\w"]+)\)|\((\((?:[^()]|\([^()]*\))*\))\)')
"""Parentheses around a single word, or around parentheses."""


def _is_plain_measure(name: str) -> bool:
    return name in MEASURES and not isinstance(MEASURES[name], Wait)


def _described(measure: Measure) -> str:
    if isinstance(measure, Reported):
        return "From a reference list; no appeal stands behind it."
    if isinstance(measure, Count):
        inside = f", a part of {measure.within}" if measure.within else ""
        return f"Appeals for which the formula holds{inside}.{_growth(measure)}"
    if isinstance(measure, Sum):
        return f"Sum of the formula over the appeals of {measure.base}.{_growth(measure)}"
    if isinstance(measure, Expected):
        return f"{_awaited(measure)}; published from {measure.minimum} of them.{_growth(measure)}"
    if isinstance(measure, Distinct):
        return f"{_told_apart(measure)}{_growth(measure)}"
    return f"{_waited(measure)}; published from {measure.minimum} of them.{_growth(measure)}"


def _awaited(expected: Expected) -> str:
    if expected.of_itself:
        return f"Of the {expected.events} expected, how many the agency's own appeals make of it"
    if expected.by:
        return (
            f"Of the {expected.events} expected, how many more or fewer the appeals by "
            f"{expected.by} make of it than at the rate of all {expected.base}"
        )
    return (
        f"How many {expected.events} would be expected of {expected.base} at the country's rates, "
        "by theme, kind, channel and region"
    )


def _told_apart(distinct: Distinct) -> str:
    return (
        f"{_END[distinct.limit]}about how many different people wrote the appeals of "
        f"{distinct.base}, an appeal of nobody known counted as one: a sketch with a standard "
        f"error of {distinct.standard_error:.1%}, rounded to less than that; published from "
        f"{distinct.minimum} of both"
    )


_END: Final = {"": "", "_lower": "Lower 95 % limit: ", "_upper": "Upper 95 % limit: "}


def _waited(wait: Wait) -> str:
    if wait.q:
        told = f"tenths of a day by which {wait.q:.0%} of the appeals of {wait.base} are answered"
    else:
        told = f"tenths of a per cent of {wait.base} that are answered by the end of day {wait.day}"
    return f"{_END[wait.limit]}{told}, the open counted as still waiting (Kaplan–Meier)"


def _growth(measure: Measure) -> str:
    return " It still grows after the period's end." if measure.matures else ""
