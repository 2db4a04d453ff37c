"""What each appeal contributes: its leaves, its counts, sums and day band, row by row.

Everything becomes a column before it is summed: a constant that is summed inside a group counts
once a group, not once a row.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.datasets import Table
from data.dimensions import DIMENSIONS, FlagDimension
from data.measures import ANSWERED, DAY_BANDS, MEASURES, RESPONSE, Count, Sum
from etl.calendar import number_at
from etl.catalogue import Dimensions, summed_of, waits_of
from etl.stages import Edition

PERSON: Final = "person"
NAMELESS: Final = "nameless"
"""The column that marks the appeals of which nobody knows the person."""
OFTEN: Final = "often"
"""The column that marks the appeals of those who wrote often (``etl/people.py``)."""
MONTH_OF: Final = {
    "registered": "registered_month",
    "answered": "answered_month",
    "standing": "standing_month",
}
"""Date that a table goes by → the column with the number of its month, null where undated."""

PERSON_OF: Final = {
    "registered": "person",
    "answered": "person_when_answered",
    "standing": "person",
}
"""Date that a table goes by → the number of the person under the key of that date's year."""

BAND: Final = "band"
"""The column with the place of an appeal's band among ``BANDS``."""
ANSWERED_IN: Final = tuple(f"answered_in__{first}" for first in DAY_BANDS)
OPEN_IN: Final = tuple(f"open_in__{first}" for first in DAY_BANDS)
BANDS: Final = (*ANSWERED_IN, *OPEN_IN)
"""The day-band columns: the answered by their days to the answer, the open by their age."""


def contributions(
    edition: Edition, tables: tuple[Table, ...], dimensions: Dimensions
) -> list[pl.Expr]:
    """The columns that tables which go by one date are made from: person, month, leaves, flags,
    numbers, and the day band."""
    summed = dict.fromkeys(name for table in tables for name in summed_of(table, edition))
    day = tables[0].dated_by
    banded = any(waits_of(table, edition) for table in tables)
    columns = {
        # Of an appeal of which nobody knows the person: somebody who wrote no other.
        PERSON: pl.coalesce(PERSON_OF[day], "appeal"),
        NAMELESS: pl.col(PERSON_OF[day]).is_null(),
        MONTH_OF[day]: number_at(pl.col(day), "month"),
        **{name: each.of_appeal() for name, each in dimensions.items() if each.is_coded},
        **flags_of(dimensions),
        **{name: _contribution(name) for name in summed},
        **({BAND: _band()} if banded else {}),
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


def _band() -> pl.Expr:
    """The place among ``BANDS`` of an appeal: by its days to the answer, or while it is open by its
    age at the date."""
    age = (pl.col("as_of") - pl.col("registered")).dt.total_days()
    waited = pl.when(ANSWERED).then(RESPONSE).otherwise(age)
    place = pl.lit(pl.Series(DAY_BANDS)).search_sorted(waited, side="right").cast(pl.Int64) - 1
    return pl.when(ANSWERED).then(place).otherwise(place + len(DAY_BANDS))


def _contribution(name: str) -> pl.Expr:
    measure = MEASURES[name]
    of_appeal = measure.of_appeal if isinstance(measure, Count | Sum) else pl.lit(0)
    return of_appeal.cast(pl.UInt32).fill_null(0)
