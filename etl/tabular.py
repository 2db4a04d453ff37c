"""Tables as files: Parquet and CSV with the same bytes for the same content."""

import re
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final

import polars as pl

from data.codelists import Codelist
from data.errors import SourceError

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula."""
GENERATED: Final = "generated"


def parquet(frame: pl.DataFrame) -> bytes:
    """The frame as Parquet: zstd, one row group, statistics."""
    buffer = BytesIO()
    frame.write_parquet(
        buffer,
        compression="zstd",
        compression_level=9,
        statistics=True,
        row_group_size=max(1, frame.height),
    )
    return buffer.getvalue()


def csv(frame: pl.DataFrame, *, generated: bool) -> bytes:
    """The frame as CSV; text that a spreadsheet could take for a formula gets a leading ``'``.

    Generated data say so in a last column of every file, so that no copy can be mistaken.
    """
    if generated:
        frame = frame.with_columns(pl.lit(GENERATED).alias("data"))
    begins_like_formula = f"^([{re.escape(''.join(DANGEROUS))}])"
    guarded = pl.col(pl.String).str.replace(begins_like_formula, "'$1")
    return frame.with_columns(guarded).write_csv().encode()


def with_names(
    frame: pl.DataFrame,
    codelists: Mapping[str, Codelist],
    dimension_of: Mapping[str, str] = MappingProxyType({}),
) -> pl.DataFrame:
    """Adds ``<column>_name``, the English name, after each column of codes.

    A column is of the dimension of its name, unless ``dimension_of`` says of which.
    """
    columns: list[pl.Series] = []
    for column in frame.get_columns():
        columns.append(column)
        dimension = dimension_of.get(column.name, column.name)
        if dimension in codelists:
            listed = codelists[dimension]
            names = {code.code: code.name("en") for code in listed.codes}
            named = column.replace_strict(names, return_dtype=pl.String)
            columns.append(named.alias(f"{column.name}_name"))
    return pl.DataFrame(columns)


def check_codes(codelists: Mapping[str, Codelist]) -> None:
    """Refuses codes that a spreadsheet would take for a formula: a code must stay as it is."""
    for name, listed in codelists.items():
        for code in listed.codes:
            if code.code.startswith(DANGEROUS):
                raise SourceError(
                    "Code list",
                    f"the code '{code.code}' of {name} begins like a formula.",
                    "Give it a code that begins with a letter or a digit.",
                )
