"""Two users: one who has the vault and leaves drafts, one who publishes and has no rights on it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from etl import __main__ as commands
from tests.etl.desk import Desk

NOBODY: Final = 65534
ROOT: Final = Path(__file__).parents[2]
AS_NOBODY: Final = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
OVERRIDING: Final = "-dac_override,-dac_read_search"
WITHIN_RIGHTS: Final = ("setpriv", f"--bounding-set={OVERRIDING}", f"--inh-caps={OVERRIDING}")
"""A superuser whom the rights of files bind like anybody."""


class Office(Desk):
    """A desk that leaves drafts, and a publisher at another."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        for name in ("outbox", "releases", "publisher"):
            (root / name).mkdir()
        self.environment = {**self.environment, "OCHIQ_OUTBOX": str(root / "outbox")}

    @property
    def of_publisher(self) -> Mapping[str, str]:
        """What the publisher is told: neither where the vault is nor anything in it."""
        told = ("OCHIQ_OUTBOX", "OCHIQ_RELEASES")
        log = {"OCHIQ_LOG": str(self.root / "publisher" / "log.jsonl"), "HOME": str(self.root)}
        return {
            "PATH": os.environ["PATH"],
            **log,
            **{each: self.environment[each] for each in told},
        }

    def publishes(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the publisher, in a process that cannot enter the vault."""
        return self._without_vault([sys.executable, "-m", "etl", *(words or ("publish",))])

    def looks_into_the_vault(self) -> subprocess.CompletedProcess[str]:
        return self._without_vault([sys.executable, "-c", LOOK.format(str(self.root / "vault"))])

    def _without_vault(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        user, vault = another_user(), self.root / "vault"
        if user == AS_NOBODY:
            for name in ("releases", "publisher"):
                shutil.chown(self.root / name, NOBODY, NOBODY)
        mode = stat.S_IMODE(vault.stat().st_mode)
        vault.chmod(mode if user == AS_NOBODY else 0)
        try:
            return subprocess.run(
                [*user, *command],
                cwd=ROOT,
                env=self.of_publisher,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            vault.chmod(mode)

    def is_killed_in_a_run(self, place: str) -> None:
        """A run that is killed when it comes to a function of the pipeline."""
        room, name = place.rsplit(".", 1)
        killing = KILLING.format(room=room, name=name)
        command = [sys.executable, "-c", killing, "run"]
        environment = {**os.environ, **self.environment}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        assert run.returncode == -signal.SIGKILL, run.stderr


@cache
def another_user() -> tuple[str, ...]:
    """What makes a command one of somebody who has no rights on the vault.

    Of the superuser it is another user, where one may come to these files; where not, the superuser
    without the right to override the rights of files. Anybody else takes the vault's away.
    """
    if os.geteuid() != 0:
        return ()
    looks = [*AS_NOBODY, sys.executable, "-c", COMES_TO_THESE_FILES]
    quietly = subprocess.run(looks, cwd=ROOT, capture_output=True, check=False)
    return WITHIN_RIGHTS if quietly.returncode else AS_NOBODY


LOOK = "import os; os.listdir({!r})"
COMES_TO_THESE_FILES = """
import subprocess, sys
import etl.__main__
subprocess.run([sys.executable, "-c", ""], check=True)
"""
KILLING = """
import importlib, os, signal, sys
room = importlib.import_module({room!r})
setattr(room, {name!r}, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
sys.argv = ["etl", *sys.argv[1:]]
from etl.__main__ import app
app()
"""


@pytest.fixture
def root() -> Iterator[Path]:
    """A directory that every user may enter, as those of tests are not."""
    directory = Path(tempfile.mkdtemp(prefix="roles-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def office(root: Path) -> Office:
    assert os.geteuid() or shutil.which("setpriv"), "Install util-linux: setpriv is missing."
    return Office(root)


def content_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_a_publisher_without_rights_on_the_vault_publishes_what_the_run_left(
    office: Office,
) -> None:
    drafted = office.types("run")
    assert drafted.exit_code == 0, drafted.output
    assert "waits to be published" in drafted.output
    assert office.releases.ids() == ()
    (draft,) = (office.root / "outbox").iterdir()
    sealed = content_of(draft)
    assert "PermissionError" in office.looks_into_the_vault().stderr

    published = office.publishes()

    assert published.returncode == 0, published.stderr
    assert office.releases.current_id() == draft.name
    assert content_of(office.root / "releases" / draft.name) == sealed
    assert office.runs()[-1][0] == "drafted"
    again = office.types("run")
    assert "the source has not changed" in again.output
    assert [state for state, _ in office.runs()] == ["published", "skipped"]
    assert list((office.root / "outbox").iterdir()) == []
    assert "No draft waits" in office.publishes().stderr


def test_while_a_draft_waits_the_same_source_is_not_run_again(office: Office) -> None:
    office.types("run")

    again = office.types("run")

    assert "waits to be published: the source has not changed" in again.output
    assert office.runs() == [("drafted", ""), ("skipped", "unchanged")]


def test_a_draft_that_was_changed_is_refused_and_the_release_before_stays(office: Office) -> None:
    office.types("run")
    (draft,) = (office.root / "outbox").iterdir()
    table = draft / "agencies.csv"
    table.chmod(0o644)
    table.write_text(table.read_text().replace("2018", "2019"))

    refused = office.publishes()

    assert refused.returncode == commands.REFUSED
    assert "agencies.csv was changed" in refused.stderr
    assert office.releases.ids() == ()
    assert not (office.root / "releases" / "current").exists()


def test_a_publisher_rolls_back_and_no_run_undoes_it(office: Office) -> None:
    office.types("run", "--as-of", "2019-10-31")
    office.publishes()
    first = office.releases.current_id()
    office.types("run")
    office.publishes()
    assert office.releases.current_id() != first

    rolled_back = office.publishes("rollback")

    assert rolled_back.returncode == 0, rolled_back.stderr
    office.types("run")
    office.publishes()
    assert office.releases.current_id() == first


def with_the_secret_of(first: Office, second: Office) -> None:
    """Two vaults that settle ties alike, and tell persons apart alike."""
    (second.root / "vault").mkdir(mode=0o700)
    shutil.copy2(first.root / "vault" / "lasting.secret", second.root / "vault")
    shutil.copytree(first.root / "vault" / "keys", second.root / "vault" / "keys")


@pytest.mark.parametrize(
    "place",
    [
        "etl.draft.write",
        "etl.proposals.move",
        "etl.draft.put_in_place",
        "etl.pipeline.settle",
    ],
)
def test_a_run_that_was_killed_is_run_again_to_the_same_release(office: Office, place: str) -> None:
    """Wherever the first one came to, and whether or not its draft was published meanwhile."""
    undisturbed = Office(Path(tempfile.mkdtemp(dir=office.root)))
    undisturbed.types("run")
    (expected,) = (undisturbed.root / "outbox").iterdir()
    with_the_secret_of(undisturbed, office)

    office.is_killed_in_a_run(place)
    office.publishes()
    run = office.types("run")

    assert run.exit_code == 0, run.output
    office.publishes()
    assert office.releases.ids() == (expected.name,)
    assert content_of(office.root / "releases" / expected.name) == content_of(expected)
    assert list((office.root / "vault" / "staging").iterdir()) == []


def test_without_an_outbox_there_is_nothing_for_a_publisher_to_do(tmp_path: Path) -> None:
    refused = Desk(tmp_path).types("publish")

    assert refused.exit_code == commands.REFUSED
    assert "OCHIQ_OUTBOX" in refused.output
