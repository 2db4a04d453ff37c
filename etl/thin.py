"""Thin: leaves out the grains of a table at which most of what happened is too small to show.

A table of holes tells a reader nothing, and each hole needs others to shield it. The year is
always kept; a quarter or month is published where at least two thirds of its cells can be.
"""

from dataclasses import replace
from typing import Final

import polars as pl

from data.datasets import Table
from data.grains import GRAINS, Grain
from data.periods import PATTERNS
from etl.stages import Cells

MOST_SMALL: Final = 1 / 3
"""The largest share of a grain's cells (zeros apart) that may be below the threshold."""


def thinned(cells: Cells, threshold: int) -> Cells:
    """The cells without the grains that are too thin; tables keep their longest period."""
    kept = {
        name: _grains(table, cells.tables[name], threshold)
        for name, table in cells.catalogue.items()
    }
    return replace(
        cells,
        catalogue={name: replace(t, grains=kept[name]) for name, t in cells.catalogue.items()},
        tables={name: _only(frame, kept[name]) for name, frame in cells.tables.items()},
    )


def _grains(table: Table, frame: pl.DataFrame, threshold: int) -> tuple[Grain, ...]:
    """The table's grains, longest first, up to the first that is too thin."""
    present = [grain for grain in GRAINS if grain in table.grains and _of(frame, grain).height]
    kept: list[Grain] = []
    for grain in present:
        if kept and _share_of_small(_of(frame, grain)[table.base], threshold) > MOST_SMALL:
            break
        kept.append(grain)
    return tuple(kept) or table.grains


def _share_of_small(counts: pl.Series, threshold: int) -> float:
    alive = counts.filter(counts > 0)
    return float((alive < threshold).sum()) / max(1, len(alive))


def _only(frame: pl.DataFrame, grains: tuple[Grain, ...]) -> pl.DataFrame:
    wanted = [pl.col("period").str.contains(PATTERNS[grain]) for grain in grains]
    return frame.filter(pl.any_horizontal(wanted))


def _of(frame: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    return frame.filter(pl.col("period").str.contains(PATTERNS[grain]))
