"""Thin: leaves out the grains of a table at which much of what happened is too small to show.

A table of holes tells a reader nothing, and each hole needs others to shield it. A quarter or month
is published where most of its cells can be, and a table of two dimensions only if its years are;
the national figures, and the years of each dimension alone, are always kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from data.datasets import Table
from data.dimensions import TOTAL
from data.grains import GRAINS, Grain
from data.periods import PATTERNS
from etl.maturity import periods
from etl.sheets import Sheet
from etl.stages import Cells
from etl.standing import DATED_BY

FLOWS: Final = {"national": "received", "agencies_closing": "considered"}
"""Tables with the months of the country → what came, and what was answered."""
NEVER: Final = "9999-12"
MOST_SMALL: Final = 2 / 5
"""The largest share of a grain's cells (zeros apart) that may be below the threshold."""


def thinned(cells: Cells, threshold: int, published: Mapping[str, Table] | None = None) -> Cells:
    """The cells without the grains and tables that are too thin and were not published before."""
    kept = {
        name: _grains(table, cells.tables[name], threshold, (published or {}).get(name))
        for name, table in cells.catalogue.items()
    }
    return replace(
        cells,
        catalogue={n: replace(cells.catalogue[n], grains=of) for n, of in kept.items() if of},
        tables={n: _only(cells.tables[n], of) for n, of in kept.items() if of},
    )


def stock_not_told(cells: Cells, hides: Callable[[pl.DataFrame, str], pl.Series]) -> list[Sheet]:
    """The month's ends of the stock that are left out: from the first month on of which the country
    hides what came or what was answered. From one month's end to another the stock tells what came
    less what was answered between them, and so would tell a hidden one of the two.

    ``hides`` says in which rows of a table a count is hidden.
    """
    first = min([_first_hidden(cells, hides, name) for name in FLOWS if name in cells.tables])
    sheets = [
        Sheet(name, "month", tuple(ends.filter(ends >= first)))
        for name, table in cells.catalogue.items()
        if table.dated_by == DATED_BY
        for ends in [cells.tables[name]["period"].unique().sort()]
    ]
    return [sheet for sheet in sheets if sheet.periods]


def _first_hidden(cells: Cells, hides: Callable[[pl.DataFrame, str], pl.Series], name: str) -> str:
    """The first month of which the country hides a flow, or tells none."""
    keys = cells.tables[name].select(cells.catalogue[name].keys)
    country = [pl.col(each) == TOTAL for each in cells.catalogue[name].dimensions]
    told = keys.filter(~hides(keys, FLOWS[name]), *country)
    return min({*periods(cells.edition, "month")} - {*told["period"]}, default=NEVER)


def _grains(
    table: Table, frame: pl.DataFrame, threshold: int, published: Table | None
) -> tuple[Grain, ...]:
    """The table's grains, longest first, up to the first that is too thin."""
    present = [grain for grain in GRAINS if grain in table.grains and _of(frame, grain).height]
    kept: list[Grain] = []
    for grain in present:
        is_bound = published is not None and grain in published.grains
        always = is_bound or not table.axes or (len(table.axes) == 1 and not kept)
        if not always and _share_of_small(_of(frame, grain)[table.base], threshold) > MOST_SMALL:
            break
        kept.append(grain)
    return tuple(kept)


def _share_of_small(counts: pl.Series, threshold: int) -> float:
    alive = counts.filter(counts > 0)
    return float((alive < threshold).sum()) / max(1, len(alive))


def _only(frame: pl.DataFrame, grains: tuple[Grain, ...]) -> pl.DataFrame:
    wanted = [pl.col("period").str.contains(PATTERNS[grain]) for grain in grains]
    return frame.filter(pl.any_horizontal(wanted))


def _of(frame: pl.DataFrame, grain: Grain) -> pl.DataFrame:
    return frame.filter(pl.col("period").str.contains(PATTERNS[grain]))
