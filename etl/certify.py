"""Certify: from the protected tables alone, the proof that no hidden count can be worked out.

What is done here anyone could do with the release: the attack starts cold, from what is published.
It ends in the certificate, and in one estimate for each hidden count so that every column adds up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.datasets import Table
from data.dimensions import DIMENSIONS, TOTAL
from data.observe import STATUS_SUFFIX
from data.statuses import SUPPRESSED, TOO_FEW
from etl.catalogue import counts_of
from etl.disclosure.alike import with_alike
from etl.disclosure.attack import Attack, attack
from etl.disclosure.certificate import certificate, written
from etl.disclosure.fill import bounds, fill
from etl.disclosure.gate import DisclosureError
from etl.disclosure.grid import Numbers
from etl.disclosure.pattern import Pattern
from etl.disclosure.programme import programme
from etl.disclosure.system import Block, build
from etl.stages import Certified, Protected
from etl.systems import numbering

ESTIMATED: Final = "E"
"""SDMX CL_OBS_STATUS: an estimated value."""


def certify(protected: Protected, threshold: int) -> Certified:
    """The protected tables with their certificate and the table of hidden counts.

    Raises ``DisclosureError`` when a hidden count can be narrowed: then there is no release.
    """
    published = _as_published(protected)
    pattern = _with_other_names(published)
    outcome = attack(pattern, pattern.hidden & pattern.system.guarded, threshold)
    outcome.settle()
    if len(outcome.lacking_cells):
        raise DisclosureError(
            "Certificate",
            f"{len(outcome.lacking_cells)} hidden counts can be narrowed from what is published.",
            "Nothing was published; the release before stays.",
        )
    proof = certificate(pattern, outcome, threshold)
    system, hidden = pattern.system, _hidden_counts(published, outcome)
    told = {
        "counterfactual_tables": len(proof.tables),
        "estimated_in_hidden_cells_per_million": _share_of_estimates(published, hidden),
    }
    return Certified(
        protected.catalogue,
        protected.tables,
        protected.edition,
        {**protected.disclosure, **told},
        written(system.grid, system.numbers, proof),
        hidden,
    )


@dataclass(frozen=True)
class _Column:
    """A published count of one table."""

    table: Table
    frame: pl.DataFrame
    measure: str

    @property
    def published(self) -> pl.DataFrame:
        """The rows with a value, or with one that is withheld from the public."""
        withheld = pl.col(f"{self.measure}{STATUS_SUFFIX}").is_in([SUPPRESSED.code, TOO_FEW.code])
        return self.frame.filter(pl.col(self.measure).is_not_null() | withheld)

    def block(self) -> Block:
        rows = self.published
        counts = rows[self.measure].fill_null(0).cast(pl.Int64).to_numpy()
        return Block(self.measure, rows.select(self.table.keys), counts, counts)


def _as_published(protected: Protected) -> Pattern:
    """The system as an outsider sees it: hidden counts are not in it."""
    columns = [
        _Column(table, protected.tables[name], measure)
        for name, table in protected.catalogue.items()
        for measure in counts_of(table, protected.edition)
    ]
    grid = numbering(protected.catalogue, protected.tables, protected.edition)
    system = build(grid, [column.block() for column in columns])
    hidden = np.zeros(len(system), dtype=bool)
    for column in columns:
        withheld = column.published.filter(pl.col(column.measure).is_null())
        hidden[system.at(grid.number(withheld, column.measure))] = True
    return Pattern.published(system, hidden)


def _with_other_names(published: Pattern) -> Pattern:
    """The same to one who sees which names are of the same people."""
    system, hidden = published.system, published.hidden
    zeros = system.displayed & (system.counts == 0) & ~system.parts & ~hidden
    return Pattern.published(with_alike(system, zeros), hidden)


def _hidden_counts(pattern: Pattern, outcome: Attack) -> pl.DataFrame:
    """One row a hidden count: its codes, the bounds that the rows of tables give, and an estimate
    with which columns add."""
    problem, system = outcome.problem, pattern.system
    low, high = bounds(programme(pattern))
    chosen = np.flatnonzero((pattern.hidden & system.guarded)[problem.cells])
    cells = problem.cells[chosen]
    values: Mapping[str, Numbers] = {"lower": low, "upper": high, "estimate": fill(outcome)}
    codes = [system.grid.codes(number) for number in system.numbers[cells].tolist()]
    keys = ("measure", "period", *DIMENSIONS)
    columns = {key: [each.get(key, TOTAL) for each in codes] for key in keys}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(keys, pl.String)).with_columns(
        *(pl.Series(name, column[chosen]) for name, column in values.items()),
        pl.lit(ESTIMATED).alias("obs_status"),
    )
    return frame.sort(keys)


def _share_of_estimates(pattern: Pattern, hidden: pl.DataFrame) -> int:
    """How many of a million appeals in counts of persons stand in hidden ones, by the estimates:
    how many truly do would be one equation more about what is hidden."""
    system = pattern.system
    shown = int(system.counts[system.displayed & system.guarded & ~pattern.hidden].sum())
    estimated = int(hidden["estimate"].sum())
    return 1_000_000 * estimated // max(1, shown + estimated)
