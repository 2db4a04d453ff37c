"""Forgers: they change a file of a release and every hash that a forger would change with it."""

import csv
import gzip
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

Rows = list[dict[str, str]]
Change = Callable[[Rows], None]


def told_by_checker(release: Path, *earlier: Path) -> tuple[int, str]:
    """The checker's exit code and words, run as a reader would: Python and the folder alone."""
    done = subprocess.run(
        [sys.executable, "-I", "check.py", *map(str, earlier)],
        cwd=release,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def copied(release: Path, root: Path) -> Path:
    target = root / release.name
    shutil.copytree(release, target)
    return target


def forged(release: Path, root: Path, name: str, change: Change) -> Path:
    """A copy of the release with rows of one table changed and its sums made to fit."""
    target = copied(release, root)
    rewrite(target / name, change)
    reseal(target)
    return target


def rewrite(path: Path, change: Change) -> None:
    packed = path.suffix == ".gz"
    content = path.read_bytes()
    reader = csv.DictReader((gzip.decompress(content) if packed else content).decode().splitlines())
    rows = list(reader)
    change(rows)
    written = io.StringIO()
    writer = csv.DictWriter(written, reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    text = written.getvalue().encode()
    path.write_bytes(gzip.compress(text) if packed else text)


def reseal(release: Path) -> None:
    sums = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(release.iterdir())
        if path.name != "SHA256SUMS"
    ]
    (release / "SHA256SUMS").write_text("".join(sums))
