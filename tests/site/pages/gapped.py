"""A whole release with gaps: parts that fit into their wholes, and a few that fare worse."""

from pathlib import Path
from typing import Final

import polars as pl

from data.measures import MEASURES
from data.releases import Release, load
from tests.site.pages.analysed import publish_analysed
from tests.site.pages.whole import publish_whole

GROUP: Final = "disability"
HIDDEN: Final = "over_60"
REGION: Final = "1703"
DISTRICT_OF: Final = "1706"
"""The first district of this region fares better than the rest of it."""


def publish_gapped(root: Path, plain: Path) -> Release:
    """Writes the release without gaps below ``plain``, and with them below ``root``."""
    made = load(plain / publish_whole(plain))
    regions = _nested(_tilted(made.tables["regions"], "area", REGION, 0.8), made)
    tables = {
        "regions": _tilted(regions, "area", district(made), 1.1),
        "groups": _hidden(_tilted(made.tables["groups"], "group", GROUP, 0.7), HIDDEN),
    }
    return publish_analysed(root, ("equity",), tables)


def district(release: Release) -> str:
    """The district that fares better."""
    return release.codelists["area"].children(DISTRICT_OF)[0]


def _nested(regions: pl.DataFrame, release: Release) -> pl.DataFrame:
    """The table with the counts of each region divided evenly among its districts."""
    codes = release.codelists["area"]
    parents = {code: codes[code].parent for code in codes.at("district")}
    counts = [name for name in regions.columns if name in MEASURES]
    told = [*counts, *(f"{name}_status" for name in counts)]
    sizes = {code: len(codes.children(code)) for code in codes.at("region")}
    shared = regions.select(
        "period",
        pl.col("area").alias("parent"),
        *(pl.col(each).alias(f"{each}__of_region") for each in told),
    )
    parent = pl.col("area").replace_strict(parents, default=None)
    joined = regions.with_columns(parent=parent).join(
        shared, on=["period", "parent"], how="left", maintain_order="left"
    )
    many = pl.col("parent").replace_strict(sizes, default=1)
    is_district = pl.col("parent").is_not_null()
    evenly = [
        pl.when(is_district)
        .then(pl.col(f"{each}__of_region") // many if each in counts else f"{each}__of_region")
        .otherwise(each)
        .alias(each)
        for each in told
    ]
    return joined.with_columns(evenly).select(regions.columns)


def _tilted(frame: pl.DataFrame, dimension: str, code: str, by: float) -> pl.DataFrame:
    changed = pl.min_horizontal("due", (by * pl.col("on_time")).round().cast(pl.Int64))
    return frame.with_columns(
        on_time=pl.when(pl.col(dimension) == code).then(changed).otherwise("on_time")
    )


def _hidden(frame: pl.DataFrame, group: str) -> pl.DataFrame:
    """The table with what fell due of a group not shown."""
    is_hidden = pl.col("group") == group
    counts = [pl.when(~is_hidden).then(name).alias(name) for name in ("due", "on_time")]
    statuses = [
        pl.when(is_hidden).then(pl.lit("N")).otherwise(name).alias(name)
        for name in ("due_status", "on_time_status")
    ]
    return frame.with_columns(*counts, *statuses)
