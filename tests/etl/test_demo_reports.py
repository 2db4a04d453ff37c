"""What the bodies of the demonstration report comes in, is marked, and agrees with the appeals."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from data.reports import REPORTS
from etl.demo import generate
from etl.mapping import read_mapping
from etl.reports import read_reports
from tests.etl.test_demo import fault, moment, table

MAPPING = Path(__file__).resolve().parents[2] / "mappings" / "demo.toml"
CHANNELS = {"xalq_qabulxonasi": "reception_offices", "call_markaz": "call_centre"}
Reports = Mapping[str, pl.DataFrame]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    generate(f"sqlite:///{folder}/demo.db", 6_000)
    return folder


@pytest.fixture(scope="module")
def reports(folder: Path) -> Reports:
    return read_reports(read_mapping(MAPPING), f"sqlite:///{folder}/demo.db", 10)


def test_every_report_is_there_and_every_invented_row_says_so(reports: Reports) -> None:
    assert reports.keys() == REPORTS.keys()
    for name, frame in reports.items():
        assert frame.height
        is_invented = frame["source"].str.starts_with("Namoyish uchun oʻylab topilgan")
        assert is_invented.all() or name == "surveys"


def test_the_survey_that_was_held_is_as_published_and_not_called_invented(reports: Reports) -> None:
    frame = reports["surveys"]
    is_invented = frame["source"].str.starts_with("Namoyish uchun oʻylab topilgan")
    held = frame.filter(~is_invented)
    assert held.select("question", "share", "sample").rows() == [
        ("aware", 90.0, 1510),
        ("confident", 88.0, 1510),
        ("satisfied_staff", 80.0, 1510),
    ]
    assert {*held["survey"]} == {"people_reception_2017"}
    assert frame.filter(is_invented)["title"].str.starts_with("Namoyish").all()


def test_the_smallest_source_reports_nothing_that_would_be_refused(tmp_path: Path) -> None:
    generate(f"sqlite:///{tmp_path}/demo.db", 1_000)

    assert read_reports(read_mapping(MAPPING), f"sqlite:///{tmp_path}/demo.db", 10)


def test_offices_stand_in_every_district_and_region(reports: Reports) -> None:
    areas = reports["reception_offices"]["area"].unique()

    assert sum(len(area) == 4 for area in areas) == 14
    assert sum(len(area) == 7 for area in areas) == 206


def test_more_people_come_and_call_than_appeals_are_registered_of_them(
    folder: Path, reports: Reports
) -> None:
    appeals: Counter[tuple[str, str]] = Counter()
    seen = set()
    for row in table(folder / "demo.db", "murojaatlar"):
        if fault(row) is None and row["murojaat_id"] not in seen:
            seen.add(row["murojaat_id"])
            day = moment(row["kelgan_vaqt"])
            quarter = f"{day.year}-Q{(day.month + 2) // 3}"
            appeals[CHANNELS.get(row["kanal"], ""), quarter] += 1
    offices = dict(reports["reception_offices"].filter(area="_T")["period", "people"].rows())
    calls = reports["call_centre"].filter(theme="_T")["period", "calls", "registered"].rows()

    assert all(
        offices[q] > n
        for (what, q), n in appeals.items()
        if what == "reception_offices" and q in offices
    )
    told = [(q, registered) for q, _, registered in calls if "Q" in q]
    assert told == [(q, appeals["call_centre", q]) for q, _ in told]
    assert all(called > registered for _, called, registered in calls)


def test_the_people_of_receptions_are_the_same_by_what_they_came_about(reports: Reports) -> None:
    by_kind = reports["receptions"].filter(reception="_T")["period", "people"]
    by_theme = reports["reception_themes"].filter(theme="_T")["period", "people"]

    assert by_kind.equals(by_theme)


def test_the_reports_lie_in_the_database_as_tables_of_their_own(folder: Path) -> None:
    connection = sqlite3.connect(folder / "demo.db")
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()

    assert {f"hisobot_{name}" for name in REPORTS} <= names
