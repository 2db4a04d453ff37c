"""What an appeal contributes: everything that is counted, each declared once.

Measures add. A count that is part of another says so (``within``): it and its complement are
protected alike. Response times come from day bands, which add as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final, Literal, get_args

import polars as pl

from data.dimensions import TOTAL
from data.grains import Grain

ANSWERED: Final = pl.col("answered").is_not_null()
RESPONSE: Final = pl.col("response_days")
PERSON: Final = pl.col("person")
TOP_BOX: Final = 4
"""Lowest of the five marks that counts as satisfied."""

PING_PONG: Final = 3
"""Forwardings from which on an appeal is called passed from hand to hand."""

TEMPLATE_FROM: Final = 10
"""Answers of one agency in a year from which on a text they share is called a template."""
RETURN_DAYS: Final = 30
"""Days after a satisfying answer within which a new appeal on the same theme is a return."""

TERM_ENDED: Final = pl.col("due") < pl.col("as_of")
EXTENDED_TERM_ENDED: Final = pl.col("due_extended") < pl.col("as_of")


@dataclass(frozen=True, eq=False)
class Count:
    """How many appeals a condition holds for; ``within`` names the count that contains it."""

    name: str
    of_appeal: pl.Expr
    within: str | None = None
    matures: bool = True
    """True when the count of a period still grows after the period has ended."""
    personal: bool = False
    """True when the count is of persons rather than of a body's conduct, so that a small one may
    identify: it is guarded itself; a conduct count is shown wherever its base is."""

    finest: Grain = "month"
    """The shortest period that it is published for."""
    shown_with: str | None = None
    """The count of persons inside this one without which it is withheld: it would bound it."""

    at: tuple[str, str] | None = None
    """The dimension and code at which ``within`` is this very count (its own total along that
    dimension), under another name."""

    sensitive: bool = False
    """True when even its absence, or its presence in all, tells of each person among few: both
    sides of the split are guarded, as those of an applicant's trait are."""

    @property
    def base(self) -> str | None:
        return self.within


@dataclass(frozen=True, eq=False)
class Sum:
    """A sum of small whole numbers over the appeals of ``base``; hidden where that count is."""

    name: str
    of_appeal: pl.Expr
    base: str
    matures: bool = True
    finest: Grain = "month"


Limit = Literal["", "_lower", "_upper"]
"""Which of an estimate: the value itself, or an end of its 95 % interval; its name's ending."""


class Estimated:
    """What an estimate and the ends of its 95 % interval have in common."""

    name: str
    limit: Limit

    @property
    def estimate(self) -> str:
        """The name of the estimate that this is, or is a limit of."""
        return self.name.removesuffix(self.limit)


@dataclass(frozen=True, eq=False)
class Wait(Estimated):
    """How long the appeals of ``base`` waited, those still open counted (Kaplan–Meier), from day
    bands: either the day by which the share ``q`` is answered, in tenths of a day, or the share
    answered by the end of ``day``, in tenths of a per cent."""

    name: str
    minimum: int
    """Fewest appeals it is published for, so that enough lie on either side of it."""
    q: float = 0
    day: int = 0
    limit: Limit = ""
    base: str = "received"
    of_appeal: pl.Expr = RESPONSE
    matures: bool = True


SKETCH_REGISTERS: Final = 2**14
"""Of the sketch that different numbers are estimated by: the more, the smaller its error."""


@dataclass(frozen=True, eq=False)
class Distinct(Estimated):
    """How many different numbers ``of_appeal`` gives among the appeals of ``base`` (an appeal that
    has none counts as one), estimated by a sketch (``etl/estimators/distinct.py``), or an end of
    its 95 % interval. Rounded to a step that is no larger than its standard error.

    It does not add, but sketches merge, so it is told of any union of months, bodies or places.
    """

    name: str
    minimum: int
    """Fewest of the base, and of the different numbers, that it is published for."""
    limit: Limit = ""
    base: str = "received"
    of_appeal: pl.Expr = PERSON
    matures: bool = False

    @property
    def settings(self) -> Mapping[str, int]:
        """What it depends on, for the manifest: registers of the sketch, its standard error in
        hundredths of a per cent, and from how many it is published."""
        error = round(10_000 * self.standard_error)
        return {"registers": SKETCH_REGISTERS, "error_in_10000": error, "from": self.minimum}

    @property
    def standard_error(self) -> float:
        """As a share of the estimate, whatever its size; less where there are few."""
        return 1.04 / sqrt(SKETCH_REGISTERS)


