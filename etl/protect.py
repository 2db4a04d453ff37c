"""Protect: the last stage that sees exact cells. What may not be shown becomes null with a status.

A hidden value has one sign, whether it is small itself or shields another: who could tell them
apart would learn something of what is hidden.
"""

from datetime import timedelta
from typing import Any, Final

import polars as pl

from data.datasets import Table
from data.measures import MEASURES, Count, Measure, Quantile, Reported
from data.observe import STATUS_SUFFIX
from data.periods import last_day
from data.statuses import NORMAL, NOT_COLLECTED, PROVISIONAL, SUPPRESSED, TOO_FEW
from etl.catalogue import is_collected
from etl.contributions import band_names
from etl.first_rule import Hidden, hidden_cells
from etl.quantiles import quantile
from etl.reported import reported
from etl.stages import Cells, Edition, Protected

MATURE_AFTER: Final = timedelta(days=60)
"""How long after a period's end the counts that still grow are provisional."""


def protect(cells: Cells, threshold: int, key: bytes) -> Protected:
    """Statuses and nulls for every measure of every table; ``key`` is the vault's."""
    hidden = hidden_cells(cells, threshold, key)
    tables = {
        name: _protected(table, cells.tables[name], hidden, cells.edition)
        for name, table in cells.catalogue.items()
    }
    return Protected(cells.catalogue, tables, cells.edition, _described(hidden, threshold))


def _described(hidden: Hidden, threshold: int) -> dict[str, Any]:
    counts, displayed = hidden.system.counts, hidden.system.displayed
    return {
        "rule": "threshold and row closure",
        "threshold": threshold,
        "unit": "distinct persons; appeals of unknown persons count as one each",
        "guards": "every count and what is left when it is taken from the count that contains it",
        "provisional_days": MATURE_AFTER.days,
        "counts_published": int(displayed.sum()),
        "counts_hidden": int(hidden.mask.sum()),
        "appeals_in_hidden_counts_per_million": int(
            1_000_000 * counts[hidden.mask].sum() // max(1, counts[displayed].sum())
        ),
    }


def _protected(table: Table, frame: pl.DataFrame, hidden: Hidden, edition: Edition) -> pl.DataFrame:
    columns = [frame[key] for key in table.keys]
    for name in table.measures:
        values = _values(name, table, frame, edition)
        statuses = _statuses(name, frame.with_columns(values), hidden, edition)
        shown = pl.DataFrame([values, statuses]).select(
            pl.when(pl.col(statuses.name).is_in([NORMAL.code, PROVISIONAL.code])).then(name),
            statuses.name,
        )
        columns += shown.get_columns()
    return pl.DataFrame(columns)


def _values(name: str, table: Table, frame: pl.DataFrame, edition: Edition) -> pl.Series:
    measure = MEASURES[name]
    if isinstance(measure, Reported):
        return reported(name, table, frame.select(*table.keys), edition).alias(name)
    if not is_collected(measure, edition):
        return pl.Series(name, [None] * frame.height, pl.Int64)
    if isinstance(measure, Quantile):
        return quantile(frame.select(band_names(name)), measure.q).alias(name)
    return frame[name]


def _statuses(name: str, frame: pl.DataFrame, hidden: Hidden, edition: Edition) -> pl.Series:
    """The first that applies: not collected, hidden, too few, provisional, normal."""
    measure = MEASURES[name]
    status = f"{name}{STATUS_SUFFIX}"
    if isinstance(measure, Reported):
        missing = frame[name].is_null()
        return _chosen(status, {NOT_COLLECTED.code: missing}, frame.height)
    if not is_collected(measure, edition):
        return pl.Series(status, [NOT_COLLECTED.code] * frame.height, pl.String)
    guarded = name if isinstance(measure, Count) else measure.base
    reasons = {SUPPRESSED.code: hidden.of_table(frame, guarded)}
    if isinstance(measure, Quantile):
        reasons[TOO_FEW.code] = frame[measure.base] < measure.minimum
    reasons[PROVISIONAL.code] = _is_provisional(frame["period"], measure, edition)
    return _chosen(status, reasons, frame.height)


def _chosen(name: str, reasons: dict[str, pl.Series], height: int) -> pl.Series:
    """The code of the first reason that holds in each row."""
    chosen = pl.Series(name, [NORMAL.code] * height, pl.String)
    for code, holds in reversed(reasons.items()):
        chosen = pl.Series(name, [code] * height, pl.String).zip_with(holds, chosen)
    return chosen.alias(name)


def _is_provisional(periods: pl.Series, measure: Measure, edition: Edition) -> pl.Series:
    """A period that has not ended, or whose appeals may still be answered in time."""
    wait = MATURE_AFTER if measure.matures else timedelta()
    young = [code for code in periods.unique() if last_day(code) + wait > edition.as_of]
    return periods.is_in(young)
