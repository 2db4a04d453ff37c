"""Monthly series of a published table, months side by side; nothing where nothing is published."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.periods import last_day
from etl.estimators.arrays import Floats, Integers
from etl.stages import Edition

FIRST_WEEK: Final = 7
"""A source whose data begin later in a month does not have all of that month."""
YEAR: Final = 12


@dataclass(frozen=True, eq=False)
class Monthly:
    """``values`` is codes x months, NaN where a value is not published; ``months`` numbers the
    months on, with each January a multiple of 12."""

    codes: tuple[str, ...]
    months: Integers
    values: Floats

    @property
    def days(self) -> Floats:
        """The days of each month."""
        return days_of(self.months)


def month_number(code: str) -> int:
    """``2019-09`` as a number that goes on by one each month."""
    return YEAR * int(code[:4]) + int(code[5:7]) - 1


def month_code(number: int) -> str:
    """The code of a month by its number."""
    return f"{number // YEAR:04}-{number % YEAR + 1:02}"


def days_of(months: Integers) -> Floats:
    """How long months are, by their numbers."""
    return np.array([last_day(month_code(each)).day for each in months.tolist()], np.float64)


def whole_months(edition: Edition) -> Integers:
    """The numbers of all months that the data of an edition cover."""
    first = month_number(edition.first_day.isoformat()) + (edition.first_day.day > FIRST_WEEK)
    last = month_number(edition.as_of.isoformat())
    is_whole = edition.as_of == last_day(month_code(last))
    return np.arange(first, last + is_whole)


def monthly(
    frame: pl.DataFrame, by: str, codes: tuple[str, ...], value: str, months: Integers
) -> Monthly:
    """The series of a column for some codes of a dimension; the rows of ``frame`` are one a code
    and period, of any grain."""
    rows = {code: position for position, code in enumerate(codes)}
    columns = {month_code(number): place for place, number in enumerate(months.tolist())}
    values = np.full((len(codes), len(months)), np.nan)
    published = frame.filter(
        pl.col(by).is_in(codes), pl.col("period").is_in(list(columns)), pl.col(value).is_not_null()
    )
    for code, period, number in published.select(by, "period", value).iter_rows():
        values[rows[code], columns[period]] = number
    return Monthly(codes, months, values)
