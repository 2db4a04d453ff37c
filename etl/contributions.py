"""What each appeal contributes: its leaves, its counts, sums and day bands, row by row.

Everything becomes a column before it is summed: a constant that is summed inside a group counts
once a group, not once a row.
"""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Final

import polars as pl

from data.datasets import Table
from data.dimensions import DIMENSIONS, FlagDimension
from data.measures import DAY_BANDS, MEASURES, Count, Quantile, Sum
from etl.calendar import number_at
from etl.catalogue import Dimensions, quantiles_of, summed_of
from etl.stages import Edition

PERSON: Final = "person"
MONTH_OF: Final = {"registered": "registered_month", "answered": "answered_month"}
"""Date that a table goes by → the column with the number of its month, null where undated."""

PERSON_OF: Final = {"registered": "person", "answered": "person_when_answered"}
"""Date that a table goes by → the number of the person under the key of that date's year."""


def contributions(
    edition: Edition, tables: tuple[Table, ...], dimensions: Dimensions
) -> list[pl.Expr]:
    """The columns that the tables are made from: person by date, months, leaves, flags, numbers,
    bands."""
    summed = dict.fromkeys(name for table in tables for name in summed_of(table, edition))
    banded = dict.fromkeys(name for table in tables for name in quantiles_of(table, edition))
    columns = {
        PERSON: pl.struct([pl.col(number).alias(day) for day, number in PERSON_OF.items()]),
        **{month: number_at(pl.col(day), "month") for day, month in MONTH_OF.items()},
        **{name: each.of_appeal() for name, each in dimensions.items() if each.is_coded},
        **flags_of(dimensions),
        **{name: _contribution(name) for name in summed},
        **{band: within for name in banded for band, within in _in_bands(name)},
    }
    return [expression.alias(name) for name, expression in columns.items()]


def flags_of(dimensions: Dimensions) -> Mapping[str, pl.Expr]:
    """Each trait that the edition knows, and the appeals that have it."""
    return {
        flag: condition
        for name, each in dimensions.items()
        if isinstance(declared := DIMENSIONS[name], FlagDimension)
        for flag, condition in declared.flags.items()
        if flag in each.codelist
    }


def bands_of(table: Table, edition: Edition) -> tuple[str, ...]:
    """The day-band columns of a table, in order of days, one set for each duration."""
    names = (band for name in quantiles_of(table, edition) for band in band_names(name))
    return tuple(dict.fromkeys(names))


def band_names(quantile: str) -> tuple[str, ...]:
    """The day-band columns that a quantile is read from: ``<column>__<first day>``."""
    (column,) = _quantile(quantile).of_appeal.meta.root_names()
    return tuple(f"{column}__{first}" for first in DAY_BANDS)


def _quantile(name: str) -> Quantile:
    measure = MEASURES[name]
    assert isinstance(measure, Quantile)  # noqa: S101 (narrows the type; callers pass quantiles)
    return measure


def _contribution(name: str) -> pl.Expr:
    measure = MEASURES[name]
    of_appeal = measure.of_appeal if isinstance(measure, Count | Sum) else pl.lit(0)
    return of_appeal.cast(pl.UInt32).fill_null(0)


def _in_bands(name: str) -> Iterator[tuple[str, pl.Expr]]:
    """Whether an appeal lies in each band; the last band has no end."""
    measure = _quantile(name)
    counted = _contribution(measure.base) == 1
    for band, low, high in zip_longest(band_names(name), DAY_BANDS, DAY_BANDS[1:]):
        inside = measure.of_appeal >= low
        below = pl.lit(value=True) if high is None else measure.of_appeal < high
        yield band, (counted & inside & below).cast(pl.UInt32).fill_null(0)
