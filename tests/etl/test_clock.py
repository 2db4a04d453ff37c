"""The statutory clock: golden cases from the law's wording, and that it never moves back."""

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SourceError
from etl.clock import NO_CLOCK, read_clock, register, with_terms
from etl.references import REFERENCE

LAW = read_clock(REFERENCE / "terms.toml")
TERMLESS = """
version = "1"
name = "a law"
working_rule = "a rule"
[[term]]
kinds = ["complaint"]
from = 2000-01-01
source = "a source"
"""
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
MOMENTS = st.datetimes(*map(datetime.fromisoformat, ("2016-01-01", "2026-12-01")))
KINDS = st.sampled_from(["application", "complaint", "proposal"])


def terms(
    day: date,
    kind: str | None = "complaint",
    *,
    study: bool = False,
    extended: bool = False,
    until: date | None = None,
) -> tuple[date | None, date | None]:
    frame = pl.DataFrame(
        {
            "registered": [day],
            "kind": [kind],
            "extra_study": [study],
            "extended": [extended],
            "extended_until": [until],
        },
        schema_overrides={"kind": pl.String, "extended_until": pl.Date},
    )
    told = with_terms(frame, LAW)
    return told["due"].item(), told["due_extended"].item()


@pytest.mark.parametrize("kind", ["application", "complaint"])
def test_an_application_or_complaint_has_fifteen_days(kind: str) -> None:
    assert terms(date(2019, 3, 1), kind)[0] == date(2019, 3, 16)
    assert terms(date(2019, 2, 20), kind)[0] == date(2019, 3, 7)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2019, 3, 15), date(2019, 4, 15)),
        (date(2019, 1, 31), date(2019, 2, 28)),
        (date(2020, 1, 31), date(2020, 2, 29)),
        (date(2019, 12, 31), date(2020, 1, 31)),
        (date(2019, 8, 31), date(2019, 9, 30)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last(day: date, due: date) -> None:
    assert terms(day, "proposal")[0] == due
    assert terms(day, "complaint", study=True)[0] == due


def test_extra_study_does_not_lengthen_a_proposal() -> None:
    assert terms(date(2019, 3, 15), "proposal", study=True)[0] == date(2019, 4, 15)


def test_an_extension_leaves_the_original_term_and_adds_at_most_a_month() -> None:
    start, due = date(2019, 3, 1), date(2019, 3, 16)

    assert terms(start) == (due, due)
    assert terms(start, extended=True) == (due, date(2019, 4, 16))
    assert terms(start, until=date(2019, 3, 30)) == (due, date(2019, 3, 30))
    assert terms(start, until=date(2019, 9, 1)) == (due, date(2019, 4, 16))
    assert terms(start, until=date(2019, 3, 2)) == (due, due)


def test_the_law_before_and_after_september_2017_is_one_clock() -> None:
    assert terms(date(2017, 9, 11))[0] == date(2017, 9, 26)
    assert terms(date(2017, 9, 12))[0] == date(2017, 9, 27)


def test_what_has_no_kind_and_what_has_no_law_is_never_due() -> None:
    assert terms(date(2019, 3, 1), kind=None) == (None, None)
    assert (
        with_terms(pl.DataFrame({"registered": [date(2019, 3, 1)]}), NO_CLOCK)["due"].item() is None
    )


@given(DAYS, st.integers(0, 400), KINDS, st.booleans(), st.booleans())
def test_the_clock_never_moves_back(
    day: date, later: int, kind: str, study: bool, extended: bool
) -> None:
    first = terms(day, kind, study=study, extended=extended)
    second = terms(day + timedelta(days=later), kind, study=study, extended=extended)

    assert first[0] is not None
    assert second[0] is not None
    assert day < first[0] <= second[0]
    assert first[1] is not None
    assert second[1] is not None
    assert first[0] <= first[1] <= second[1]


@pytest.mark.parametrize(
    ("received", "registered"),
    [
        ("2019-03-01T17:59", date(2019, 3, 1)),  # a Friday
        ("2019-03-01T18:00", date(2019, 3, 4)),
        ("2019-03-02T10:00", date(2019, 3, 4)),
        ("2019-03-07T20:00", date(2019, 3, 11)),  # 8 March is a holiday, then a weekend
        ("2019-03-04T00:00", date(2019, 3, 4)),
    ],
)
def test_after_hours_and_on_days_off_the_next_working_day_registers(
    received: str, registered: date
) -> None:
    assert register(pl.Series([datetime.fromisoformat(received)]), LAW).item() == registered


def test_a_weekend_day_that_was_made_a_working_day_registers() -> None:
    moved = min(day for day in LAW.working if day.year == 2018)

    assert moved.weekday() >= 5
    assert register(pl.Series([datetime.combine(moved, datetime.min.time())]), LAW).item() == moved


def test_a_file_of_overrides_stands_in_place_of_the_calendar(tmp_path: Path) -> None:
    law = (REFERENCE / "terms.toml").read_text(encoding="utf-8")
    named = 'calendar = "calendar_uz.csv"\n'
    (tmp_path / "terms.toml").write_text(law.replace(named, f'{named}overrides = "own.csv"\n'))
    (tmp_path / "calendar_uz.csv").write_bytes((REFERENCE / "calendar_uz.csv").read_bytes())
    own = "date,kind\n2019-03-08,workday\n2019-03-05,holiday\n2019-03-09,working_weekend\n"
    (tmp_path / "own.csv").write_text(own)
    clock = read_clock(tmp_path / "terms.toml")
    days = [datetime.fromisoformat(f"2019-03-{day:02}T10:00") for day in (5, 8, 9, 10)]

    assert register(pl.Series(days), LAW).to_list() == [
        date(2019, 3, 5),
        *[date(2019, 3, 11)] * 3,
    ]
    assert register(pl.Series(days), clock).to_list() == [
        date(2019, 3, 6),
        date(2019, 3, 8),
        date(2019, 3, 9),
        date(2019, 3, 11),
    ]


def test_a_calendar_with_a_day_of_no_kind_is_refused_by_its_line(tmp_path: Path) -> None:
    law = (REFERENCE / "terms.toml").read_text(encoding="utf-8")
    (tmp_path / "terms.toml").write_text(law)
    (tmp_path / "calendar_uz.csv").write_text("date,kind\n2019-03-08,holiday\n2019-03-09,fest\n")

    with pytest.raises(SourceError, match="line 3: the kind 'fest'"):
        read_clock(tmp_path / "terms.toml")


@given(MOMENTS, st.integers(0, 100_000))
def test_registration_never_comes_before_receipt_nor_moves_back(
    received: datetime, minutes: int
) -> None:
    pair = pl.Series([received, received + timedelta(minutes=minutes)], dtype=pl.Datetime("us"))

    first, second = register(pair, LAW).to_list()

    assert received.date() <= first <= second


def test_the_rule_that_was_applied_is_stated_with_its_source() -> None:
    stated = LAW.stated()

    assert stated["version"]
    assert 'no "overdue"' in stated["working_rule"]
    assert all(term["source"] for term in stated["term"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version = 1", "version"),
        ("[[term", "TOMLDecodeError"),
        (TERMLESS, "either days or months"),
    ],
)
def test_terms_that_are_not_sound_are_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SourceError, match=told):
        read_clock(path)
