"""Thin: leaves out the grains of a table at which much of what happened is too small to show.

A table of holes tells a reader nothing, and each hole needs others to shield it. A quarter or month
is published where most of its cells can be, and a table of two dimensions only if its years are;
the national figures, and the years of each dimension alone, are always kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from data.datasets import Table
from data.grains import GRAINS, Grain
from data.periods import PATTERNS, first_month, last_day
from etl.maturity import periods
from etl.sheets import Sheet
from etl.stages import Cells

COUNTRY: Final = "national"
FLOWS: Final = {COUNTRY: "received", "closing": "considered"}
"""Tables with the months of the country → what came, and what was answered."""
OUTCOMES: Final = {"outcomes": "concluded", "outcomes_closing": "considered"}
"""Tables of the country's outcomes by either date of an appeal → their counts."""
NEVER: Final = "9999-12"
Hides = Callable[[pl.DataFrame, str], pl.Series]
"""Says in which rows of a table, given by their keys, a count is hidden."""
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


def flows_not_told(cells: Cells, hides: Hides, told: Callable[[str], set[str]]) -> list[Sheet]:
    """What is left out of the tables by the date of the answer, and of the stock: all that ends in
    or after the first month of which the country hides what came or what was answered.

    From one month's end to another the stock tells what came less what was answered; and by no day
    has more been answered than had come. So two of the three would tell a hidden one of the third.
    So it is with each outcome, which has not been given more often than it has come to be. Periods
    that a table has ``told`` before stay.
    """
    of_flows = min(_first_hidden(cells, hides, name, measure) for name, measure in FLOWS.items())
    of_outcomes = min(_first_hidden(cells, hides, *each) for each in OUTCOMES.items())
    lacking = {name: _first_lacking(cells, name) for name in FLOWS}
    of_answers = min(of_flows, lacking[COUNTRY])
    since = {
        "closing": of_answers,
        "outcomes_closing": min(of_answers, of_outcomes),
        "stock": min(of_flows, *lacking.values()),
    }
    return [
        sheet
        for name, month in since.items()
        if name in cells.tables
        for sheet in _from_month(cells, name, month, told(name))
    ]


def _first_hidden(cells: Cells, hides: Hides, name: str, measure: str) -> str:
    """The first month of a period in which a table of the country hides a count."""
    if name not in cells.tables:
        return NEVER
    keys = cells.tables[name].select(cells.catalogue[name].keys)
    hidden = keys.filter(hides(keys, measure))
    return min(map(first_month, hidden["period"]), default=NEVER)


def _first_lacking(cells: Cells, name: str) -> str:
    """The first month that has ended and of which a table has nothing."""
    told = {*cells.tables[name]["period"]} if name in cells.tables else set[str]()
    return min({*periods(cells.edition, "month")} - told, default=NEVER)


def _from_month(cells: Cells, name: str, month: str, told: set[str]) -> Iterator[Sheet]:
    """The sheets of a table with all periods that end in a month or later, and are new."""
    codes = cells.tables[name]["period"].unique().sort()
    codes = codes.filter(~codes.is_in(list(told)))
    for grain in cells.catalogue[name].grains:
        of_grain = codes.filter(codes.str.contains(PATTERNS[grain]))
        late = [code for code in of_grain if last_day(code).isoformat()[:7] >= month]
        if late:
            yield Sheet(name, grain, tuple(late))


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
