"""A person becomes a number that equals the standard HMAC, and the name is gone."""

import hmac
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import IDENTIFIER
from etl.pseudonymise import person_numbers, pseudonymise
from etl.stages import Valid

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


@settings(deadline=None)
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


@pytest.mark.parametrize("which", ["frame", "rejected"])
def test_no_identifier_is_left_in_accepted_or_rejected_rows(which: str) -> None:
    named = pl.DataFrame({f"{IDENTIFIER}0": ["30505901234567", None], "row": [0, 1]})

    told = getattr(pseudonymise(Valid(named, named), KEY), which)

    assert told.columns == ["row", "person"]
    assert told["person"].to_list() == [reference("30505901234567"), None]


def test_rows_out_of_quarantine_keep_their_number() -> None:
    held = pl.DataFrame({"person": [7]}, schema={"person": pl.UInt64})

    assert pseudonymise(Valid(held, held), KEY).frame["person"].to_list() == [7]
