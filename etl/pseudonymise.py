"""Pseudonymise: at the door, a person's identifiers become a number that only the vault can make.

The number is the first 8 bytes of HMAC-SHA256 under a key of the vault. Whoever lacks the key can
neither tell a person from it, nor test a guess. Keys are yearly, and a row carries two numbers:
``person`` under the key of the year in which it was registered, ``person_when_answered`` under that
of the year of its answer. So whatever is counted in a year is counted under one key.
"""

from collections.abc import Callable
from typing import Final

import polars as pl

from etl.clock import Clock, registered_on
from etl.extract import IDENTIFIER
from etl.fingerprints import without_text
from etl.keyed import keyed_numbers
from etl.stages import DATES, Pseudonymous, Valid

KeyOf = Callable[[int | None], bytes]
"""Gives the key of a year; that of None is for rows of which no year can be told."""

PERSON: Final = "person"
WHEN_ANSWERED: Final = "person_when_answered"
SEPARATOR: Final = "\x1f"


def pseudonymise(valid: Valid, key_of: KeyOf, clock: Clock) -> Pseudonymous:
    """Replaces the identifiers of accepted and rejected rows by ``person`` and
    ``person_when_answered``; the second is the first where there is no answer. The text of the
    answer becomes ``answer_print``.

    Rows that come out of quarantine have their numbers already, and keep them.
    """
    dates = valid.rejected[DATES].struct.unnest()
    return Pseudonymous(
        _nameless(valid.frame, _years(valid.frame, clock), key_of),
        _nameless(valid.rejected.drop(DATES), _years(dates, clock), key_of),
    )


def _nameless(frame: pl.DataFrame, years: pl.DataFrame, key_of: KeyOf) -> pl.DataFrame:
    return without_text(_without_names(frame, years, key_of), years["registered"], key_of)


def _years(dates: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """For each row the year of registration and that of the answer, or of registration again."""
    registered = registered_on(dates, clock).dt.year().alias("registered")
    answered = dates["answered"].dt.year()
    return pl.DataFrame([registered, answered.fill_null(registered).alias("answered")])


def _without_names(frame: pl.DataFrame, years: pl.DataFrame, key_of: KeyOf) -> pl.DataFrame:
    identifiers = [name for name in frame.columns if name.startswith(IDENTIFIER)]
    if not identifiers:
        nobody = [pl.lit(None, pl.UInt64).alias(name) for name in (PERSON, WHEN_ANSWERED)]
        return frame if PERSON in frame.columns else frame.with_columns(nobody)
    named = frame.select(identifiers)
    person = _numbers_by_year(named, years["registered"], key_of)
    later = years["answered"].ne_missing(years["registered"]).arg_true()
    at_answer = _numbers_by_year(named[later], years["answered"][later], key_of)
    return frame.drop(identifiers).with_columns(
        person.alias(PERSON), person.scatter(later, at_answer).alias(WHEN_ANSWERED)
    )


def _numbers_by_year(identifiers: pl.DataFrame, years: pl.Series, key_of: KeyOf) -> pl.Series:
    """A number for each row, under the key of its year."""
    numbers = _nobody(years.len())
    for year in years.unique():
        rows = years.eq_missing(year).arg_true()
        numbers = numbers.scatter(rows, person_numbers(identifiers[rows], key_of(year)))
    return numbers


def _nobody(rows: int) -> pl.Series:
    return pl.Series(PERSON, [None], dtype=pl.UInt64).new_from_index(0, rows)


def person_numbers(identifiers: pl.DataFrame, key: bytes) -> pl.Series:
    """A number for each row; null where none of its identifiers is given."""
    joined = identifiers.select(
        pl.when(pl.any_horizontal(pl.all().is_not_null())).then(
            pl.concat_str([_normal(name) for name in identifiers.columns], separator=SEPARATOR)
        )
    ).to_series()
    given = joined.drop_nulls()
    numbers = pl.Series(keyed_numbers(given, key), dtype=pl.UInt64)
    return _nobody(joined.len()).scatter(joined.is_not_null().arg_true(), numbers)


def _normal(name: str) -> pl.Expr:
    """Case and spaces do not make another person."""
    return pl.col(name).str.to_lowercase().str.replace_all(r"\s+", "").fill_null("")
