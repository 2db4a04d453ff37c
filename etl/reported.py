"""Public figures from reference lists, beside the counts of appeals: population and acts."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from data.codelists import Codelist
from data.datasets import Table
from data.dimensions import TOTAL
from data.errors import DeclarationError
from data.periods import period_at
from etl.stages import Edition


def reported(name: str, table: Table, keys: pl.DataFrame, edition: Edition) -> pl.Series:
    """The figure for each row of a table's keys, null where no list gives it."""
    if name not in _FIGURES:
        raise DeclarationError(
            "Reported figure", f"no list gives '{name}'.", "Declare where it comes from."
        )
    return _FIGURES[name](table, keys, edition)


def _population(table: Table, keys: pl.DataFrame, edition: Edition) -> pl.Series:
    """The population of an area at the last count on or before the first day of the year."""
    (axis,) = table.dimensions
    wanted = keys.select(
        pl.col(axis).alias("area"), pl.col("period").str.slice(0, 4).str.to_date("%Y").alias("date")
    ).with_row_index("row")
    counted = edition.population.select(
        pl.col("area").cast(pl.String), pl.col("date").cast(pl.Date), pl.col("population")
    ).sort("date")
    found = wanted.sort("date").join_asof(
        counted, on="date", by="area", strategy="backward", check_sortedness=False
    )
    return found.sort("row")["population"].cast(pl.Int64)


def _acts(table: Table, keys: pl.DataFrame, edition: Edition) -> pl.Series:
    """Acts of the period by theme, of the themes above, and of all."""
    if edition.acts is None:
        return pl.Series("acts", [None] * keys.height, pl.Int64)
    (axis,) = table.dimensions
    codelist = edition.codelists[axis]
    dated = edition.acts.select(
        pl.col("theme").map_elements(_lineage(codelist), pl.List(pl.String)).alias(axis),
        pl.concat_list(period_at(pl.col("date"), grain) for grain in table.grains).alias("period"),
    )
    counts = dated.explode(axis).explode("period").group_by("period", axis).len("acts")
    joined = keys.join(counts, on=["period", axis], how="left", maintain_order="left")
    return joined["acts"].fill_null(0).cast(pl.Int64)


def _lineage(codelist: Codelist) -> Callable[[str], list[str]]:
    """A code with all codes above it, the total last."""

    def lineage(code: str) -> list[str]:
        found = []
        while code and code != TOTAL and code in codelist:
            found.append(code)
            code = codelist[code].parent
        return [*found, TOTAL]

    return lineage


_FIGURES: Final[Mapping[str, Callable[[Table, pl.DataFrame, Edition], pl.Series]]] = {
    "population": _population,
    "acts": _acts,
}
