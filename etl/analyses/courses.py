"""The courses that are forecast: the whole country, its regions and its themes."""

import numpy as np
import polars as pl

from data.analyses.forecast import COUNT, FIELDS, NATION
from data.dimensions import TOTAL
from etl.analyses.monthly import Monthly, monthly, whole_months
from etl.stages import Edition, Tables

Code = tuple[str, str]
"""Area and theme."""


def courses(tables: Tables, edition: Edition) -> tuple[tuple[Code, ...], Monthly]:
    """Who they are, in the order of the rows, and their months."""
    months = whole_months(edition)
    country = tables[NATION].with_columns(pl.lit(TOTAL).alias("nation"))
    whole = monthly(country, "nation", (TOTAL,), COUNT, months)
    names: list[Code] = [(TOTAL, TOTAL)]
    parts = [whole.values]
    for field in FIELDS:
        if field.table not in tables or field.dimension not in tables[field.table].columns:
            continue
        codes = tuple(edition.codelists[field.dimension].at(field.level))
        frame = _in_total(tables[field.table], field.dimension)
        parts.append(monthly(frame, field.dimension, codes, COUNT, months).values)
        names += [(c, TOTAL) if field.dimension == "area" else (TOTAL, c) for c in codes]
    return tuple(names), Monthly(whole.codes, months, np.concatenate(parts))


def _in_total(frame: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """The rows that break down nothing else."""
    others = {"area", "theme"} & set(frame.columns) - {dimension}
    return frame.filter(*(pl.col(other) == TOTAL for other in sorted(others)))
