"""The run ledger: a slot is run once, and what a run left behind is told."""

import sqlite3
import threading
from pathlib import Path

import pytest

from etl.runs import RunLedger, SlotTakenError


@pytest.fixture
def ledger(tmp_path: Path) -> RunLedger:
    return RunLedger(tmp_path / "runs.sqlite")


def test_a_slot_is_claimed_once(ledger: RunLedger) -> None:
    ledger.claim("scheduled", "2026-01-01T02:30+05:00")

    with pytest.raises(SlotTakenError):
        ledger.claim("scheduled", "2026-01-01T02:30+05:00")
    assert ledger.claim("manual", "2026-01-01T02:30+05:00")


def test_of_many_that_claim_a_slot_at_once_one_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    RunLedger(path)
    outcomes: list[bool] = []

    def claim() -> None:
        try:
            RunLedger(path).claim("scheduled", "slot")
            outcomes.append(True)
        except SlotTakenError:
            outcomes.append(False)

    claimants = [threading.Thread(target=claim) for _ in range(8)]
    for each in claimants:
        each.start()
    for each in claimants:
        each.join()

    assert sorted(outcomes) == [False] * 7 + [True]


def test_numbers_of_runs_only_grow(ledger: RunLedger) -> None:
    numbers = [ledger.claim("manual", str(slot)) for slot in range(3)]

    assert numbers == sorted(set(numbers))


def test_a_run_tells_how_far_it_came(ledger: RunLedger) -> None:
    number = ledger.claim("manual", "slot")
    ledger.note(number, "staged", read=10, accepted=9)
    ledger.note(number, "published", release="2019.11.1-00000000", fingerprint="f")

    last = ledger.last_published()
    assert last is not None
    assert (last.run, last.state, last.read, last.accepted) == (number, "published", 10, 9)
    assert last.ended_at is not None


def test_a_run_that_was_killed_is_told_as_interrupted(ledger: RunLedger) -> None:
    number = ledger.claim("manual", "slot")
    ledger.note(number, "staged", read=10, accepted=9)

    assert ledger.end_interrupted() == 1
    last = ledger.last()
    assert last is not None
    assert (last.state, last.reason) == ("failed", "interrupted")
    assert ledger.end_interrupted() == 0


def test_the_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    RunLedger(path).claim("manual", "slot")

    assert path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
