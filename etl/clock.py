"""The statutory clock: the last day of the original and of the extended term of each appeal.

The terms are data with dates of validity (``data/reference/terms.toml``, or a source's own file).
What the law does not define stands there as the working rule, and is published with each release.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import polars as pl
from pydantic import Field, ValidationError

from data.errors import SourceError
from etl.mapping import Section, Texts

DAY_KINDS: Final = ("holiday", "working_weekend", "workday")
"""What a day of a calendar is; of a day that is given twice the first of these counts."""
FAR: Final = date(9999, 12, 31)
LONGEST_BREAK: Final = 31
"""Days that are looked through for the next working day."""


class Term(Section):
    """How long a body has, for some kinds of appeal, while the term is valid.

    Either ``days`` or ``months``; ``extra_study_months`` replaces it where study is needed.
    """

    kinds: Annotated[Texts, Field(min_length=1)]
    from_: Annotated[date, Field(alias="from")]
    until: date = FAR
    days: int = 0
    months: int = 0
    extra_study_months: int = 0
    extension_months: int = 0
    source: str


class Registration(Section):
    """When an appeal that came in is registered: the office's closing time, its calendar of days
    off and working weekends, and a second file whose days stand in place of the calendar's."""

    closes: str
    calendar: str = ""
    overrides: str = ""


class Terms(Section):
    """A file of terms."""

    version: str
    name: str
    working_rule: str
    names: Mapping[str, str] = {}
    working_rules: Mapping[str, str] = {}
    registration: Registration | None = None
    term: tuple[Term, ...]


@dataclass(frozen=True)
class Clock:
    """The clock of one source; without terms nothing is ever due.

    ``days_off`` are the holidays, ``working`` the weekend days that were made working days.
    """

    terms: Terms | None
    days_off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def stated(self) -> Mapping[str, Any]:
        """The rule as it is published."""
        if self.terms is None:
            return {"none": True}
        return self.terms.model_dump(mode="json", by_alias=True)


NO_CLOCK: Final = Clock(None)


def read_clock(path: Path) -> Clock:
    """Reads a file of terms and its calendar. Raises ``SourceError`` naming what is wrong in it."""
    try:
        terms = Terms.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refusal(path, f"it cannot be read ({type(error).__name__})") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise _refusal(path, f"{place}: {first['msg']}") from None
    for term in terms.term:
        if bool(term.days) == bool(term.months):
            raise _refusal(path, f"the term of {term.kinds[0]} needs either days or months")
    return _with_calendar(terms, path)


def _refusal(path: Path, what: str) -> SourceError:
    return SourceError("Terms", f"{path.name}: {what}.", "See data/reference/terms.toml.")


def _with_calendar(terms: Terms, path: Path) -> Clock:
    told = terms.registration
    days: dict[date, str] = {}
    for name in (told.calendar, told.overrides) if told else ():
        days |= _days_of(path, name) if name else {}
    of_kind = {kind: frozenset(d for d, k in days.items() if k == kind) for kind in DAY_KINDS}
    return Clock(terms, of_kind["holiday"], of_kind["working_weekend"])


def _days_of(path: Path, name: str) -> dict[date, str]:
    """The days of a calendar beside the terms, each with its kind; a holiday that is also a working
    weekend stays a holiday."""
    try:
        with (path.parent / name).open(encoding="utf-8") as file:
            rows = [(date.fromisoformat(row["date"]), row["kind"]) for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError) as error:
        raise _refusal(path, f"{name} cannot be read ({type(error).__name__})") from None
    for number, (_day, kind) in enumerate(rows, 2):
        if kind not in DAY_KINDS:
            raise _refusal(path, f"{name}, line {number}: the kind '{kind[:20]}' is none of a day")
    return dict(sorted(rows, key=lambda row: DAY_KINDS.index(row[1]), reverse=True))


def registered_on(appeals: pl.DataFrame, clock: Clock) -> pl.Series:
    """The day of ``registered`` where it is told, and otherwise that which ``received`` leads to;
    null where neither is."""
    told = appeals["registered"].cast(pl.Date)
    if told.null_count() == 0:
        return told
    return told.zip_with(told.is_not_null(), register(appeals["received"], clock))


def register(received: pl.Series, clock: Clock) -> pl.Series:
    """The day on which an appeal received at a moment is registered.

    The same day, or the next working day after hours and on days off where the clock says so.
    """
    day = received.cast(pl.Date)
    if clock.terms is None or clock.terms.registration is None or not day.count():
        return day
    closes = time.fromisoformat(clock.terms.registration.closes)
    after_hours = received.dt.time() >= closes
    first_chance = day.dt.offset_by("1d").zip_with(after_hours.fill_null(value=False), day)
    table = _working_days(first_chance, clock)
    return first_chance.replace_strict(table, default=None, return_dtype=pl.Date)


def _working_days(days: pl.Series, clock: Clock) -> dict[date, date]:
    """Each day of a column → itself, or the next working day."""
    return {day: _next_working(day, clock) for day in days.drop_nulls().unique().to_list()}


def _next_working(day: date, clock: Clock) -> date:
    ahead = (day + timedelta(days=step) for step in range(LONGEST_BREAK))
    return next((each for each in ahead if _is_working(each, clock)), day)


def _is_working(day: date, clock: Clock) -> bool:
    if day in clock.days_off:
        return False
    return day.weekday() < 5 or day in clock.working


def with_terms(appeals: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """Adds ``due`` and ``due_extended`` to appeals.

    Reads ``registered``, ``kind``, ``extra_study``, ``extended``, ``extended_until``. The extended
    term is never longer than the law allows, nor shorter than the original.
    """
    if clock.terms is None:
        nothing = pl.lit(None, pl.Date)
        return appeals.with_columns(due=nothing, due_extended=nothing)
    terms = clock.terms.term
    due = pl.coalesce(_when_valid(term, _original(term)) for term in terms)
    longest = pl.coalesce(_when_valid(term, _later("due", term.extension_months)) for term in terms)
    told = pl.coalesce("extended_until", pl.when(pl.col("extended")).then("longest"), "due")
    return (
        appeals.with_columns(due=due)
        .with_columns(longest=longest)
        .with_columns(due_extended=told.clip(pl.col("due"), pl.col("longest")))
        .with_columns(due_extended=pl.when(pl.col("due").is_not_null()).then("due_extended"))
        .drop("longest")
    )


def _when_valid(term: Term, day: pl.Expr) -> pl.Expr:
    valid = pl.col("registered").is_between(term.from_, term.until)
    return pl.when(valid & pl.col("kind").is_in(list(term.kinds))).then(day)


def _original(term: Term) -> pl.Expr:
    plain = _later("registered", term.months, term.days)
    if not term.extra_study_months:
        return plain
    studied = _later("registered", term.extra_study_months)
    return pl.when(pl.col("extra_study")).then(studied).otherwise(plain)


def _later(column: str, months: int, days: int = 0) -> pl.Expr:
    """Calendar months, ending on a month's last day where it has no such day, then days."""
    return pl.col(column).dt.offset_by(f"{months}mo{days}d")
