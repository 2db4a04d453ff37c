"""Numbers and addresses that belong to one person are found in a text, and plain words are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.personal import PATTERNS, found

HELD = {
    "phone": ("+998 90 123-45-67", "998901234567", "(90) 123 45 67", "90 123 45 67", "901234567",
              "71-123-45-67", "8 (371) 123-45-67", "8-800-555-35-35", "234-56-78", "+7 495 1234567",
              "+998(90)1234567"),
    "email": ("a.b+c@mail.example.uz", "xyz@example.com"),
    "account": ("@ism_familiya", "https://t.me/ism_familiya"),
    "passport": ("AA1234567", "AA 1234567", "АВ№1234567", "aa1234567", "AB N 1234567"),
    "card": ("8600 1234 5678 9012", "8600123456789012", "8600-1234-5678-9012"),
    "personal_number": ("31234567890123",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "held"), [(name, each) for name, forms in HELD.items() for each in forms]
)
def test_what_belongs_to_a_person_is_found(name: str, held: str) -> None:
    assert name in found(held)
    assert name in found(f"Raqam: {held}, rahmat.")


@pytest.mark.parametrize(
    "text",
    ["1,234,567 appeals in 2018–2019", "85,2 %", "1 234 appeals", "1 234 567 890 ta",
     "release 2019.11.1-0a7b42a2 is wrong", "2019.11.1-95bb5027 nashrida",
     "release 2019.11.1-12345678", "/uz/agencies/AG001?period=2019-09", "/uz/regions/1703202",
     "/uz/?period=2019-10&release=2019.11.1-95123456", "district 1703202", "soni of 1703202",
     "2019-11-24 da 12:30", "2018 yilda 12345, 2019 yilda 23456", "2018: 123 456; 2019: 234 567",
     "@ 5 foiz", "85.2 va 93.25"],
)  # fmt: skip
def test_numbers_of_the_site_are_no_persons(text: str) -> None:
    assert found(text) == ()


@given(st.text("ab оў.,\n!"), st.sampled_from(sorted(PATTERNS)), st.text("ab оў.,\n!"))
def test_it_is_found_wherever_it_stands(before: str, name: str, after: str) -> None:
    assert name in found(f"{before} {HELD[name][0]} {after}")


@pytest.mark.parametrize("letter", ["a", "a.", "1", "1 ", "@", "a@", "@a.", "8(", "AA", "+1", "-"])
def test_no_text_makes_the_search_slow(letter: str) -> None:
    begun = time.process_time()
    found(letter * 50_000)
    assert time.process_time() - begun < 2
