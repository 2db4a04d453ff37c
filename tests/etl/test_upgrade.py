"""An upgraded programme publishes what it declares more, over a source that has not changed."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.datasets import TABLES
from data.observe import STATUS_SUFFIX
from data.releases import Release, ReleaseStore
from data.statuses import NORMAL, SUPPRESSED
from etl.disclosure.gate import DisclosureError
from etl.upgrade import programme
from tests.etl.desk import Desk
from tests.succession import FIRST_DAY, Office, of_village

NEW_TABLES = {"agency_by_kind", "control"}
NEW_COLUMNS = {"national.extended", "national.extension_rate"}
"""What an older version did not have."""
JANUARY, APRIL = date(2018, 1, 31), date(2018, 4, 30)


def as_older(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programme as it was when it declared less."""
    older = {name: table for name, table in TABLES.items() if name not in NEW_TABLES}
    national = older["national"]
    fewer = tuple(name for name in national.measures if name != "extended")
    older["national"] = replace(national, measures=fewer)
    monkeypatch.setattr("etl.catalogue.TABLES", older)
    monkeypatch.setattr("etl.attempt.programme", lambda: "older")


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str, str]:
    """A desk that published under the older version and then under this one; what it told then."""
    desk = Desk(tmp_path_factory.mktemp("upgraded"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        as_older(monkeypatch)
        assert desk.types("run").exit_code == 0
        assert "has not changed" in desk.types("run").output
    before = desk.releases.current_id()
    result = desk.types("run")
    assert result.exit_code == 0, result.output
    return desk, before, result.output


def test_the_first_run_after_an_upgrade_publishes_what_is_declared_more(
    upgraded: tuple[Desk, str, str],
) -> None:
    desk, before, told = upgraded
    earlier, now = (desk.releases.get(each) for each in (before, desk.releases.current_id()))

    assert {*now.tables} - {*earlier.tables} == NEW_TABLES
    assert "extension_rate" in {*now.tables["national"].columns}
    for name in NEW_TABLES | NEW_COLUMNS:
        assert name in told
        assert name in desk.runs()[-1][1]


def test_what_was_published_stays_and_the_gate_binds_what_is_new(
    upgraded: tuple[Desk, str, str],
) -> None:
    desk, before, _ = upgraded
    directory = desk.releases.path(desk.releases.current_id())
    checker, earlier = directory / "check.py", desk.releases.path(before)

    checked = subprocess.run(
        [sys.executable, checker, earlier], capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout
    assert_kept(desk.releases.get(before), desk.releases.get(directory.name))


def assert_kept(earlier: Release, now: Release) -> None:
    """What was final is the same, and what was hidden is hidden."""
    for name, record in earlier.manifest.tables.items():
        before = earlier.tables[name]
        both = before.join(now.tables[name], on=record.table.keys, how="left", suffix="__now")
        assert both.height == before.height
        for column in record.hidden:
            final = both.filter(pl.col(f"{column}{STATUS_SUFFIX}") == NORMAL.code)
            hidden = both.filter(pl.col(f"{column}{STATUS_SUFFIX}") == SUPPRESSED.code)
            assert final[column].equals(final[f"{column}__now"]), (name, column)
            assert (hidden[f"{column}{STATUS_SUFFIX}__now"] == SUPPRESSED.code).all()


def test_without_an_upgrade_nothing_is_run_again(upgraded: tuple[Desk, str, str]) -> None:
    desk, _, _ = upgraded
    before = desk.releases.ids()

    assert "has not changed" in desk.types("run").output
    assert "adds" not in desk.types("run", "--again").output
    assert desk.releases.ids() == before


def test_what_is_new_of_a_small_source_is_hidden_or_left_out_and_nothing_else_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So small that the new tables are mostly holes, and months have been published one by one."""
    office = Office(tmp_path, of_village(900, 120, share=0.02), FIRST_DAY)
    store = ReleaseStore(office.releases)
    with monkeypatch.context() as older:
        as_older(older)
        first, second = (office.publishes(day) for day in (JANUARY, APRIL))

    now = office.publishes(APRIL)

    assert now != second
    assert_kept(store.get(second), store.get(now))
    assert office.publishes(APRIL) == now
    assert first in store.ids()


def test_what_is_declared_no_more_is_a_published_number_lost_until_a_restatement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path, of_village(900, 120, share=0), FIRST_DAY)
    office.publishes(APRIL)
    as_older(monkeypatch)

    with pytest.raises(DisclosureError, match="would change"):
        office.publishes(APRIL)

    restated = office.publishes(APRIL, restate=True)
    assert not NEW_TABLES & {*ReleaseStore(office.releases).get(restated).tables}


def test_another_file_is_another_programme(tmp_path: Path) -> None:
    for room in ("data", "etl"):
        (tmp_path / room).mkdir()
    (tmp_path / "data" / "indicators.py").write_text("received", encoding="utf-8")
    before = programme(tmp_path)
    (tmp_path / "etl" / "notes.txt").write_text("of no effect", encoding="utf-8")
    assert programme(tmp_path) == before

    (tmp_path / "data" / "indicators.py").write_text("answered", encoding="utf-8")
    assert programme(tmp_path) != before
