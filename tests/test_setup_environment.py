"""An environment is made from hashed locks alone, and the machine is told what it lacks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"

# asgiref turns the site's dispatch asynchronous; the others are large and not needed.
UNWANTED = {"asgiref", "diskcache", "pandas", "pyarrow", "servestatic"}

BARE_NECESSITIES = ["bash", "cat", "cp", "cut", "dirname"]
BARE_NECESSITIES += ["flock", "grep", "mkdir", "rm", "sha256sum"]


def pinned(lock: Path) -> dict[str, str]:
    """Each package of a lock with its pin and everything that belongs to it."""
    requirements = re.split(r"\n(?=\S)", lock.read_text().strip())
    return {each.partition("==")[0]: each for each in requirements}


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda path: path.name)
def test_every_package_is_pinned_and_has_a_hash(lock: Path) -> None:
    loose = [
        name
        for name, requirement in pinned(lock).items()
        if not re.match(r"^[a-z0-9.\-]+==\S+", requirement) or "--hash=sha256:" not in requirement
    ]

    assert not loose


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda path: path.name)
def test_a_lock_holds_no_address(lock: Path) -> None:
    assert not re.findall(r"\w+://|--\w*index\w*|--find-links", lock.read_text())


def test_the_development_lock_holds_the_whole_runtime_lock() -> None:
    assert pinned(RUNTIME).items() <= pinned(DEVELOPMENT).items()


def test_nothing_unwanted_reaches_the_product() -> None:
    assert not UNWANTED & pinned(RUNTIME).keys()


def stand_in(directory: Path, name: str, script: str) -> None:
    program = directory / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A copy of the scripts, and beside it a path with little more than a shell on it."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in BARE_NECESSITIES:
        (programs / name).symlink_to(Path("/usr/bin") / name)
    (tmp_path / "scripts").mkdir()
    for script in (ROOT / "scripts").glob("*.sh"):
        copy = tmp_path / "scripts" / script.name
        copy.write_bytes(script.read_bytes())
        copy.chmod(0o755)
    return tmp_path


def run_script(machine: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [f"scripts/{command[0]}", *command[1:]],
        cwd=machine,
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_a_recent_python_is_told_what_to_install(bare_machine: Path) -> None:
    stand_in(bare_machine / "bin", "python3", "exit 1")

    outcome = run_script(bare_machine, "setup.sh", "runtime")

    assert outcome.returncode == 1
    assert "apt-get install --no-install-recommends python3 python3-venv" in outcome.stderr


def test_a_python_that_cannot_make_environments_is_told_its_missing_package(
    bare_machine: Path,
) -> None:
    without_ensurepip = f'case "$*" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"'
    stand_in(bare_machine / "bin", "python3", without_ensurepip)

    outcome = run_script(bare_machine, "setup.sh", "runtime")

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert outcome.returncode == 1
    assert f"apt-get install --no-install-recommends python{version}-venv" in outcome.stderr
    assert not (bare_machine / ".venv").exists()


def test_a_machine_without_the_tests_programs_is_told_all_of_them_at_once(
    bare_machine: Path,
) -> None:
    has_postgres = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    expected = ["chromium", "redis-server"] + ([] if has_postgres else ["postgresql"])

    outcome = run_script(bare_machine, "test_programs.sh")

    assert outcome.returncode == 1
    assert all(program in outcome.stderr for program in expected)


# Stands in for Python: makes an "environment" that holds itself, and installs nothing.
PRETENDED_PYTHON = """
case "$*" in
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    -VV) echo "Python 3.11.2 (pretended)" ;;
    *"pip install"*) echo "Collecting one==1" ;;
esac
"""


@pytest.fixture
def pretended_machine(bare_machine: Path) -> Path:
    stand_in(bare_machine / "bin", "python3", PRETENDED_PYTHON)
    for lock in (RUNTIME, DEVELOPMENT):
        (bare_machine / lock.name).write_text("one==1 --hash=sha256:00\n")
    return bare_machine


def test_a_second_start_reuses_the_environment(pretended_machine: Path) -> None:
    first = run_script(pretended_machine, "setup.sh", "dev")
    second = run_script(pretended_machine, "setup.sh", "dev")
    as_runtime = run_script(pretended_machine, "setup.sh", "runtime")

    assert (first.returncode, second.returncode, as_runtime.returncode) == (0, 0, 0)
    assert "Installing 1 packages" in first.stdout
    assert second.stdout == as_runtime.stdout == ""


def test_a_new_lock_makes_the_environment_anew(pretended_machine: Path) -> None:
    run_script(pretended_machine, "setup.sh", "runtime")
    leftover = pretended_machine / ".venv" / "of-the-old-lock"
    leftover.touch()
    (pretended_machine / RUNTIME.name).write_text("one==2 --hash=sha256:01\n")

    again = run_script(pretended_machine, "setup.sh", "runtime")

    assert "Installing 1 packages" in again.stdout
    assert not leftover.exists()


def test_an_interrupted_installation_is_not_taken_for_a_whole_one(pretended_machine: Path) -> None:
    failing = PRETENDED_PYTHON.replace('echo "Collecting one==1"', "exit 1")
    stand_in(pretended_machine / "bin", "python3", failing)
    broken = run_script(pretended_machine, "setup.sh", "runtime")
    stand_in(pretended_machine / "bin", "python3", PRETENDED_PYTHON)

    again = run_script(pretended_machine, "setup.sh", "runtime")

    assert broken.returncode != 0
    assert "Installing 1 packages" in again.stdout
