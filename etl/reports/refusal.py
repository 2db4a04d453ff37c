"""What is said when a report cannot be taken in: the row, the rule and the remedy; never a value,
since a wrong file may hold anything."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from data.errors import SourceError
from data.reports import Report


@dataclass(frozen=True)
class Breach:
    """A rule, the rows of the report that break it, and what to do about them."""

    rule: str
    rows: pl.Series
    remedy: str


def refuse(report: Report, breaches: Iterator[Breach]) -> None:
    """Raises ``SourceError`` for the first rule that is broken, naming the first row that does."""
    for breach in breaches:
        rows = breach.rows.fill_null(value=False).arg_true()
        if rows.len():
            more = f", and {rows.len() - 1} rows more" if rows.len() > 1 else ""
            raise SourceError(
                f"Report '{report.name}'",
                f"row {rows[0] + 1} of {breach.rows.len()}{more}: {breach.rule}.",
                breach.remedy,
            )