CASE_MIX: Final = {"theme": "theme", "kind": "kind", "channel": "channel", "area": "region"}
"""The dimensions that describe what an agency is asked, each with the level that is looked at."""


@dataclass(frozen=True, eq=False)
class Expected:
    """How many of ``base`` would be ``events`` if each kind of case went as it goes in the whole
    country, in whole appeals; with ``by`` how many more or fewer one dimension makes of it, and
    ``of_itself`` how many the agency's own appeals make of it, which are a part of the country's.

    It is made of counts that are shown and of rates of the whole country; what is hidden of an
    agency has no part in it.
    """

    name: str
    events: str
    base: str
    by: str = ""
    of_itself: bool = False
    minimum: int = 30
    """Fewest of the base that it is published for."""
    matures: bool = True


@dataclass(frozen=True, eq=False)
class Reported:
    """A public figure from a reference list (population, acts): no appeal stands behind it."""

    name: str
    matures: bool = False


Measure = Count | Sum | Wait | Distinct | Expected | Reported

DAY_BANDS: Final = (*range(62), 65, 70, 75, 80, 85, 90)
"""First day of each band; the last is open. Single days as far as the terms of the law go: there
nothing is lost to the bands."""
ANSWERED_BY: Final = (2, 5, 10, 15, 20, 30, 60)
"""The days by which a share of answers is published."""

_ESTIMATES: Final = (
    Wait("median_days", minimum=20, q=0.5),
    Wait("p90_days", minimum=100, q=0.9),
    *(Wait(f"answered_by_{day}", minimum=20, day=day) for day in ANSWERED_BY),
)
WAITS: Final = tuple(
    replace(wait, name=f"{wait.name}{limit}", limit=limit)
    for wait in _ESTIMATES
    for limit in get_args(Limit)
)
"""Each estimate, and after it the two ends of its interval."""


APPLICANTS_FROM: Final = 1_000
"""Appeals, and people behind them, from which on these are told."""
APPLICANTS: Final = tuple(
    Distinct(f"applicants{limit}", APPLICANTS_FROM, limit) for limit in get_args(Limit)
)
"""How many different people wrote, and after it the two ends of its interval."""

OFF_CONTROL: Final = ANSWERED & ~pl.col("reopened")
"""Working rule: an appeal is off control once it has an answer that it was not reopened after."""
OFF_CONTROL_BY: Final = (15, 30, 60)
"""The days by which a share of appeals off control is published."""
_OFF_CONTROL_BY_DAY: Final[tuple[Measure, ...]] = tuple(
    Count(
        f"off_control_{day}",
        OFF_CONTROL & (pl.col("response_days") <= day).fill_null(value=False),
        within="off_control",
    )
    for day in OFF_CONTROL_BY
)


def _days_before_due(first: int, last: int) -> pl.Expr:
    """Answered so many days before the last day of the original term."""
    left = (pl.col("due") - pl.col("answered")).dt.total_days()
    return left.is_between(last, first).fill_null(value=False)


AGE: Final = (pl.col("standing") - pl.col("registered")).dt.total_days()
DAYS_OVER: Final = (pl.col("standing") - pl.col("due")).dt.total_days()
AGES: Final = ((0, 15), (16, 30), (31, 60), (61, 90), (91, 180), (181, None))
OVERDUE_FOR: Final = ((1, 15), (16, 30), (31, 90), (91, None))
"""First and last days of the bands of the stock: since registration, and beyond the legal term."""


def _banded(
    within: str, days: pl.Expr, bands: tuple[tuple[int, int | None], ...]
) -> tuple[Count, ...]:
    """A part of a count for each band of days."""
    return tuple(
        Count(
            f"{within}_{first}_{last}" if last else f"{within}_{first}_more",
            ((days >= first) & (days <= last if last else True)).fill_null(value=False),
            within=within,
        )
        for first, last in bands
    )


STANDING: Final = (
    Count("standing", pl.col("standing").is_not_null(), personal=True),
    *_banded("standing", AGE, AGES),
    Count("standing_overdue", (DAYS_OVER > 0).fill_null(value=False), within="standing"),
    *_banded("standing_overdue", DAYS_OVER, OVERDUE_FOR),
)
"""What had no answer at a month's end: all of it, by age, and what was overdue, by how long."""

