"""A run over a source that has not changed gives the release that is there, bytes and id."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.manifest import Manifest
from data.releases import ReleaseStore
from tests.succession import FIRST_DAY, Office, of_village

JANUARY, FEBRUARY, MARCH = date(2018, 1, 31), date(2018, 2, 28), date(2018, 3, 31)
SEPTEMBER, YEAR_END = date(2018, 9, 30), date(2018, 12, 31)
DAYS = 90
ENOUGH = 6_000


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, of_village(ENOUGH, DAYS, share=0.02), FIRST_DAY)


def told_of(office: Office, release: str) -> Manifest:
    return ReleaseStore(office.releases).get(release).manifest


def test_a_first_release_that_took_several_rounds_is_the_same_again(tmp_path: Path) -> None:
    office = Office(tmp_path, of_village(300, DAYS, share=0), FIRST_DAY)
    first = office.publishes(MARCH)

    assert told_of(office, first).disclosure["attack_rounds"] > 1
    assert [office.publishes(MARCH), office.publishes(MARCH)] == [first, first]
    assert ReleaseStore(office.releases).ids() == (first,)


def test_with_releases_in_between_the_last_one_again_is_the_last_one(office: Office) -> None:
    published = [office.publishes(day) for day in (JANUARY, FEBRUARY, MARCH)]
    ledger = told_of(office, published[-1]).ledger

    assert ledger.late is ledger.withdrawn is None, "there are some"
    assert [office.publishes(MARCH), office.publishes(MARCH)] == [published[-1]] * 2
    assert {*ReleaseStore(office.releases).ids()} == {*published}


def test_a_restatement_is_not_restated_by_a_run_that_follows_it(office: Office) -> None:
    for day in (JANUARY, FEBRUARY, MARCH):
        office.publishes(day)
    restated = office.publishes(MARCH, restate=True)

    assert [office.publishes(MARCH), office.publishes(MARCH)] == [restated, restated]


def test_a_month_that_a_restatement_no_longer_has_is_not_counted_again(tmp_path: Path) -> None:
    source = of_village(ENOUGH, DAYS, share=0)
    office = Office(tmp_path, source, FIRST_DAY)
    office.publishes(MARCH)
    later = source.appeals.filter(pl.col("registered") > JANUARY)
    office = replace(office, source=replace(source, appeals=later))
    restated = office.publishes(MARCH, restate=True)

    assert office.publishes(MARCH) == restated


def test_what_was_left_out_is_left_out_again(tmp_path: Path) -> None:
    """Though it could be protected now that other sheets are gone."""
    office = Office(tmp_path, of_village(280, days=365, share=0), FIRST_DAY)
    first = office.publishes(YEAR_END)

    assert told_of(office, first).disclosure["sheets_left_out"]
    assert [office.publishes(YEAR_END), office.publishes(YEAR_END)] == [first, first]


def test_a_table_of_which_every_sheet_is_left_out_is_empty(tmp_path: Path) -> None:
    office = Office(tmp_path, of_village(100, days=273, share=0), FIRST_DAY)
    release = ReleaseStore(office.releases).get(office.publishes(SEPTEMBER))
    left_out = {each["table"] for each in release.manifest.disclosure["sheets_left_out"]}

    assert [name for name in left_out if release.tables[name].is_empty()]


def test_a_shelf_from_before_a_column_was_kept_gives_the_same_release(office: Office) -> None:
    first = office.publishes(MARCH)
    for kept in sorted(office.vault.shelf("sample").glob("*.parquet")):
        older = pl.read_parquet(kept).drop("answer_print", "timed", "within_hour")
        older.write_parquet(kept)

    assert office.publishes(MARCH) == first
