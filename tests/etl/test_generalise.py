"""What an appeal is generalised to, field by field."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from data.codelists import Code, Codelist
from etl.clock import NO_CLOCK, Clock, read_clock
from etl.generalise import Surroundings, generalise, not_collected
from etl.record import FIELDS, TYPES
from etl.references import REFERENCE
from etl.stages import Pseudonymous

LAW = read_clock(REFERENCE / "terms.toml")


def listed(dimension: str, **parents: str) -> Codelist:
    codes = (Code(code, dimension, parent, ()) for code, parent in parents.items())
    return Codelist(dimension, tuple(codes))


LISTS = {
    "agency": listed("agency", roads="works"),
    "area": listed("area", north="_T", n1="north"),
    "theme": listed("theme", holes="_T"),
    "outcome": listed("outcome", satisfied="positive"),
}


def told(clock: Clock = LAW, **values: Any) -> dict[str, Any]:
    record = {"registered": datetime.fromisoformat("2019-03-10"), "appeal_id": "1", **values}
    schema = {name: TYPES[field.kind] for name, field in FIELDS.items()}
    numbers = dict.fromkeys(("person", "person_when_answered", "answer_print", "row"), pl.UInt64)
    frame = pl.DataFrame([record], schema={**schema, **numbers})
    staged = generalise(Pseudonymous(frame, frame.clear()), Surroundings(LISTS, clock))
    return staged.row(0, named=True)


def test_parents_come_from_the_code_lists() -> None:
    found = told(agency="roads", district="n1", theme="holes", outcome="satisfied")

    assert (found["sector"], found["outcome_class"]) == ("works", "positive")
    assert (found["region"], found["district"]) == ("north", "n1")
    assert found["theme_group"] is None


def test_a_district_says_more_than_the_region_beside_it() -> None:
    assert told(region="south", district="n1")["region"] == "north"
    assert told(region="south")["region"] == "south"


@pytest.mark.parametrize(
    ("field", "value", "flag"),
    [
        ("gender", "female", "women"),
        ("applicant", "entrepreneur", "entrepreneur"),
        ("applicant", "investor", "investor"),
        ("applicant", "legal_entity", "legal_entity"),
        ("age", 29, "under_30"),
        ("age", 60, "over_60"),
        ("reopened_at", datetime.fromisoformat("2019-05-01"), "reopened"),
        ("extended_until", date(2019, 4, 1), "extended"),
        ("satisfaction", 3, "asked"),
        ("women", True, "women"),
        ("hardship", True, "hardship"),
    ],
)
def test_a_trait_is_told_by_any_field_that_shows_it(field: str, value: Any, flag: str) -> None:
    assert told(**{field: value})[flag] is True
    assert told()[flag] is False


def test_someone_of_thirty_is_neither_young_nor_old() -> None:
    found = told(age=30)

    assert (found["under_30"], found["over_60"]) == (False, False)


def test_days_are_counted_from_registration_and_never_below_none() -> None:
    answered = datetime.fromisoformat("2019-03-25T10:00")
    early = datetime.fromisoformat("2019-03-09T10:00")

    assert told(answered=answered)["response_days"] == 15
    assert told(received=early, answered=early)["response_days"] == 0
    assert told()["response_days"] is None


MIDNIGHT, TEN = "2019-03-10", "2019-03-10T10:00"


@pytest.mark.parametrize(
    ("received", "registered", "answered", "timed", "within_hour"),
    [
        (None, TEN, "2019-03-10T11:00:00", True, True),
        (None, TEN, "2019-03-10T11:00:01", True, False),
        ("2019-03-08T20:00", TEN, "2019-03-10T10:30", True, True),
        ("2019-03-08T20:00", TEN, "2019-03-09T12:00", True, False),
        ("2019-03-10T09:30", TEN, "2019-03-10T09:40", True, True),
        ("2019-03-10T09:30", TEN, "2019-03-10T09:00", True, True),
        (TEN, MIDNIGHT, "2019-03-10T10:20", True, True),
        (TEN, MIDNIGHT, "2019-03-12T10:20", True, False),
        (None, MIDNIGHT, "2019-03-10T00:20", False, False),
        (None, TEN, MIDNIGHT, False, False),
        (None, TEN, None, False, False),
    ],
)
def test_an_hour_is_counted_from_registration_or_receipt_where_both_moments_have_one(
    received: str | None, registered: str, answered: str | None, timed: bool, within_hour: bool
) -> None:
    moments: dict[str, Any] = {"received": received, "registered": registered, "answered": answered}
    moments = {name: text and datetime.fromisoformat(text) for name, text in moments.items()}
    found = told(**moments)

    assert (found["timed"], found["within_hour"]) == (timed, within_hour)


def test_without_a_day_of_registration_the_law_says_when_it_was() -> None:
    friday_evening = datetime.fromisoformat("2019-03-01T19:00")

    assert told(registered=None, received=friday_evening)["registered"] == date(2019, 3, 4)
    assert told(NO_CLOCK, registered=None, received=friday_evening)["registered"] == date(
        2019, 3, 1
    )


def test_what_neither_fields_nor_lists_give_is_not_collected() -> None:
    missing = not_collected(
        {"registered", "agency", "theme", "district"}, Surroundings(LISTS, LAW), {"person"}
    )

    assert {"theme_group", "sector", "person", "due", "kind"} <= missing
    assert not {"registered", "agency", "theme", "district"} & missing
