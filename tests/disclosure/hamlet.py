"""A hamlet: two axes and one year, so small that its whole system fits into a law."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import polars as pl
from hypothesis import strategies as st

from data.dimensions import TOTAL
from etl.disclosure.attack import Attack, attack
from etl.disclosure.gate import Decision, decide
from etl.disclosure.grid import Grid, Numbers, grid
from etl.disclosure.pattern import Pattern, keyed_ties, reader_weights
from etl.disclosure.programme import Programme
from etl.disclosure.system import Block, System, build
from tests.etl import village
from tests.sample import KEY

THRESHOLD: Final = 5
AGENCIES: Final = {"ministries": ("AG1", "AG2", "AG3"), "hokimiyats": ("AG4", "AG5")}
KINDS: Final = ("application", "complaint", "proposal")
FLAG: Final = "women"
DIMENSIONS: Final = ("agency", "kind", "group")
LEAVES: Final = 5 * 3


@dataclass(frozen=True)
class Hamlet:
    """Appeals by agency and kind, and how many of each agency's are of women."""

    counts: tuple[int, ...]
    women: tuple[int, ...]

    @property
    def by_agency_and_kind(self) -> dict[tuple[str, str], int]:
        agencies = [code for codes in AGENCIES.values() for code in codes]
        return dict(zip(product(agencies, KINDS), self.counts, strict=True))

    def received(self, agency: str, kind: str = TOTAL) -> int:
        inside = {agency, *AGENCIES.get(agency, ())}
        return sum(
            count
            for (of_agency, of_kind), count in self.by_agency_and_kind.items()
            if (agency == TOTAL or of_agency in inside) and kind in {TOTAL, of_kind}
        )

    def of_women(self, agency: str) -> int:
        agencies = [code for codes in AGENCIES.values() for code in codes]
        found = {
            code: min(count, self.received(code))
            for code, count in zip(agencies, self.women, strict=True)
        }
        return sum(found.values()) if agency == TOTAL else found[agency]


def hamlets() -> st.SearchStrategy[Hamlet]:
    few_or_many = st.one_of(st.integers(0, 6), st.integers(8, 60))
    return st.builds(
        Hamlet,
        counts=st.lists(few_or_many, min_size=LEAVES, max_size=LEAVES).map(tuple),
        women=st.lists(few_or_many, min_size=5, max_size=5).map(tuple),
    )


def hamlet_grid() -> Grid:
    lists = {name: each for name, each in village.lists().items() if name in DIMENSIONS}
    return grid(["2018"], ["received"], lists)


def blocks(hamlet: Hamlet) -> list[Block]:
    """Agencies with their sectors, agencies by kind, agencies by women."""
    agencies = [code for codes in AGENCIES.values() for code in codes]
    nested = [(code,) for code in (TOTAL, *AGENCIES, *agencies)]
    kinds = list(product((TOTAL, *agencies), (TOTAL, *KINDS)))
    traits = list(product((TOTAL, *agencies), (TOTAL, FLAG)))
    return [
        block(("agency",), nested, [hamlet.received(*key) for key in nested]),
        block(("agency", "kind"), kinds, [hamlet.received(*key) for key in kinds]),
        block(
            ("agency", "group"),
            traits,
            [hamlet.of_women(a) if g == FLAG else hamlet.received(a) for a, g in traits],
        ),
    ]


def block(names: tuple[str, ...], keys: Sequence[tuple[str, ...]], counts: list[int]) -> Block:
    frame = pl.DataFrame(keys, schema=list(names), orient="row")
    values = np.array(counts, dtype=np.int64)
    return Block("received", frame.with_columns(period=pl.lit("2018")), values, values)


def system_of(hamlet: Hamlet) -> System:
    return build(hamlet_grid(), blocks(hamlet))


def pattern_of(system: System) -> Pattern:
    return Pattern(system, reader_weights(system), keyed_ties(system, KEY))


def decided(hamlet: Hamlet) -> Decision:
    """Raises ``DisclosureError`` where the hamlet is too small to shield its own."""
    return decide(pattern_of(system_of(hamlet)), THRESHOLD)


def attacked(decision: Decision) -> Attack:
    """A cold attack on what was decided: it knows no table to begin with."""
    pattern = decision.pattern
    outcome = attack(pattern, pattern.hidden & pattern.system.guarded, THRESHOLD)
    outcome.settle()
    return outcome


def true_values(decision: Decision, problem: Programme) -> Numbers:
    counts: Numbers = decision.system.counts[problem.cells]
    return counts
