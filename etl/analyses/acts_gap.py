"""Acts gap: themes about which many propose something and no act is adopted."""

import polars as pl

from data.analyses.acts_gap import ACTED, ACTS_GAP, FEW, GAP, MANY, NOT_PUBLISHED, TABLE
from data.periods import PATTERNS
from etl.stages import Edition, Tables


def acts_gap(tables: Tables, edition: Edition) -> pl.DataFrame:
    """The declared columns, a row a published year and theme."""
    published = tables[TABLE].filter(
        pl.col("period").str.contains(PATTERNS["year"]),
        pl.col("theme").is_in(edition.codelists["theme"].at("theme")),
    )
    proposals = pl.col("proposals")
    return (
        _with_later(published, edition.register)
        .with_columns(
            status=pl.when(pl.col("acts") + pl.col("acts_later") > 0)
            .then(pl.lit(ACTED))
            .when(proposals.is_null())
            .then(pl.lit(NOT_PUBLISHED))
            .when(proposals >= MANY)
            .then(pl.lit(GAP))
            .otherwise(pl.lit(FEW))
        )
        .select(pl.col(name).cast(kind) for name, kind in ACTS_GAP.schema.items())
        .sort(ACTS_GAP.keys)
    )


def _with_later(published: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Adds ``acts_later``: the theme's acts since the end of the row's year."""
    acts = register.select("theme", year=pl.col("date").dt.strftime("%Y"))
    counted = (
        published.join(acts, on="theme")
        .filter(pl.col("year") > pl.col("period"))
        .group_by("period", "theme")
        .len("acts_later")
    )
    return published.join(counted, on=["period", "theme"], how="left").with_columns(
        pl.col("acts_later").fill_null(0)
    )
