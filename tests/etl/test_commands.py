"""The commands: what they do, what they tell people, and with which code they end."""

import json
from pathlib import Path

import pytest
from filelock import FileLock

from data.errors import SourceError
from etl import __main__ as commands
from etl.log import open_log
from etl.telling import told
from tests.etl.desk import Desk

APPEALS = "1000"
USAGE = 2


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The town's complaints published once."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    result = made.types("run")
    assert result.exit_code == 0, result.output
    return made


def test_the_demonstration_source_is_made_once(desk: Desk) -> None:
    assert desk.types("demo", "--appeals", APPEALS).exit_code == 0
    source = desk.root / "demo" / "appeals.db"
    before = source.stat().st_mtime_ns

    result = desk.types("demo", "--appeals", APPEALS)

    assert "is there" in result.output
    assert source.stat().st_mtime_ns == before


def test_a_number_of_appeals_that_is_none_is_refused(desk: Desk) -> None:
    result = desk.types("demo", "--appeals", "many")

    assert result.exit_code == USAGE
    assert "'all'" in result.output


def test_a_run_publishes_a_release_that_is_verified(desk: Desk) -> None:
    result = desk.types("verify", "latest")

    assert result.exit_code == 0
    assert "no findings" in result.output


def test_a_run_leaves_no_appeal_behind(desk: Desk) -> None:
    assert list((desk.root / "vault" / "staging").iterdir()) == []
    assert not list((desk.root / "releases").glob(".*"))


def test_appeals_that_a_killed_run_left_are_removed_by_the_next(desk: Desk) -> None:
    left = desk.root / "vault" / "staging" / "0123456789abcdef"
    left.mkdir()
    (left / "2019-09.parquet").write_bytes(b"appeals")

    desk.types("run")

    assert not left.exists()


def test_a_source_that_has_not_changed_is_not_run_again(desk: Desk) -> None:
    before = desk.releases.ids()

    result = desk.types("run")

    assert result.exit_code == 0
    assert "has not changed" in result.output
    assert desk.releases.ids() == before
    assert desk.runs()[-1] == ("skipped", "unchanged")


def test_the_same_source_again_is_the_same_release(desk: Desk) -> None:
    before = desk.releases.current_id()

    result = desk.types("run", "--again")
    assert result.exit_code == 0, result.output
    assert desk.releases.ids() == (before,)


def test_a_slot_is_run_once(desk: Desk) -> None:
    slot = ("--job", "scheduled", "--slot", "2026-03-02T02:30+05:00")

    assert desk.types("run", *slot).exit_code == 0
    second = desk.types("run", *slot)
    assert second.exit_code == commands.BUSY
    assert "has been run" in second.output


def test_two_runs_at_once_are_one(desk: Desk) -> None:
    with FileLock(desk.root / "vault" / "run.lock"):
        result = desk.types("run")

    assert result.exit_code == commands.BUSY
    assert "another run is in progress" in result.output


def test_a_refusal_says_what_and_where_and_what_to_do_without_a_traceback(
    desk: Desk, tmp_path: Path
) -> None:
    current = desk.releases.current_id()

    result = desk.types("run", "--source", f"{tmp_path}/nowhere.csv")

    assert result.exit_code == commands.REFUSED
    assert "nowhere.csv" in result.output
    assert "→" in result.output
    assert "Traceback" not in result.output
    assert desk.releases.current_id() == current
    assert desk.runs()[-1][0] == "failed"


def test_a_defect_is_told_by_its_place_and_never_by_a_value(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicError(BaseException):
        """Like a panic of polars, no ``Exception``."""

    def panic(*_arguments: object) -> None:
        raise PanicError("Karimova Nodira, 998901234567")

    monkeypatch.setattr("etl.pipeline.aggregate", panic)

    result = desk.types("run", "--again")

    assert result.exit_code == commands.DEFECT
    assert "PanicError" in result.output
    assert "Karimova" not in result.output
    assert "Karimova" not in (desk.root / "etl.jsonl").read_text()
    assert desk.runs()[-1] == ("failed", "PanicError")
    assert list((desk.root / "vault" / "staging").iterdir()) == []


def test_findings_end_with_a_code_of_their_own(desk: Desk, tmp_path: Path) -> None:
    directory = tmp_path / "2019.11.1-00000000"
    directory.mkdir()

    result = desk.types("verify", str(directory))

    assert result.exit_code == commands.REFUSED
    assert "manifest.json cannot be read" in result.output


def test_the_log_has_fields_of_a_closed_list_only(desk: Desk) -> None:
    lines = [json.loads(line) for line in (desk.root / "etl.jsonl").read_text().splitlines()]

    assert {"claimed", "staged", "aggregated", "protected", "derived", "published"} <= {
        line.get("state") for line in lines
    }
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)


def test_a_field_that_is_not_on_the_list_is_not_logged(tmp_path: Path) -> None:
    open_log(tmp_path / "log.jsonl").info("passed", run=1, phone="998901234567")

    assert "998901234567" not in (tmp_path / "log.jsonl").read_text()


def test_a_rollback_makes_an_earlier_release_current_and_stays(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.types("run", "--as-of", "2019-10-31").exit_code == 0
    first = desk.releases.current_id()
    assert desk.types("run").exit_code == 0
    second = desk.releases.current_id()
    assert second != first

    assert desk.types("rollback", "--reason", "wrong population").exit_code == 0

    assert desk.releases.current_id() == first
    listed = desk.types("releases").output.splitlines()
    assert [line[0] for line in listed] == [" ", "*"]
    desk.types("run")
    assert desk.releases.current_id() == first, "the same source brought back what was undone"
    assert desk.types("rollback", second).exit_code == 0
    assert desk.releases.current_id() == second


def test_a_rollback_to_a_damaged_release_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    directory = tmp_path / "releases" / "2019.10.1-00000000"
    directory.mkdir(parents=True)

    result = desk.types("rollback", directory.name)

    assert result.exit_code == commands.REFUSED
    assert not (tmp_path / "releases" / "current").exists()


def test_without_any_release_the_commands_say_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    for words in (("verify", "latest"), ("rollback",)):
        result = desk.types(*words)
        assert result.exit_code == commands.REFUSED
        assert "python -m etl run" in result.output
    assert desk.types("releases").exit_code == 0


def test_errors_are_told_with_place_rule_and_remedy() -> None:
    error = SourceError("Mapping", "column 'x' is gone.", "Name it.")

    assert told(error) == "Mapping: column 'x' is gone.\n  → Name it."
