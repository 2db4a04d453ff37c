"""Protect: the last stage that sees exact cells. What may not be shown becomes null with a status.

A hidden value has one sign, whether it is small itself or shields another: who could tell them
apart would learn something of what is hidden. Figures of a body's conduct are shown wherever the
persons that they stand on are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from data.datasets import Table
from data.measures import MEASURES, RECEIVED, Count, Distinct, Expected, Reported, Wait
from data.observe import STATUS_SUFFIX
from data.periods import around
from data.statuses import (
    ESTIMATED,
    NORMAL,
    NOT_APPLICABLE,
    NOT_COLLECTED,
    NOT_REACHED,
    NOT_YET,
    PROVISIONAL,
    STATUSES,
    SUPPRESSED,
    TOO_FEW,
)
from etl.case_mix import expected
from etl.catalogue import counts_of, is_collected, personal_of
from etl.disclosure.gate import Decision
from etl.distinct import distinct
from etl.guard import Guarded, guard
from etl.maturity import MATURE_AFTER, is_due, is_for, is_provisional
from etl.past import Past, check_unchanged
from etl.reported import reported
from etl.stages import Cells, Edition, Protected
from etl.thin import thinned
from etl.waits import waits

Hidden = Mapping[str, pl.Series]
"""For each count in a table, the rows in which it is hidden."""


def protect(cells: Cells, threshold: int, key: bytes, past: Past | None = None) -> Protected:
    """Statuses and nulls for every measure of every table; ``key`` is the vault's.

    Raises ``DisclosureError`` when the counts of persons cannot be protected, or when a number of
    the ``past`` would change.
    """
    cells = thinned(cells, threshold, past.catalogue if past else None)
    guarded = guard(cells, threshold, key, past)
    cells = guarded.cells
    tables = _shown(guarded)
    report = _described(guarded, threshold) | _of(guarded, past)
    protected = Protected(cells.catalogue, tables, cells.edition, report)
    check_unchanged(protected, past)
    return protected


def _shown(guarded: Guarded) -> dict[str, pl.DataFrame]:
    """All tables as they are shown; what is expected is made of the others, and comes last."""
    cells = guarded.cells
    last = [name for name, table in cells.catalogue.items() if _has_expected(table)]
    shown = {
        name: _protected(table, cells.tables[name], guarded, cells.edition)
        for name, table in cells.catalogue.items()
        if name not in last
    }
    for name in last:
        frame = cells.tables[name]
        whole = frame.with_columns(**expected(frame, cells.strata, shown))
        shown[name] = _protected(cells.catalogue[name], whole, guarded, cells.edition)
    return {name: shown[name] for name in cells.catalogue}


def _has_expected(table: Table) -> bool:
    return any(isinstance(MEASURES[name], Expected) for name in table.measures)


def _of(guarded: Guarded, past: Past | None) -> dict[str, Any]:
    """The rounds of attack and what is restated: of the release before, where nothing is new."""
    rounds = max(decision.rounds for decision in guarded.decisions)
    if past and not rounds:
        before = past.release.manifest.disclosure
        return {name: before[name] for name in ("attack_rounds", "restates") if name in before}
    restates = {"restates": past.release.id} if past and past.restated else {}
    return {"attack_rounds": rounds, **restates}


def _described(guarded: Guarded, threshold: int) -> dict[str, Any]:
    """The figures of the disclosure report; the years add up.

    All of them can be counted in the tables: a sum over hidden counts, or how many of them are
    small themselves, would be one equation more for whoever wants to work them out.
    """
    figures = [Counter(_figures(guarded, decision)) for decision in guarded.decisions]
    return {
        "threshold": threshold,
        "unit": "distinct persons; appeals of unknown persons count as one each",
        "mature_after_days": MATURE_AFTER.days,
        **{name: sum(each[name] for each in figures) for name in figures[0]},
        "sheets_left_out": [
            {"table": each.table, "grain": each.grain, "periods": list(each.periods)}
            for each in guarded.left_out
        ],
    }


def _figures(guarded: Guarded, decision: Decision) -> dict[str, int]:
    published = guarded.published(decision)
    return {
        "cells_published": int(published.sum()),
        "cells_hidden": int((decision.pattern.hidden & published).sum()),
    }


def _protected(
    table: Table, frame: pl.DataFrame, guarded: Guarded, edition: Edition
) -> pl.DataFrame:
    hidden = _hidden(table, frame, guarded, edition)
    holds = _holds(table, frame, guarded)
    frame = frame.with_columns(**waits(table, frame, edition), **distinct(table, frame, edition))
    columns = [frame[key] for key in table.keys]
    for name in table.measures:
        values = _values(name, table, frame, edition)
        statuses = _statuses(name, table, frame.with_columns(values), hidden, holds, edition)
        with_value = [code for code, status in STATUSES.items() if status.has_value]
        shown = pl.DataFrame([values, statuses]).select(
            pl.when(pl.col(statuses.name).is_in(with_value)).then(name), statuses.name
        )
        columns += shown.get_columns()
    return pl.DataFrame(columns)


def _hidden(table: Table, frame: pl.DataFrame, guarded: Guarded, edition: Edition) -> Hidden:
    keys = frame.select(table.keys)
    found = {}
    for name in counts_of(table, edition):
        due = keys.filter(is_due(keys["period"], MEASURES[name], edition))
        marked = due.with_columns(guarded.hides(due, name).alias("hidden"))
        every = keys.join(marked, on=table.keys, how="left", maintain_order="left")
        found[name] = every["hidden"].fill_null(value=False)
    return found


def _values(name: str, table: Table, frame: pl.DataFrame, edition: Edition) -> pl.Series:
    measure = MEASURES[name]
    if isinstance(measure, Reported):
        return reported(name, table, frame.select(*table.keys), edition).alias(name)
    if not is_collected(measure, edition):
        return pl.Series(name, [None] * frame.height, pl.Int64)
    return frame[name]


def _statuses(
    name: str,
    table: Table,
    frame: pl.DataFrame,
    hidden: Hidden,
    holds: pl.Series,
    edition: Edition,
) -> pl.Series:
    """The first that applies: not collected, not yet, hidden, too few, not reached, provisional,
    estimated, normal."""
    measure = MEASURES[name]
    status = f"{name}{STATUS_SUFFIX}"
    if isinstance(measure, Reported):
        return _chosen(status, {NOT_COLLECTED.code: frame[name].is_null()}, frame.height)
    if not is_collected(measure, edition):
        return pl.Series(status, [NOT_COLLECTED.code] * frame.height, pl.String)
    reasons = {
        NOT_APPLICABLE.code: ~is_for(frame["period"], measure),
        NOT_YET.code: ~is_due(frame["period"], measure, edition),
    }
    if name in personal_of(table, edition):
        reasons[SUPPRESSED.code] = hidden[name]
    else:
        reasons[TOO_FEW.code] = _stands_on_too_few(name, frame, hidden, holds)
    reasons[NOT_REACHED.code] = frame[name].is_null()
    reasons[PROVISIONAL.code] = is_provisional(frame["period"], measure, edition)
    if isinstance(measure, Distinct):
        reasons[ESTIMATED.code] = frame[name].is_not_null()
    return _chosen(status, reasons, frame.height)


def _stands_on_too_few(
    name: str, frame: pl.DataFrame, hidden: Hidden, holds: pl.Series
) -> pl.Series:
    """True where the persons behind a figure of conduct are hidden, or fewer than it needs."""
    measure = MEASURES[name]
    found = pl.Series([False] * frame.height, dtype=pl.Boolean)
    if isinstance(measure, Wait | Distinct | Expected):
        found = frame[measure.base] < measure.minimum
    if isinstance(measure, Wait):
        found |= holds
    if isinstance(measure, Distinct):
        found |= frame[measure.estimate] < measure.minimum
    if isinstance(measure, Expected):
        found |= frame[name].is_null()
    companion = measure.shown_with if isinstance(measure, Count) else None
    for other in (name, *_bases(name), companion):
        if other is not None and other in hidden:
            found |= hidden[other]
    return found


def _holds(table: Table, frame: pl.DataFrame, guarded: Guarded) -> pl.Series:
    """True for the rows in whose period lies a shorter one of which what came is hidden, in
    whatever table of the same dimensions.

    Shares by day are no cells of the attack: those of a body's year, less those of its other
    quarters, would tell of a hidden quarter how many waited how long, beside what its sector's do.
    """
    keys = frame.select(table.keys)
    hidden = [_hidden_keys(table, other, guarded) for other in _alike(table, guarded)]
    inside = pl.concat([keys.clear(), *hidden])
    longer = pl.DataFrame(
        [(code, each) for code in inside["period"].unique() for each in around(code)],
        schema={"period": pl.String, "longer": pl.String},
        orient="row",
    )
    holders = (
        inside.join(longer, on="period")
        .select(*table.dimensions, period="longer")
        .unique()
        .with_columns(holds=True)
    )
    marked = keys.join(holders, on=table.keys, how="left", maintain_order="left")
    return marked["holds"].fill_null(value=False)


def _alike(table: Table, guarded: Guarded) -> list[Table]:
    """The tables that count what came by the same dimensions."""
    return [
        other
        for other in guarded.cells.catalogue.values()
        if {*other.dimensions} == {*table.dimensions} and RECEIVED.name in other.measures
    ]


def _hidden_keys(table: Table, other: Table, guarded: Guarded) -> pl.DataFrame:
    keys = guarded.cells.tables[other.name].select(table.keys)
    return keys.filter(guarded.hides(keys, RECEIVED.name))


def _bases(name: str) -> Iterator[str]:
    """The counts that a measure is a part of, the nearest first."""
    measure = MEASURES[name]
    while not isinstance(measure, Reported) and measure.base is not None:
        yield measure.base
        measure = MEASURES[measure.base]


def _chosen(name: str, reasons: dict[str, pl.Series], height: int) -> pl.Series:
    """The code of the first reason that holds in each row."""
    chosen = pl.Series(name, [NORMAL.code] * height, pl.String)
    for code, holds in reversed(reasons.items()):
        chosen = pl.Series(name, [code] * height, pl.String).zip_with(holds, chosen)
    return chosen.alias(name)
