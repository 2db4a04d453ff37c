"""The scheduler starts one run a slot, in its zone, and catches up what was missed."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from config import Settings
from data.errors import SourceError
from etl import schedule
from etl.attempt import BusyError
from etl.runs import RunLedger

ZONE = ZoneInfo("Asia/Tashkent")


def settings(tmp_path: Path, cron: str = "30 2 * * *") -> Settings:
    return Settings(vault=tmp_path / "vault", cron=cron)


def test_the_cron_setting_is_read_in_the_zone_of_the_schedule(tmp_path: Path) -> None:
    cron = schedule.trigger(settings(tmp_path))
    due = cron.get_next_fire_time(None, datetime(2026, 3, 1, 0, 0, tzinfo=UTC))

    assert due == datetime(2026, 3, 2, 2, 30, tzinfo=ZONE)
    assert schedule.slot_of(due) == "2026-03-02T02:30+05:00"


def test_a_cron_setting_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="OCHIQ_CRON"):
        schedule.trigger(settings(tmp_path, "half past two"))


def test_a_slot_is_run_in_a_process_of_its_own() -> None:
    commands: list[list[str]] = []

    def start(command: list[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        assert not check
        commands.append(command)
        return subprocess.CompletedProcess(command, 75)

    assert schedule.start_run("2026-03-02T02:30+05:00", start) == 75
    assert commands[0][1:] == [
        "-m", "etl", "run", "--job", "scheduled", "--slot", "2026-03-02T02:30+05:00",
    ]  # fmt: skip


def test_a_slot_that_was_missed_is_caught_up_once(tmp_path: Path) -> None:
    ledger = RunLedger(tmp_path / "runs.sqlite")
    ledger.claim("manual", "first")
    cron = schedule.trigger(settings(tmp_path))
    tomorrow = datetime.now(ZONE) + timedelta(days=1, hours=1)

    missed = schedule.missed_slot(ledger, cron, tomorrow)

    assert missed is not None
    assert missed.endswith("T02:30+05:00")
    ledger.claim(schedule.JOB, missed)
    assert schedule.missed_slot(ledger, cron, tomorrow) is None


def test_a_first_start_has_missed_nothing(tmp_path: Path) -> None:
    ledger = RunLedger(tmp_path / "runs.sqlite")
    cron = schedule.trigger(settings(tmp_path))

    assert schedule.missed_slot(ledger, cron, datetime.now(ZONE)) is None


def test_what_was_run_since_its_slot_is_not_run_again(tmp_path: Path) -> None:
    ledger = RunLedger(tmp_path / "runs.sqlite")
    ledger.claim("manual", "just now")
    cron = schedule.trigger(settings(tmp_path))

    assert schedule.missed_slot(ledger, cron, datetime.now(ZONE)) is None


def test_a_second_scheduler_leaves_the_first_alone(tmp_path: Path) -> None:
    here = settings(tmp_path)
    here.vault.mkdir()

    with FileLock(here.vault / schedule.LOCK), pytest.raises(BusyError):
        schedule.serve(here)
