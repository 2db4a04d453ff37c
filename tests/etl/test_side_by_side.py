"""What appeals tell side by side: texts that many answers share, and people who come back."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.appeal import GENERALISED, SIDE_BY_SIDE
from data.measures import RETURN_DAYS, TEMPLATE_FROM
from etl import side_by_side as room
from etl.side_by_side import side_by_side
from tests.etl import beside, village
from tests.sample import edition_of, write_months

AS_OF = date(2019, 12, 31)
GIVEN: dict[str, Any] = {
    "person": 1,
    "registered": date(2019, 3, 1),
    "answered": date(2019, 3, 5),
    "agency": "AG1",
    "theme": "roads",
    "satisfaction": 5,
}


def appeal(**changes: Any) -> dict[str, Any]:
    return dict.fromkeys(GENERALISED) | GIVEN | changes


def answered_after(days: int | None, **changes: Any) -> dict[str, Any]:
    """An appeal that is answered so many days after it was registered, or open."""
    answered = None if days is None else changes["registered"] + timedelta(days=days)
    return appeal(answered=answered, **changes)


def looked_at(rows: list[dict[str, Any]], **changes: Any) -> list[dict[str, Any]]:
    """The appeals after the look, in the order of their months."""
    edition = edition_of(village.lists(), len(rows), date(2018, 1, 1), AS_OF, **changes)
    with tempfile.TemporaryDirectory() as directory:
        write_months(Path(directory), rows)
        months = sorted(Path(directory).glob("*.parquet"))
        return pl.concat(side_by_side(months, edition)).to_dicts()


def flags(rows: list[dict[str, Any]], **changes: Any) -> list[tuple[bool, ...]]:
    return [tuple(row[name] for name in SIDE_BY_SIDE) for row in looked_at(rows, **changes)]


def returns(*rows: dict[str, Any], **changes: Any) -> int:
    return sum(row["returned"] for row in looked_at(list(rows), **changes))


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            answered_after,
            days=st.one_of(st.none(), st.integers(0, 90)),
            person=st.one_of(st.none(), st.integers(0, 3)),
            registered=st.dates(date(2018, 10, 1), date(2019, 2, 28)),
            agency=st.sampled_from(["AG1", "AG2"]),
            theme=st.sampled_from(["roads", "water", None]),
            satisfaction=st.sampled_from([None, 3, 4, 5]),
            answer_print=st.sampled_from([None, 7]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_the_flags_are_those_of_holding_each_appeal_against_every_other(
    rows: list[dict[str, Any]],
) -> None:
    expected = [tuple(row[name] for name in SIDE_BY_SIDE) for row in beside.told(rows, AS_OF)]

    assert sorted(flags(rows)) == sorted(expected)


def test_ten_answers_of_an_agency_in_a_year_make_a_template_and_nine_do_not() -> None:
    ten = [appeal(answer_print=5) for _ in range(TEMPLATE_FROM)]
    nine = ten[1:]

    assert all(row["templated"] for row in looked_at(ten))
    for tenth in (
        appeal(answer_print=6),
        appeal(answer_print=5, agency="AG2"),
        appeal(answer_print=5, registered=date(2018, 12, 31)),
        appeal(answer_print=5, answered=None),
        appeal(answer_print=None),
    ):
        assert not any(row["templated"] for row in looked_at([*nine, tenth]))


def test_the_year_is_counted_whole_though_its_months_are_looked_at_one_by_one() -> None:
    year = [appeal(answer_print=5, registered=date(2019, 1 + n, 1)) for n in range(TEMPLATE_FROM)]

    assert all(row["templated"] for row in looked_at(year))


def test_texts_counted_share_by_share_are_the_same_templates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [appeal(answer_print=number % 4) for number in range(38)]
    whole = flags(rows)
    monkeypatch.setattr(room, "SHARE_ROWS", 10)

    assert flags(rows) == whole
    assert {templated for templated, *_ in whole} == {True, False}


@pytest.mark.parametrize(("days", "comes_back"), [(0, 0), (1, 1), (RETURN_DAYS, 1), (31, 0)])
def test_a_return_comes_within_thirty_days_after_the_answer(days: int, comes_back: int) -> None:
    again = appeal(registered=GIVEN["answered"] + timedelta(days=days), answered=None)

    assert returns(appeal(), again) == comes_back


@pytest.mark.parametrize(
    "changes", [{"person": 2}, {"person": None}, {"theme": "water"}, {"theme": None}]
)
def test_another_person_or_theme_is_no_return(changes: dict[str, Any]) -> None:
    again = {"registered": date(2019, 3, 20), "answered": None}

    assert returns(appeal(), appeal(**again, **changes)) == 0
    assert returns(appeal(), appeal(**again, agency="AG2")) == 1


def test_where_no_themes_are_told_a_return_is_to_the_same_agency() -> None:
    again = {"registered": date(2019, 3, 20), "answered": None, "theme": None}
    first = appeal(theme=None)

    assert returns(first, appeal(**again), not_collected=frozenset({"theme"})) == 1
    assert returns(first, appeal(**again, agency="AG2"), not_collected=frozenset({"theme"})) == 0


@pytest.mark.parametrize(
    ("changes", "settled"),
    [
        ({"satisfaction": 4}, True),
        ({"satisfaction": 3}, False),
        ({"satisfaction": None}, False),
        ({"answered": date(2019, 12, 1)}, True),
        ({"answered": date(2019, 12, 2)}, False),
        ({"registered": date(2018, 12, 31), "answered": date(2018, 12, 31)}, False),
    ],
)
def test_only_an_answer_rated_satisfied_whose_thirty_days_lie_in_the_year_is_looked_at(
    changes: dict[str, Any], settled: bool
) -> None:
    (row,) = looked_at([appeal(**changes)])

    assert row["settled"] is settled
