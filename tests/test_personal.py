"""Numbers that belong to one person are taken out of a text, and plain words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.personal import MASK, PATTERNS, found, masked


@pytest.mark.parametrize(
    "held",
    ["+998 90 123-45-67", "998901234567", "(90) 123 45 67", "90 123 45 67", "a.b+c@mail.example.uz",
     "AA1234567", "AA 1234567", "АВ№1234567", "8600 1234 5678 9012", "8600123456789012",
     "31234567890123"],
)  # fmt: skip
def test_what_belongs_to_a_person_is_masked(held: str) -> None:
    assert masked(f"Raqam: {held}, rahmat.") == f"Raqam: {MASK}, rahmat."


@pytest.mark.parametrize(
    "text",
    ["1,234,567 appeals in 2018–2019", "release 2019.11.1-0a7b42a2 is wrong", "85,2 %",
     "/uz/agencies/AG001?period=2019-09", "1 234 appeals", "district 1703202", "2019-11-24"],
)  # fmt: skip
def test_numbers_of_the_site_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text())
def test_nothing_is_left_to_mask(text: str) -> None:
    assert not found(masked(text))


@given(st.text("0123456789+- @AB.", max_size=60))
def test_no_long_run_of_digits_is_left(text: str) -> None:
    assert all(not pattern.search(masked(text)) for pattern in PATTERNS.values())
