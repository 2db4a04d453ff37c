"""What the sums mean: every public number, declared once.

ETL, site, API, downloads, codebook and docs are generic over this list: a new indicator is one
entry here and its words in ``locales/``. The inputs are read from the formula itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

import polars as pl
from polars import col

from data.dimensions import TOTAL
from data.errors import DeclarationError
from data.measures import APPLICANTS, MEASURES, OFF_CONTROL_BY, STANDING, WAITS, Wait
from data.outcomes import DECIDED, DENOMINATORS, Denominator

Better = Literal["higher", "lower", "neither"]
Unit = Literal["count", "share", "days", "score", "per_100", "per_10000", "per_person"]

ELSEWHERE: Final = "__"
TOTAL_SUFFIX: Final = "__total"
REGISTERED_SUFFIX: Final = "__registered"


@dataclass(frozen=True)
class Input:
    """A column that a formula reads: a measure in the row itself, or at ``code`` in another, or
    in the row of the same keys that counts appeals by their registration."""

    column: str
    measure: str
    code: str = ""
    by_registration: bool = False

    @property
    def is_own(self) -> bool:
        """True when it stands in the row itself."""
        return not self.code and not self.by_registration


@dataclass(frozen=True, eq=False)
class Indicator:
    """A public number: a formula over measures, its unit, and who answers for it.

    ``formula`` reads measure columns of one row; ``<measure>__total`` reads the same measure in the
    row's total along the one dimension that the row breaks down, ``<measure>__<code>`` the one at a
    code of the dimension ``along``, and ``<measure>__registered`` the one of the same keys in a
    table that goes by registration. ``decimals`` is how far the value is exact. ``base`` is
    the count that a reader should see beside the value.
    """

    name: str
    formula: pl.Expr
    unit: Unit
    better: Better
    decimals: int
    base: str
    source: str
    along: str = ""
    """The dimension without which the value would mean something else; none when empty. Totals are
    then read along it, from a table without it where the table has no such measure."""
    except_at: tuple[str, ...] = ()
    """Codes of ``along`` at which, and below which, there is nothing to tell."""
    of_country: bool = False
    """True when only tables of the whole country, without any dimension, tell it."""
    of_total: bool = False
    """True when it is told of the total along ``along`` alone, otherwise of its parts alone."""
    limit_of: str = ""
    """The indicator of whose 95 % interval this is an end, on whose page it is told; or empty."""
    owner: str = "Statistics desk"
    reviewed: date = date(2026, 11, 24)
    next_review: date = date(2027, 11, 24)

    @property
    def told_by(self) -> str:
        """The indicator whose page and words tell of it: itself, unless it is a limit."""
        return self.limit_of or self.name

    @cached_property
    def reads(self) -> tuple[Input, ...]:
        """The columns that the formula reads, in reading order."""
        return tuple(map(_input, self.formula.meta.root_names()))

    @property
    def inputs(self) -> tuple[str, ...]:
        """Measure names that the formula reads, in reading order, wherever it reads them."""
        return tuple(dict.fromkeys(each.measure for each in self.reads))

    def is_of(self, measures: Collection[str], dimensions: Collection[str]) -> bool:
        """Whether a table of these measures and dimensions can answer it."""
        own = {each.measure for each in self.reads if each.is_own}
        is_along = not self.along or self.along in dimensions
        is_of_whole = not self.of_country or not dimensions
        return own <= {*measures} and is_along and is_of_whole

    @cached_property
    def reads_elsewhere(self) -> bool:
        """True when the formula reads other rows than its own."""
        return not all(each.is_own for each in self.reads)


def _input(column: str) -> Input:
    measure, _, code = column.partition(ELSEWHERE)
    if column.endswith(REGISTERED_SUFFIX):
        return Input(column, measure, by_registration=True)
    return Input(column, measure, TOTAL if column.endswith(TOTAL_SUFFIX) else code)


def _share_of(each: Denominator) -> Indicator:
    return Indicator(
        f"outcome_share_{each.name}",
        100 * col("concluded") / each.formula,
        "share",
        "neither",
        1,
        each.base,
        RECORDS,
        along="outcome",
        except_at=each.without,
    )


LAW: Final = "Law ZRU-445 of 11 September 2017, art. 28"
RECORDS: Final = "Appeal records"


def _of_wait(wait: Wait) -> Indicator:
    """A response time in the unit of readers; it is measured in tenths of it."""
    is_share = wait.day > 0
    return Indicator(
        wait.name,
        col(wait.name) / 10,
        "share" if is_share else "days",
        "higher" if is_share else "lower",
        1,
        wait.base,
        RECORDS,
        limit_of=wait.estimate if wait.limit else "",
    )


INDICATORS: Final[dict[str, Indicator]] = {
    indicator.name: indicator
    for indicator in (
        Indicator("received", col("received"), "count", "neither", 0, "received", RECORDS),
        Indicator("answered", col("answered"), "count", "neither", 0, "received", RECORDS),
        Indicator("open", col("open"), "count", "lower", 0, "received", RECORDS),
        Indicator(
            "open_share",
            100 * col("open") / col("received"),
            "share",
            "lower",
            1,
            "received",
            RECORDS,
        ),
        Indicator(
            "on_time_rate", 100 * col("on_time") / col("due"), "share", "higher", 1, "due", LAW
        ),
        Indicator(
            "on_time_extended_rate",
            100 * col("on_time_extended") / col("due_extended"),
            "share",
            "higher",
            1,
            "due_extended",
            LAW,
        ),
        Indicator(
            "extension_rate",
            100 * col("extended") / col("received"),
            "share",
            "lower",
            1,
            "received",
            LAW,
        ),
        Indicator("overdue", col("overdue"), "count", "lower", 0, "open", LAW),
        Indicator(
            "overdue_share", 100 * col("overdue") / col("open"), "share", "lower", 1, "open", LAW
        ),
        *(_of_wait(wait) for wait in WAITS),
        *(
            Indicator(each.name, col(each.name), "count", "lower", 0, "standing", RECORDS)
            for each in STANDING
        ),
        Indicator(
            "standing_overdue_share",
            100 * col("standing_overdue") / col("standing"),
            "share",
            "lower",
            1,
            "standing",
            LAW,
        ),
        Indicator("considered", col("considered"), "count", "neither", 0, "considered", RECORDS),
        Indicator(
            "clearance_ratio",
            100 * col("considered") / col("received__registered"),
            "per_100",
            "neither",
            1,
            "received",
            RECORDS,
            of_country=True,
        ),
        Indicator(
            "outcome_share",
            100 * col("considered") / col("considered__total"),
            "share",
            "neither",
            1,
            "considered",
            RECORDS,
            along="outcome",
        ),
        Indicator("concluded", col("concluded"), "count", "neither", 0, "received", RECORDS),
        Indicator(
            "decided",
            DECIDED,
            "count",
            "neither",
            0,
            "concluded",
            RECORDS,
            along="outcome",
            of_total=True,
        ),
        *map(_share_of, DENOMINATORS),
        Indicator(
            "received_share",
            100 * col("received") / col("received__total"),
            "share",
            "neither",
            1,
            "received",
            RECORDS,
        ),
        Indicator(
            "satisfaction_mean",
            col("score_sum") / col("rated"),
            "score",
            "higher",
            2,
            "rated",
            "Call-back survey",
        ),
        Indicator(
            "satisfaction_top",
            100 * col("rated_top") / col("rated"),
            "share",
            "higher",
            1,
            "rated",
            "Call-back survey",
        ),
        Indicator(
            "satisfaction_response",
            100 * col("rated") / col("asked"),
            "share",
            "higher",
            1,
            "asked",
            "Call-back survey",
        ),
        *(
            Indicator(name, 100 * satisfied / col("asked"), "share", "higher", 1, "asked", source)
            for name, satisfied, source in (
                ("satisfaction_at_least", col("rated_top"), "Call-back survey"),
                (
                    "satisfaction_at_most",
                    col("rated_top") + col("asked") - col("rated"),
                    "Call-back survey",
                ),
            )
        ),
        Indicator(
            "repeat_share",
            100 * col("repeated") / col("received"),
            "share",
            "lower",
            1,
            "received",
            RECORDS,
        ),
        *(
            Indicator(name, 100 * col(part) / col(whole), "share", "neither", 1, whole, source)
            for name, part, whole, source in (
                ("instant_share", "within_hour", "timed", RECORDS),
                ("last_days_share", "last_days", "answered", LAW),
                ("week_before_share", "week_before", "answered", LAW),
                ("forwarded_share", "forwarded", "received", RECORDS),
                ("forwarded_often_share", "forwarded_often", "received", RECORDS),
                ("template_share", "templated", "texts", RECORDS),
                ("expected_on_time_rate", "expected_on_time", "due", LAW),
                ("expected_repeat_share", "expected_repeated", "received", RECORDS),
                ("return_share", "returned", "settled", "Appeal records; call-back survey"),
            )
        ),
        Indicator(
            "without_substance_share",
            100 * (col("answered") - col("substantive")) / col("answered"),
            "share",
            "lower",
            1,
            "answered",
            RECORDS,
        ),
        Indicator(
            "reopened_share",
            100 * col("reopened") / col("answered"),
            "share",
            "lower",
            1,
            "answered",
            RECORDS,
        ),
        Indicator(
            "on_control",
            col("received") - col("off_control"),
            "count",
            "lower",
            0,
            "received",
            RECORDS,
        ),
        *(
            Indicator(
                f"off_control_{day}_share",
                100 * col(f"off_control_{day}") / col("received"),
                "share",
                "higher",
                1,
                "received",
                RECORDS,
            )
            for day in OFF_CONTROL_BY
        ),
        Indicator(
            "per_10000",
            10_000 * col("received") / col("population"),
            "per_10000",
            "neither",
            1,
            "received",
            "Appeal records; population at 1 January, Statistics Agency",
        ),
        *(
            Indicator(
                each.name,
                col(each.name),
                "count",
                "neither",
                0,
                "received",
                RECORDS,
                limit_of=each.estimate if each.limit else "",
            )
            for each in APPLICANTS
        ),
        Indicator(
            "appeals_per_applicant",
            col("received") / col("applicants"),
            "per_person",
            "neither",
            2,
            "applicants",
            RECORDS,
        ),
        Indicator("proposals", col("proposals"), "count", "neither", 0, "proposals", RECORDS),
        Indicator("taken_up", col("taken_up"), "count", "higher", 0, "proposals", RECORDS),
        Indicator("harassment", col("harassment"), "count", "neither", 0, "received", RECORDS),
        Indicator(
            "acts", col("acts"), "count", "neither", 0, "acts", "Register of resulting acts; lex.uz"
        ),
    )
}


def check(indicators: dict[str, Indicator]) -> None:
    """Refuses an indicator whose formula reads something that is not measured."""
    for indicator in indicators.values():
        for name in (*indicator.inputs, indicator.base):
            if name not in MEASURES:
                raise DeclarationError(
                    "Unknown measure",
                    f"Indicator '{indicator.name}' reads '{name}', which no measure is called.",
                    "Declare the measure, or correct the formula.",
                )


check(INDICATORS)
