"""Mistakes are counted as the plain definition counts them, and only few are forgiven."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.finding.spelling import allowed, distance, nearest

WORD = st.text("abc", max_size=7)


@cache
def counted(one: str, other: str) -> int:
    """The definition, without any bound."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        counted(one[1:], other) + 1,
        counted(one, other[1:]) + 1,
        counted(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if one[:2] == other[:2][::-1] and len(one) > 1:
        ways.append(counted(one[2:], other[2:]) + 1)
    return min(ways)


@given(WORD, WORD, st.integers(0, 3))
def test_mistakes_are_counted_up_to_the_bound(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(counted(one, other), most + 1)


@given(WORD, WORD)
def test_it_does_not_matter_which_word_is_wrong(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)


@given(st.text("abcd", max_size=10), st.lists(st.text("abcd", max_size=10), max_size=20))
def test_the_nearest_words_are_those_with_the_fewest_mistakes(word: str, known: list[str]) -> None:
    apart = {each: counted(word, each) for each in known}
    fewest = min(apart.values(), default=99)
    wanted = {each for each in known if apart[each] == fewest} if fewest <= allowed(word) else set()
    assert set(nearest(word, known)) == wanted


@pytest.mark.parametrize(
    ("word", "most"), [("suv", 0), ("yer1", 1), ("toshken", 1), ("toshkent", 2)]
)
def test_short_words_may_not_be_wrong(word: str, most: int) -> None:
    assert allowed(word) == most
