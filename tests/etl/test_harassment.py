"""Reports of harassment are told only where neither a few nor nobody can be recognised by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.datasets import TABLES
from etl.aggregate import aggregate
from etl.catalogue import catalogue
from etl.intake import intake
from etl.mapping import read_mapping
from etl.protect import protect
from etl.stages import Protected
from etl.vault import Vault
from etl.verify import verify
from tests.etl import village
from tests.etl.releasing import THRESHOLD, counted, derived, with_table, written
from tests.sample import KEY

REPO = Path(__file__).resolve().parents[2]
OF_REPORTS = {"harassment", "harassment_by_region", "harassment_by_sector"}


@dataclass(frozen=True)
class Group:
    """Appeals of 2018 to one body from one district, and how many of them report harassment."""

    appeals: int
    reports: int
    agency: str
    district: str
    people: int = 10_000


MINISTRY = Group(600, 40, "AG1", "d1")


def of_2018(*groups: Group) -> list[dict[str, Any]]:
    rows = (row for row in village.appeals(6_000, 1, gaps=False) if row["registered"].year == 2018)
    return [each for group in groups for each in _of(group, rows)]


def _of(group: Group, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    place = {
        "agency": group.agency,
        "sector": _above("agency", group.agency),
        "district": group.district,
        "region": _above("area", group.district),
    }
    for number in range(group.appeals):
        yield {
            **next(rows),
            **place,
            "person": int(group.agency[2:]) * 100_000 + number % group.people,
            "harassment": number < group.reports,
        }


def _above(dimension: str, code: str) -> str:
    return next(above for above, codes in village.TREES[dimension].items() if code in codes)


def published(tmp_path: Path, *groups: Group) -> Protected:
    staged = village.staged(tmp_path, of_2018(*groups))
    return protect(aggregate(staged, THRESHOLD), THRESHOLD, KEY)


def reports(of: Protected, table: str, **codes: str) -> tuple[int | None, str]:
    row = of.tables[table].filter(
        pl.col("period") == "2018", *(pl.col(name) == code for name, code in codes.items())
    )
    return row["harassment"].item(), row["harassment_status"].item()


def test_a_region_with_one_report_is_hidden(tmp_path: Path) -> None:
    release = published(tmp_path, MINISTRY, Group(400, 1, "AG2", "d3"))

    assert reports(release, "harassment") == (41, "A")
    assert reports(release, "harassment_by_region", area="1706") == (None, "Q")
    assert reports(release, "harassment_by_region", area="1703") == (None, "Q")


@pytest.mark.parametrize("few", [0, 30])
def test_that_nobody_or_everybody_of_thirty_reported_is_hidden(tmp_path: Path, few: int) -> None:
    release = published(tmp_path, MINISTRY, Group(30, few, "AG4", "d1"))

    assert reports(release, "harassment_by_sector", agency="hokimiyats") == (None, "Q")
    assert reports(release, "harassment_by_sector", agency="ministries") == (None, "Q")


def test_that_nobody_of_five_hundred_reported_is_a_zero(tmp_path: Path) -> None:
    release = published(tmp_path, MINISTRY, Group(500, 0, "AG4", "d1"))

    assert reports(release, "harassment_by_sector", agency="hokimiyats") == (0, "A")
    assert reports(release, "harassment_by_sector", agency="ministries") == (40, "A")


def test_that_all_but_a_few_reported_is_hidden(tmp_path: Path) -> None:
    release = published(tmp_path, MINISTRY, Group(100, 95, "AG4", "d1"))

    assert reports(release, "harassment_by_sector", agency="hokimiyats") == (None, "Q")


def test_many_reports_of_few_persons_are_hidden(tmp_path: Path) -> None:
    release = published(tmp_path, MINISTRY, Group(200, 200, "AG4", "d1", people=THRESHOLD - 1))

    assert reports(release, "harassment_by_sector", agency="hokimiyats") == (None, "Q")


def test_reports_stand_in_no_table_by_agency_district_or_month_and_are_crossed_with_nothing() -> (
    None
):
    found = {name for name, table in TABLES.items() if "harassment" in table.measures}

    assert found == OF_REPORTS
    for name in found:
        levels = [level for axis in TABLES[name].axes for level in axis.levels]
        assert levels in ([], ["region"], ["sector"])
        assert set(TABLES[name].grains) <= {"year", "quarter"}
        assert TABLES[name].dated_by == "registered"


@pytest.mark.parametrize(
    ("reports_told", "of", "finding"),
    [
        (297, 300, "received without harassment: 1 values from 1 to 9 are told"),
        (0, 30, "received without harassment: 1 times nobody or everybody of a few is told"),
        (30, 30, "received without harassment: 1 times nobody or everybody of a few is told"),
    ],
)
def test_a_release_that_tells_who_did_not_report_is_found_out(
    tmp_path: Path, reports_told: int, of: int, finding: str
) -> None:
    sound = derived(tmp_path / "staged")
    frame = sound.tables["harassment_by_sector"]
    here = (pl.col("period") == "2018") & (pl.col("agency") == "hokimiyats")
    told = {"harassment": reports_told, "received": of}
    values = [pl.when(here).then(v).otherwise(name).alias(name) for name, v in told.items()]
    statuses = [
        pl.when(here).then(pl.lit("A")).otherwise(f"{name}_status").alias(f"{name}_status")
        for name in told
    ]
    spoilt = with_table(sound, "harassment_by_sector", frame.with_columns(*values, *statuses))

    findings = verify(written(spoilt, tmp_path / "releases"))

    assert f"harassment_by_sector: {finding}" in findings


def test_a_source_without_reports_has_no_table_of_them(tmp_path: Path) -> None:
    cells = counted(tmp_path, not_collected=frozenset({"harassment"}))

    assert not OF_REPORTS & set(cells.catalogue)
    assert set(cells.catalogue) == set(TABLES) - OF_REPORTS


def test_a_public_layout_that_does_not_ask_has_neither_reports_nor_outcomes(
    tmp_path: Path,
) -> None:
    mapping = read_mapping(REPO / "mappings" / "nyc_311.toml")
    source = REPO / "tests" / "etl" / "layouts" / "nyc_311.csv"
    staged = intake(mapping, str(source), Vault(tmp_path), None, lambda *_: None)

    tables = catalogue(staged.edition)

    assert "agencies" in tables
    assert not (OF_REPORTS | {"outcomes", "outcomes_by_agency"}) & set(tables)
