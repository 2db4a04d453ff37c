"""A person becomes a number that equals the standard HMAC, and the name is gone."""

import hmac
from datetime import date
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clock import NO_CLOCK
from etl.extract import IDENTIFIER
from etl.pseudonymise import person_numbers, pseudonymise
from etl.stages import DATES, Valid

KEY = bytes(range(32))


def number(*identifiers: str | None, key: bytes = KEY) -> int | None:
    frame = pl.DataFrame(
        {f"{IDENTIFIER}{place}": [text] for place, text in enumerate(identifiers)},
        schema=dict.fromkeys(
            (f"{IDENTIFIER}{place}" for place in range(len(identifiers))), pl.String
        ),
    )
    found: int | None = person_numbers(frame, key).item()
    return found


def reference(text: str, key: bytes = KEY) -> int:
    return int.from_bytes(hmac.new(key, text.encode(), sha256).digest()[:8], "big")


@given(
    st.from_regex(r"[a-z0-9ўқғҳа-я.-]{1,60}", fullmatch=True), st.binary(min_size=1, max_size=100)
)
def test_the_number_is_the_head_of_the_standard_hmac(text: str, key: bytes) -> None:
    assert number(text, key=key) == reference(text, key)


def test_case_and_spaces_do_not_make_another_person() -> None:
    assert number(" Ab 12 ") == number("aB12") == reference("ab12")


def test_two_identifiers_are_kept_apart() -> None:
    assert number("ab", "c") != number("a", "bc")
    assert number("ab", None) == reference("ab\x1f")


def test_nobody_has_no_number() -> None:
    assert number(None) is None
    assert number(None, None) is None


def test_another_key_makes_another_number() -> None:
    assert number("ab") != number("ab", key=bytes(32))


def test_the_same_identifier_under_the_same_key_is_the_same_number() -> None:
    assert number("30505901234567") == number("30505901234567")


def year_key(year: int | None) -> bytes:
    return bytes([(year or 0) % 256]) * 32


def batch(*rows: tuple[str | None, date | None, date | None]) -> pl.DataFrame:
    """Rows of an identifier, a day of registration and one of the answer."""
    columns = (f"{IDENTIFIER}0", "registered", "answered")
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    moments = [pl.col(name).cast(pl.Datetime("us")) for name in columns[1:]]
    return frame.with_columns(pl.lit(None, pl.Datetime("us")).alias("received"), *moments)


def held(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows as rows that broke a rule."""
    dates = ("received", "registered", "answered")
    return frame.select(pl.exclude(dates), pl.struct(dates).alias(DATES))


def numbers_of(frame: pl.DataFrame) -> list[tuple[int | None, ...]]:
    """Both numbers of each row; accepted and rejected rows have the same."""
    told = pseudonymise(Valid(frame, held(frame)), year_key, NO_CLOCK)
    numbers = ("person", "person_when_answered")
    assert told.frame.select(numbers).rows() == told.rejected.select(numbers).rows()
    return told.frame.select(numbers).rows()


def test_a_person_has_the_number_of_the_year_in_which_the_appeal_was_registered() -> None:
    rows = batch(("ab", date(2018, 12, 31), None), ("ab", date(2019, 1, 1), None))

    old, new = (reference("ab", year_key(year)) for year in (2018, 2019))

    assert numbers_of(rows) == [(old, old), (new, new)]


def test_an_appeal_across_new_year_has_the_number_of_both_years() -> None:
    rows = batch(
        ("ab", date(2018, 12, 20), date(2019, 1, 10)),
        ("ab", date(2019, 1, 5), date(2019, 1, 10)),
        ("cd", date(2017, 5, 5), date(2019, 1, 10)),
        (None, date(2018, 12, 20), date(2019, 1, 10)),
    )

    def under(year: int, text: str = "ab") -> int:
        return reference(text, year_key(year))

    assert numbers_of(rows) == [
        (under(2018), under(2019)),
        (under(2019), under(2019)),
        (under(2017, "cd"), under(2019, "cd")),
        (None, None),
    ]


def test_a_row_without_a_date_is_hidden_with_the_key_of_no_year() -> None:
    expected = reference("ab", year_key(None))

    assert numbers_of(batch(("ab", None, None))) == [(expected, expected)]


@pytest.mark.parametrize("which", ["frame", "rejected"])
def test_no_identifier_is_left_in_accepted_or_rejected_rows(which: str) -> None:
    named = batch(("30505901234567", date(2019, 1, 1), None), (None, date(2019, 1, 1), None))

    told = getattr(pseudonymise(Valid(named, held(named)), year_key, NO_CLOCK), which)

    assert not [name for name in told.columns if name.startswith(IDENTIFIER) or name == DATES]
    assert told["person"].to_list() == [reference("30505901234567", year_key(2019)), None]


def test_rows_out_of_quarantine_keep_their_numbers() -> None:
    rows = batch((None, date(2018, 12, 1), date(2019, 1, 1))).drop(f"{IDENTIFIER}0")
    numbered = rows.with_columns(person=7, person_when_answered=8)

    assert numbers_of(numbered) == [(7, 8)]
