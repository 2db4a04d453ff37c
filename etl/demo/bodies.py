"""The bodies that answer, and the truth about each: what later estimates are checked against.

Most bodies are alike: their probabilities of being on time lie within two points of each other.
Some are truly better, some truly worse, and some game what is measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final, Literal

import polars as pl

from etl.demo.assumptions import SCORES
from etl.demo.chance import Choice, choice, fraction
from etl.demo.quotas import apportion
from etl.demo.reference import own, read

Group = Literal["better", "like", "worse"]
Between = Callable[[float, float, str], float]

OUTCOMES: Final = ("satisfied", "partly", "explained", "rejected", "left", "forwarded")
OUTCOME_BITS: Final = 12
SPEEDS: Final = 5
BETTER = WORSE = 20
MARK_OF_HOLLOW: Final = 4.5
"""Mean of the marks 4 and 5, which hollow answers get alike."""
LARGE: Final = 60
"""Bodies that game are among so many largest, so that there is enough to see it by."""

# Published shares of answers without substance, carried over to the body of 2017-2019.
WITHOUT_SUBSTANCE: Final = {"AG015": 0.64, "AG084": 0.61, "AG020": 0.58}


@dataclass(frozen=True)
class Body:
    """One body and its true parameters; probabilities and shares are in [0, 1].

    ``on_time`` is the probability of an answer within the original term, for a theme and a year of
    middling ease; ``speed`` 0 (slow) to 4 (quick) shapes the days within the term; ``outcomes``
    are shares of answers in the order of ``OUTCOMES``; ``level`` -1, 0 or 1 shifts the scores;
    ``extension`` is of late appeals, ``repeat`` and ``reopening`` are before the outcome's factor;
    ``hollow`` is the share of answers that are called and marked satisfactory and settle nothing.
    """

    code: str
    region: str
    weight: int
    themes: dict[str, int]
    group: Group
    on_time: float
    speed: int
    outcomes: tuple[float, ...]
    level: int
    without_substance: float
    extension: float
    repeat: float
    reopening: float
    closed_within_an_hour: float
    heaping: float
    dispatches: bool
    template_answers: float
    hollow: float

    @property
    def is_hokimiyat(self) -> bool:
        return self.weight == 0

    @property
    def positive(self) -> float:
        """Share of answers that satisfy, wholly or partly."""
        return self.hollow + (1 - self.hollow) * (self.outcomes[0] + self.outcomes[1])

    @property
    def satisfaction(self) -> float:
        """Mean score if everyone who got an answer had rated it."""
        means = [
            sum((i + 1) * share for i, share in enumerate(scores(outcome, self.level))) / 100
            for outcome in OUTCOMES
        ]
        honest = sum(p * mean for p, mean in zip(self.outcomes, means, strict=True))
        return self.hollow * MARK_OF_HOLLOW + (1 - self.hollow) * honest


@dataclass(frozen=True)
class Bodies:
    """All bodies in the order of the reference list; a body's number is its position."""

    listed: tuple[Body, ...]

    @cached_property
    def codes(self) -> list[str]:
        return [body.code for body in self.listed]

    @cached_property
    def outcome(self) -> Choice:
        """A choice of the outcome's number for each body."""
        return choice([body.outcomes for body in self.listed], OUTCOME_BITS)

    @cached_property
    def _columns(self) -> dict[str, pl.Series]:
        names = [each.name for each in fields(Body) if each.name not in {"themes", "outcomes"}]
        return {name: pl.Series([getattr(b, name) for b in self.listed]) for name in names}

    def of(self, attribute: str) -> pl.Expr:
        """An attribute of the body whose number is in the column ``agency``."""
        return pl.lit(self._columns[attribute]).gather("agency")


