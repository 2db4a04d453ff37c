"""Sealing: a release is written beside the others, verified, and named in one step.

Whatever has a name is whole: every file is on the disk and was judged before the directory has its
name. A failure at any moment leaves what there was before.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from data.errors import ReleaseError
from data.manifest import FILE_NAME
from etl.durable import move, settle, write_file
from etl.verify import verify

# On the same file system as the releases: a rename is one step only within one.
STAGING: Final = ".staging"
REMOVED: Final = ".removed"


def write(root: Path, release_id: str, files: Mapping[str, bytes]) -> None:
    """Writes a release below ``root``, yet without its name, and verifies it.

    Raises ``ReleaseError`` with the findings when the verifier refuses it; then nothing is left.
    """
    shutil.rmtree(root / STAGING, ignore_errors=True)
    directory = root / STAGING / release_id
    directory.mkdir(parents=True)
    try:
        for name, content in sorted(files.items(), key=lambda each: each[0] == FILE_NAME):
            write_file(directory / name, content)
        # Whoever may enter the directory that it lies in may read it, whatever the writer's umask.
        directory.chmod(0o755)
        settle(directory)
        check(directory)
    except BaseException:
        shutil.rmtree(root / STAGING, ignore_errors=True)
        raise


def put_in_place(root: Path, release_id: str) -> None:
    """Gives a release that was written its name."""
    move(root / STAGING / release_id, root / release_id)
    shutil.rmtree(root / STAGING, ignore_errors=True)


def remove(root: Path, release_id: str) -> None:
    """Takes a release away: its name first, in one step, so that no part of it ever has one."""
    sweep_removed(root)
    move(root / release_id, root / REMOVED)
    sweep_removed(root)


def sweep_removed(root: Path) -> None:
    """Deletes what lost its name, also where whoever took it away was killed."""
    shutil.rmtree(root / REMOVED, ignore_errors=True)


def check(directory: Path) -> None:
    """Raises ``ReleaseError`` with the first findings when a release breaks a promise."""
    findings = verify(directory)
    if findings:
        told = "; ".join(findings[:3])
        raise ReleaseError(
            "Verification",
            f"{len(findings)} findings, such as: {told}.",
            "Nothing was published; the release before stays. Mend what the findings name.",
        )
