"""Every rule holds back the rows that break it, and no other."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from data.codelists import Code, Codelist
from etl import rules
from etl.drift import Drift
from etl.mapping import Mapping as SourceMapping
from etl.record import FIELDS, TYPES
from etl.sources.reader import UNREADABLE
from etl.stages import Raw, Valid
from etl.validate import Reading, last_possible_day, make_reading, validate

GOOD = {
    "appeal_id": "1",
    "received": "2019-03-01 17:00",
    "registered": "2019-03-02",
    "answered": "2019-03-11",
    "agency": "roads",
    "theme": "holes",
    "status": "closed",
    "birth_date": "1990-05-05",
    "satisfaction": "4",
    "repeated": "yes",
}

COLUMNS: dict[str, dict[str, object]] = {
    **{name: {"from": name} for name in GOOD},
    "agency": {"from": "agency", "fold": True, "junk": ["Select One"], "unknown": "quarantine"},
    "theme": {"from": "theme", "codes": {"Holes": "holes"}, "fold": True, "default": "holes"},
}


def listed(dimension: str, *codes: str) -> Codelist:
    return Codelist(dimension, tuple(Code(code, dimension, "_T", ()) for code in codes))


LISTS = {"agency": listed("agency", "roads", "water"), "theme": listed("theme", "holes", "other")}


def reading(columns: dict[str, dict[str, object]] | None = None) -> Reading:
    mapping = SourceMapping.model_validate(
        {
            "source": {"name": "town", "titles": {"en": "Town"}, "time_zone": "Asia/Tashkent"},
            "columns": columns or COLUMNS,
        }
    )
    return make_reading(mapping, LISTS, date(2019, 12, 31))


def checked(given: Mapping[str, str | None], drift: Drift | None = None) -> Valid:
    texts = {UNREADABLE: None, **given}
    raw = pl.DataFrame([texts], schema=dict.fromkeys(texts, pl.String))
    numbered = raw.with_columns(pl.lit(0, pl.UInt64).alias("row"))
    return validate(Raw(numbered), reading(), Drift() if drift is None else drift)


def rule_of(**changes: str | None) -> str | None:
    valid = checked({**GOOD, **changes})
    assert valid.frame.height + valid.rejected.height == 1
    return valid.rejected["rule"].item() if valid.rejected.height else None


FAULTS: list[tuple[str, dict[str, str | None]]] = [
    (rules.MISSING_ID, {"appeal_id": None}),
    (rules.MISSING_DATE, {"registered": None}),
    (rules.MISSING_DATE, {"registered": None, "received": None}),
    (rules.MISSING_DATE, {"status": "closed", "answered": None}),
    (rules.BAD_DATE, {"registered": "31.02.2019"}),
    (rules.BAD_DATE, {"birth_date": "1990"}),
    (rules.IMPOSSIBLE_DATE, {"registered": "1999-12-31", "received": None}),
    (rules.IMPOSSIBLE_DATE, {"answered": "2020-01-01"}),
    (rules.ANSWERED_BEFORE_RECEIVED, {"answered": "2019-02-28"}),
    (rules.UNKNOWN_CODE, {"agency": "parks"}),
    (rules.UNKNOWN_CODE, {"repeated": "perhaps"}),
    (rules.MISSING_CODE, {"agency": None}),
    (rules.JUNK_CODE, {"agency": "SELECT ONE"}),
    (rules.OUT_OF_RANGE, {"satisfaction": "9"}),
    (rules.OUT_OF_RANGE, {"satisfaction": "-1"}),
    (rules.OUT_OF_RANGE, {"birth_date": "2019-04-01"}),
    (rules.OUT_OF_RANGE, {"birth_date": "1890-04-01"}),
    (rules.BAD_NUMBER, {"satisfaction": "four"}),
    (rules.BAD_NUMBER, {"satisfaction": "4.5"}),
    (rules.UNREADABLE_ROW, {UNREADABLE: "a hash"}),
]


@pytest.mark.parametrize(("rule", "changes"), FAULTS)
def test_a_row_is_held_under_the_rule_that_it_breaks(
    rule: str, changes: dict[str, str | None]
) -> None:
    assert rule_of(**changes) == rule


def test_every_rule_is_tried_and_explained() -> None:
    assert {rule for rule, _ in FAULTS} == set(rules.RULES)
    assert all(explained.endswith(".") for explained in rules.RULES.values())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"answered": "2019-03-01"},
        {"registered": "2019-12-31", "answered": "2019-12-31"},
        {"registered": "2000-01-01", "received": "2000-01-01"},
        {"agency": "ROADS"},
        {"theme": None},
        {"satisfaction": "5.0"},
        {"satisfaction": None},
        {"repeated": "Ha"},
        {"status": "open", "answered": None},
        {"birth_date": None},
    ],
)
def test_what_is_unusual_and_possible_is_accepted(changes: dict[str, str | None]) -> None:
    assert rule_of(**changes) is None


def test_of_several_rules_the_first_in_the_list_is_told() -> None:
    assert rule_of(appeal_id=None, satisfaction="9", agency=None) == rules.MISSING_ID
    assert rule_of(satisfaction="x", agency=None) == rules.MISSING_CODE


def test_a_valid_record_has_every_field_with_its_type() -> None:
    frame = checked(GOOD).frame

    assert {name: frame.schema[name] for name in FIELDS} == {
        name: TYPES[field.kind] for name, field in FIELDS.items()
    }


def test_a_rejected_row_keeps_its_texts_as_they_were() -> None:
    rejected = checked({**GOOD, "satisfaction": "9"}).rejected

    assert rejected.select(*GOOD).row(0, named=True) == {**GOOD, "satisfaction": "9"}


def test_what_the_source_says_is_open_has_no_answer() -> None:
    assert checked({**GOOD, "status": "open"}).frame["answered"].item() is None


def test_a_new_code_is_a_finding_and_not_a_guess() -> None:
    drift = Drift()

    checked({**GOOD, "theme": "volcano"}, drift)

    with pytest.raises(Exception, match=r"new_code: \[columns.theme\] has 1 new texts in 1 rows"):
        drift.stop_if_any("town")


@pytest.mark.parametrize(
    "changes",
    [
        {"codes": {"x": "gone"}},
        {"default": "gone"},
        {"unknown": "other", "other": "gone"},
    ],
)
def test_a_mapping_cannot_name_a_code_that_its_list_does_not_have(
    changes: dict[str, object],
) -> None:
    columns = {**COLUMNS, "theme": {"from": "theme", **changes}}

    with pytest.raises(Exception, match=r"\[columns.theme\] names 'gone'"):
        reading(columns)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"true": ["A"]}, [True, False, False]),
        ({"false": ["A"]}, [False, True, False]),
        ({"true": ["A"], "false": ["b"]}, [True, False, False]),
        ({"true": ["A"], "default": "a"}, [True, False, True]),
    ],
)
def test_yes_and_no_have_the_words_that_the_mapping_says(
    told: dict[str, object], expected: list[bool]
) -> None:
    columns: dict[str, dict[str, object]] = {
        "appeal_id": {"from": "a"},
        "registered": {"from": "b"},
        "repeated": {"from": "c", **told},
    }
    raw = pl.DataFrame(
        {
            "appeal_id": ["1", "2", "3"],
            "registered": ["2019-01-01"] * 3,
            "repeated": ["a", "B", None],
            UNREADABLE: pl.Series([None] * 3, dtype=pl.String),
            "row": pl.Series(range(3), dtype=pl.UInt64),
        }
    )

    found = validate(Raw(raw), reading(columns), Drift()).frame["repeated"]

    assert found.fill_null(value=False).to_list() == expected


def test_a_record_may_speak_of_no_day_after_its_date_or_after_tomorrow() -> None:
    today = date(2019, 5, 1)

    assert last_possible_day(date(2018, 1, 1), today) == date(2018, 1, 1)
    assert last_possible_day(None, today) == date(2019, 5, 2)