_TOLD_TEXT: Final = pl.col("answer_print").is_not_null()
_SETTLED: Final = (
    ANSWERED
    & (pl.col("satisfaction") >= TOP_BOX)
    & pl.col("person_when_answered").is_not_null()
    & pl.col("settled")
).fill_null(value=False)

ADJUSTED: Final = (("on_time", "due"), ("repeated", "received"))
"""Counts that are compared with what case mix lets expect, and the counts that they are part of."""
EXPECTED: Final = tuple(
    measure
    for events, base in ADJUSTED
    for measure in (
        Expected(f"expected_{events}", events, base),
        *(Expected(f"{events}_by_{level}", events, base, by) for by, level in CASE_MIX.items()),
        Expected(f"{events}_of_itself", events, base, of_itself=True),
    )
)

RECEIVED: Final = Count("received", pl.lit(value=True), matures=False, personal=True)
CONSIDERED: Final = Count("considered", ANSWERED, personal=True)

MEASURES: Final[dict[str, Measure]] = {
    measure.name: measure
    for measure in (
        RECEIVED,
        CONSIDERED,
        Count("answered", ANSWERED, within="received"),
        Count("concluded", ANSWERED, within="answered", personal=True, at=("outcome", TOTAL)),
        Count("open", ~ANSWERED, within="received"),
        Count("due", TERM_ENDED, within="received"),
        Count(
            "on_time",
            TERM_ENDED & (pl.col("answered") <= pl.col("due")).fill_null(value=False),
            within="due",
        ),
        Count("extended", pl.col("extended"), within="received"),
        Count("due_extended", EXTENDED_TERM_ENDED, within="received"),
        Count(
            "on_time_extended",
            EXTENDED_TERM_ENDED
            & (pl.col("answered") <= pl.col("due_extended")).fill_null(value=False),
            within="due_extended",
        ),
        Count("overdue", ~ANSWERED & TERM_ENDED, within="open"),
        Count("repeated", pl.col("repeated"), within="received", matures=False),
        Count(
            "asked",
            ANSWERED & (pl.col("asked") | pl.col("satisfaction").is_not_null()),
            within="answered",
            finest="quarter",
            shown_with="rated",
        ),
        Count(
            "rated",
            ANSWERED & pl.col("satisfaction").is_not_null(),
            within="asked",
            finest="quarter",
            personal=True,
        ),
        Count(
            "rated_top",
            (ANSWERED & (pl.col("satisfaction") >= TOP_BOX)).fill_null(value=False),
            within="rated",
            finest="quarter",
        ),
        Sum(
            "score_sum",
            pl.when(ANSWERED).then(pl.col("satisfaction")).fill_null(0),
            base="rated",
            finest="quarter",
        ),
        Count(
            "proposals",
            pl.col("kind") == "proposal",
            within="received",
            matures=False,
            personal=True,
            at=("kind", "proposal"),
        ),
        Count(
            "harassment",
            pl.col("harassment"),
            within="received",
            personal=True,
            finest="quarter",
            sensitive=True,
        ),
        Count("taken_up", (pl.col("kind") == "proposal") & pl.col("taken_up"), within="proposals"),
        Count("timed", ANSWERED & pl.col("timed"), within="answered"),
        Count(
            "within_hour",
            ANSWERED & pl.col("timed") & pl.col("within_hour"),
            within="timed",
        ),
        Count("substantive", ANSWERED & pl.col("substantive"), within="answered"),
        Count("last_days", _days_before_due(1, 0), within="answered"),
        Count("week_before", _days_before_due(8, 7), within="answered"),
        Count("forwarded", (pl.col("hops") >= 1).fill_null(value=False), within="received"),
        Count(
            "forwarded_often",
            (pl.col("hops") >= PING_PONG).fill_null(value=False),
            within="forwarded",
        ),
        Count("reopened", ANSWERED & pl.col("reopened"), within="answered"),
        Count("off_control", OFF_CONTROL, within="answered"),
        *_OFF_CONTROL_BY_DAY,
        Count("texts", ANSWERED & _TOLD_TEXT, within="answered"),
        Count("templated", ANSWERED & _TOLD_TEXT & pl.col("templated"), within="texts"),
        Count("settled", _SETTLED, within="rated_top"),
        Count("returned", _SETTLED & pl.col("returned"), within="settled"),
        *EXPECTED,
        Reported("population"),
        Reported("acts"),
    )
}
MEASURES.update((wait.name, wait) for wait in WAITS)
MEASURES.update((each.name, each) for each in APPLICANTS)
MEASURES.update((count.name, count) for count in STANDING)
