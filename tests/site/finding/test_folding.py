"""Folding takes away what readers write in many ways, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import codelists
from data.codelists import Code
from data.dimensions import DIMENSIONS
from data.folding import APOSTROPHES, LETTERS, folded
from tests.site.small_release import REFERENCE

NAMED: list[Code] = [
    code for name in DIMENSIONS for code in codelists.read(REFERENCE / f"{name}.csv", name).codes
]
WRITTEN = st.text(st.sampled_from(sorted({*LETTERS, *"abcdefghijklmnoprstuvyz", *"0123456789 -."})))


@given(st.one_of(st.text(), WRITTEN))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.one_of(st.text(), WRITTEN))
def test_only_plain_letters_digits_and_single_spaces_are_left(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", folded(text))


@given(WRITTEN)
def test_case_does_not_count(text: str) -> None:
    assert folded(text.upper()) == folded(text)


@given(st.lists(st.text("abgostu", min_size=1), min_size=2), st.sampled_from(APOSTROPHES))
def test_no_apostrophe_counts(parts: list[str], apostrophe: str) -> None:
    assert folded(apostrophe.join(parts)) == folded("".join(parts))


@pytest.mark.parametrize("code", NAMED, ids=lambda code: code.code)
def test_both_alphabets_of_uzbek_fold_alike(code: Code) -> None:
    assert folded(code.name("uz")) == folded(code.name("uz-cyrl"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fargʻona", "fargona"),
        ("Farg'ona", "Фарғона"),
        ("Oʼzbekiston", "Ўзбекистон"),
        ("Õzbekiston", "Oʻzbekiston"),  # the alphabet that is proposed
        ("Şahar", "шаҳар"),
        ("Bukhara", "buxara"),
        ("Kashkadarya", "Кашкадарья"),
        ("Жиззах", "Jizzakh"),
        ("ҚОРАҚАЛПОҒИСТОН", "qoraqalpogiston"),
        ("Syrdarya", "Сырдарья"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_different_places_stay_apart() -> None:
    names = {folded(code.name("uz")) for code in NAMED if code.level in {"region", "agency"}}
    assert len(names) == len({code.code for code in NAMED if code.level in {"region", "agency"}})
