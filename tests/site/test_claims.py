"""What two percentages tell of each other: by rounding as people round, and by arithmetic alone."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.analyses.denominators import EVENTS
from data.claims import QUOTED, SAYS, Claim, both_at_least, fit, lie, read_percent


@pytest.mark.parametrize(
    ("text", "percent"),
    [("84", "84"), (" 83,7 % ", "83.7"), ("83.70", "83.70"), ("0", "0"), ("100%", "100")],
)
def test_a_percentage_is_read_as_people_write_it(text: str, percent: str) -> None:
    assert str(read_percent(text)) == percent


@pytest.mark.parametrize("text", ["", "abc", "101", "-1", "8 4", "1e1", "83.777", "٨٤", "1/2"])
def test_what_is_no_percentage_is_none(text: str) -> None:
    assert read_percent(text) is None


def claim(percent: str, says: str = "positive") -> Claim:
    return Claim(Decimal(percent), says)


def test_a_claim_is_compared_at_the_place_that_it_was_rounded_to() -> None:
    assert claim("84").agrees(938, 1120)
    assert claim("83.75").agrees(938, 1120)
    assert not claim("83.7").agrees(9386, 11200)
    assert not claim("84.0").agrees(938, 1120)


def test_a_share_that_is_rounded_twice_does_not_come_nearer() -> None:
    """83.4996 % is 83.50 % to two places, and yet never 84 %."""
    assert not claim("84").agrees(834_996, 1_000_000)
    assert claim("83").agrees(834_996, 1_000_000)


@given(st.integers(1, 10**6), st.data(), st.integers(0, 2))
def test_what_a_share_is_rounded_to_is_a_claim_that_it_agrees_with(
    base: int, data: st.DataObject, places: int
) -> None:
    part = data.draw(st.integers(0, base))
    rounded = (Decimal(100 * part) / base).quantize(Decimal(10) ** -places)
    assert Claim(rounded, "positive").agrees(part, base)


def share(part: set[int], whole: set[int]) -> Claim:
    exact = Decimal(100 * len(part)) / len(whole)
    return Claim(exact.quantize(Decimal("0.01")), "positive")


@given(
    st.lists(
        st.sampled_from(["positive", "clarified", "refused", "passed_on", "open"]),
        min_size=12,
        max_size=12,
    ),
    st.lists(st.sampled_from(["satisfied", "not_satisfied", ""]), min_size=12, max_size=12),
)
def test_events_lie_in_a_whole_as_they_are_said_to(outcomes: list[str], marks: list[str]) -> None:
    """Of twelve appeals with any outcomes and marks, no two shares contradict what is said."""
    marks = ["" if o == "open" else m for o, m in zip(outcomes, marks, strict=True)]
    found = {event: {n for n in range(12) if event in {outcomes[n], marks[n]}} for event in EVENTS}
    found["not_positive"] = set(range(12)) - found["positive"]
    marked = found["satisfied"] | found["not_satisfied"]
    for one, other in product(EVENTS, EVENTS):
        whole = marked if {one, other} == {"satisfied", "not_satisfied"} else set(range(12))
        if not whole:
            continue
        shares = [share(found[each] & whole, whole) for each in (one, other)]
        assert fit(shares[0], shares[1], lie(one, other)), (one, other)
        both = len(found[one] & found[other])
        least = both_at_least(shares[0].percent, shares[1].percent)
        assert both * 100 / len(whole) >= float(least) - 0.02


def test_the_two_that_were_quoted_are_not_shares_of_one_set_of_appeals() -> None:
    satisfied, unresolved = (each.claim for each in QUOTED)
    assert not fit(satisfied, unresolved, lie("positive", "not_positive"))
    assert both_at_least(satisfied.percent, unresolved.percent) == 39
    assert lie("satisfied", "not_positive") == "free"


def test_each_thing_that_a_claim_may_say_is_an_event_of_the_file() -> None:
    assert {event for events in SAYS.values() for event in events} == EVENTS.keys()
    assert all(each.source and each.year for each in QUOTED)