def scores(outcome: str, level: int) -> tuple[int, ...]:
    """Percent of raters giving 1 to 5; a level up moves a quarter of each score one up."""
    shares = list(SCORES[outcome])
    step = 1 if level > 0 else -1
    order = range(3, -1, -1) if level > 0 else range(1, 5)
    for score in order if level else ():
        moved = shares[score] // 4
        shares[score] -= moved
        shares[score + step] += moved
    return tuple(shares)


def bodies(seed: int) -> Bodies:
    """The bodies of a seed: who they are is fixed, how they work is drawn."""
    rows = own("bodies").to_dicts()
    codes = [row["agency"] for row in rows]
    drawn = sorted(codes, key=lambda code: fraction(seed, "group", code))
    largest = sorted(rows, key=lambda row: -int(row["weight"]))[:LARGE]
    gaming = sorted(
        (row["agency"] for row in largest), key=lambda code: fraction(seed, "gaming", code)
    )
    by_code = {row["agency"]: _body(seed, row, drawn, gaming) for row in rows}
    agencies = read("agency").filter(pl.col("code").str.starts_with("AG"))["code"]
    return Bodies(tuple(by_code[code] for code in agencies))


def _body(seed: int, row: dict[str, str], drawn: Sequence[str], gaming: Sequence[str]) -> Body:
    code = row["agency"]

    def between(low: float, high: float, what: str) -> float:
        return round(low + (high - low) * fraction(seed, what, code), 4)

    def plays(first: int, last: int) -> bool:
        return code in gaming[first:last]

    group = _group(drawn.index(code))
    return Body(
        code=code,
        region=row["region"],
        weight=int(row["weight"]),
        themes={name: int(parts) for name, parts in map(_pair, row["themes"].split())},
        group=group,
        on_time=_on_time(group, drawn.index(code), between),
        speed=int(fraction(seed, "speed", code) * SPEEDS),
        outcomes=_outcomes(between, dispatches=plays(9, 13)),
        level=int(fraction(seed, "level", code) * 3) - 1,
        without_substance=WITHOUT_SUBSTANCE.get(code, between(0.12, 0.45, "substance")),
        extension=between(0.2, 0.6, "extension"),
        repeat=between(0.05, 0.13, "repeat"),
        reopening=between(0.005, 0.03, "reopening"),
        closed_within_an_hour=between(0.2, 0.4, "instant") if plays(0, 4) else 0.0,
        heaping=between(0.4, 0.6, "heaping") if plays(4, 9) else 0.0,
        dispatches=plays(9, 13),
        template_answers=between(0.7, 0.9, "template") if plays(13, 18) or plays(0, 2) else 0.0,
        hollow=between(0.35, 0.5, "hollow") if plays(18, 22) else 0.0,
    )


def _pair(text: str) -> tuple[str, str]:
    name, _, parts = text.partition(":")
    return name, parts


def _group(position: int) -> Group:
    if position < BETTER:
        return "better"
    return "worse" if position < BETTER + WORSE else "like"


def _on_time(group: Group, position: int, between: Between) -> float:
    """Distinct for every body, so that a true order exists."""
    if group == "better":
        return between(0.93, 0.975, "on time")
    if group == "worse":
        return between(0.55, 0.76, "on time")
    return round(0.86 + (position - 95) * 0.0002, 4)


def _outcomes(between: Between, *, dispatches: bool) -> tuple[float, ...]:
    """Shares of the outcomes, exact to one slot of the table that they are drawn from."""
    rejected = between(0.003, 0.01, "rejected")
    left = between(0.004, 0.02, "left")
    forwarded = 0.17 if dispatches else between(0.01, 0.06, "forwarded")
    rest = 1 - rejected - left - forwarded
    # Published ranges: positive 35-75 %, explained 20-56 %.
    positive = between(max(0.36, rest - 0.55), min(0.74, rest - 0.21), "positive")
    explained = rest - positive
    shares = (positive * 0.85, positive * 0.15, explained, rejected, left, forwarded)
    return tuple(slots / 2**OUTCOME_BITS for slots in apportion(2**OUTCOME_BITS, shares))
