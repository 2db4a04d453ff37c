"""One quoted percentage beside every share of a release that it can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from data.analyses.denominators import DECIMALS, SATISFIED, WHOLES
from data.claims import Claim
from layouts.components.table import Column, Line, Table, table
from layouts.words import Words

Row = dict[str, Any]
RECEIVED: Final = "received"


@dataclass(frozen=True)
class Claimed:
    """A claim, and the rows of the release for a period that say what it says."""

    claim: Claim
    period: str
    frame: pl.DataFrame

    @cached_property
    def rows(self) -> list[Row]:
        """A row each event that may be meant and each whole, in the order of their declaration."""
        pairs = [(event, whole) for event in self.claim.events for whole in WHOLES]
        return [row for pair in pairs if (row := self.row(*pair)) is not None]

    @property
    def matching(self) -> list[Row]:
        """The rows that come within rounding, the nearest first."""
        return [row for row in self.nearest if self.agrees(row)]

    @property
    def nearest(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: self.claim.distance(row["part"], row["base"]))

    def agrees(self, row: Row) -> bool:
        return self.claim.agrees(row["part"], row["base"])

    def row(self, event: str, whole: str) -> Row | None:
        """The row of any event of a whole in the period."""
        codes = {"period": self.period, "event": event, "whole": whole}
        found = self.frame.filter(**codes).to_dicts()
        return found[0] if found else None


def as_quoted(percent: Decimal, words: Words) -> str:
    """A percentage with as many decimals as it was quoted with."""
    return words.percent(percent, -int(percent.as_tuple().exponent))


def named(claim: Claim, words: Words) -> str:
    """A claim as it is quoted: the percentage and what it says."""
    percent = as_quoted(claim.percent, words)
    return words("claims_said", percent=percent, says=words(f"claims_says_{claim.says}"))


def of(row: Row, words: Words) -> str:
    """What a row counts, and of what."""
    return words(
        "claims_of",
        event=words(f"claims_event_{row['event']}"),
        whole=words(f"claims_whole_{row['whole']}"),
    )


def verdict(held: Sequence[Claimed], words: Words) -> Component:
    """Whether both are shares of this release, of the same whole or not; what is not there."""
    said = {"period": words.period(held[0].period)}
    absent = [each for each in held if not each.matching]
    if absent:
        names = "; ".join(named(each.claim, words) for each in absent)
        sentence = words("claims_absent", n=len(absent), names=names, **said)
        return html.P(sentence, className="finding")
    one, other = _pair(*held)
    a, b = (of(row, words) for row in (one, other))
    is_same = one["whole"] == other["whole"]
    key = "claims_true_of_same" if is_same else "claims_true_of_two"
    return html.P(words(key, a=a, b=b, **said), className="finding")


def _pair(one: Claimed, other: Claimed) -> tuple[Row, Row]:
    """The nearest shares of the same whole; where there are none, the nearest of each."""
    pairs = [(a, b) for a in one.matching for b in other.matching if a["whole"] == b["whole"]]
    return pairs[0] if pairs else (one.matching[0], other.matching[0])


def claimed(key: str, held: Claimed, words: Words) -> Iterator[Component]:
    """The section of one claim: every share that it can be, and how far each is from it."""
    yield html.H2(words("claims_can_be", claim=named(held.claim, words)))
    if not held.rows:
        yield html.P(words("claims_none_of_it", period=words.period(held.period)), className="note")
        return
    numbers = Table(
        words("claims_caption", claim=named(held.claim, words), period=words.period(held.period)),
        Column(words("claims_share_of"), is_number=False),
        [Column(words(f"claims_{name}")) for name in ("share", "off", "part", "base")],
        [_line(held, row, words) for row in held.rows],
        style="league",
        name=f"claim-{key}",
    )
    yield table(numbers)


def _line(held: Claimed, row: Row, words: Words) -> Line:
    """A row; one that comes within rounding is marked, and any other says by how much it misses."""
    share = words.percent(row["share"], DECIMALS)
    counts = [words.number(row["part"]), words.number(row["base"])]
    if held.agrees(row):
        marked = [html.Strong(share), html.Strong(words("claims_within"))]
        return Line(html.Strong(of(row, words)), [*marked, *counts], "matched")
    off = words.decimal(float(held.claim.distance(row["part"], row["base"])), 1)
    return Line(of(row, words), [share, words("claims_points", value=off), *counts])


def known(held: Sequence[Claimed], words: Words) -> Iterator[Component]:
    """How many of all are known to be satisfied, and how many with each outcome that is claimed."""
    first = held[0]
    satisfied = first.row(SATISFIED, RECEIVED)
    if satisfied is None:
        return
    items = [html.Li(_known_of_all(satisfied, words))]
    events = dict.fromkeys(event for each in held for event in each.claim.events)
    rows = [row for event in events if (row := first.row(event, RECEIVED)) is not None]
    items += [html.Li(_both(row, words)) for row in rows if row["satisfied_least"] is not None]
    yield html.H2(words("claims_known"))
    yield html.Ul(items)


def _known_of_all(row: Row, words: Words) -> str:
    counts = {name: words.number(row[name]) for name in ("part", "base")}
    return words("claims_known_of_all", share=words.percent(row["share"], 1), **counts)


def _both(row: Row, words: Words) -> str:
    names = ("part", "base", "satisfied_least", "satisfied_most")
    counts = {name: words.number(row[name]) for name in names}
    return words("claims_known_both", event=words(f"claims_event_{row['event']}"), **counts)
