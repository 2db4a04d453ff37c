"""Standing: the appeals without an answer at the end of each month, for the tables of the stock.

An appeal stands in every month from its registration to the one before its answer. An answer that
came after those of its month were published ends its standing all the same (``answered_late``);
what was published of a month's end stays as it was.
"""

from dataclasses import replace
from typing import Final

import polars as pl

from data.datasets import Table
from etl.past import Past
from etl.stages import Cells

DATED_BY: Final = "standing"


def spread(appeals: pl.DataFrame) -> pl.DataFrame:
    """Each appeal once for every month at whose end it had no answer, with that day as
    ``standing``; one that has no answer stands until the date of the run."""
    until = pl.coalesce("answered", "answered_late", "as_of")
    month_ends = pl.date_ranges(
        pl.col("registered").dt.month_end(), until, interval="1mo", closed="both"
    ).list.eval(pl.element().dt.month_end())
    stood = appeals.with_columns(month_ends.alias(DATED_BY)).explode(DATED_BY)
    answered = pl.coalesce("answered", "answered_late")
    return stood.filter((pl.col(DATED_BY) < answered).fill_null(value=True))


def as_counted(cells: Cells, past: Past | None) -> Cells:
    """The cells, with those of month's ends that were published as they were published."""
    if past is None or past.restated:
        return cells
    stock = {
        name: _with_published(cells.tables[name], past.release.tables[name], table)
        for name, table in cells.catalogue.items()
        if table.dated_by == DATED_BY and name in past.release.tables
    }
    return replace(cells, tables={**cells.tables, **stock})


def _with_published(now: pl.DataFrame, before: pl.DataFrame, table: Table) -> pl.DataFrame:
    counts = [name for name in table.counted if name in before.columns]
    told = before.select(*table.keys, *counts)
    joined = now.join(told, on=table.keys, how="left", suffix="__told", maintain_order="left")
    kept = [pl.coalesce(f"{name}__told", name).cast(now[name].dtype).alias(name) for name in counts]
    return joined.with_columns(kept).select(now.columns)
