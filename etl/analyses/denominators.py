"""Denominators: each event of each whole, where both counts are shown, for the country."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from data.analyses.denominators import (
    DECIMALS,
    DENOMINATORS,
    EVENTS,
    NOT,
    OVERLAPS,
    SATISFIED,
    WHOLES,
    Cell,
)
from data.grains import as_fine_as
from data.periods import grain_of
from etl.stages import Edition, Tables

Counts = Mapping[Cell, int]
"""The published counts of one period."""


def denominators(tables: Tables, _edition: Edition) -> pl.DataFrame:
    """The declared columns, a row a period, event and whole, sorted by these."""
    periods = tables["national"]["period"].to_list()
    rows = [
        row
        for period in periods
        if as_fine_as(grain_of(period), "quarter")
        for row in _rows(period, _counts(tables, period))
    ]
    frame = pl.DataFrame(rows, schema=DENOMINATORS.schema, orient="row")
    return frame.sort(DENOMINATORS.keys)


def _counts(tables: Tables, period: str) -> Counts:
    cells = {*WHOLES.values(), *(_cell(e, w) for e, wholes in EVENTS.items() for w in wholes)}
    found = {cell: _count(tables, cell, period) for cell in cells if cell.table in tables}
    return {cell: count for cell, count in found.items() if count is not None}


def _cell(event: str, whole: str) -> Cell:
    """Where the count of an event stands; of a rest, that of what it is the rest of."""
    counted = event.removeprefix(NOT)
    own = {SATISFIED: Cell("national", "rated_top"), "open": Cell("national", "open")}
    if counted in own:
        return own[counted]
    if whole == "considered":
        return Cell("outcomes_closing", "considered", counted)
    return Cell("outcomes", "concluded", counted)


def _count(tables: Tables, cell: Cell, period: str) -> int | None:
    frame = tables[cell.table].filter(pl.col("period") == period)
    if cell.outcome:
        frame = frame.filter(pl.col("outcome") == cell.outcome)
    return None if frame.is_empty() else frame[cell.column][0]


def _rows(period: str, counts: Counts) -> Iterator[tuple[Any, ...]]:
    for event, wholes in EVENTS.items():
        for whole in wholes:
            counted, base = counts.get(_cell(event, whole)), counts.get(WHOLES[whole])
            if counted is not None and base:
                part = base - counted if event.startswith(NOT) else counted
                share = round(100 * part / base, DECIMALS)
                yield period, event, whole, part, base, share, *_overlap(event, whole, part, counts)


def _overlap(event: str, whole: str, part: int, counts: Counts) -> tuple[int | None, int | None]:
    """How many of the part gave a good mark: no fewer than do not fit into the rest of the whole,
    and no more than there are of either (Fréchet's bounds)."""
    satisfied, base = counts.get(_cell(SATISFIED, whole)), counts[WHOLES[whole]]
    is_answer = whole in OVERLAPS and event.removeprefix(NOT) not in {SATISFIED, "open"}
    if not is_answer or satisfied is None:
        return None, None
    return max(0, satisfied + part - base), min(satisfied, part)
