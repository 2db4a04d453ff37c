"""Publish: write beside, check, rename, point. What readers see is always a whole release.

The order is the guarantee: every file is on the disk before the directory has its name, and the
directory before the pointer names it. A failure at any moment leaves the old release current.
"""

import re
import shutil
from pathlib import Path
from typing import Final

from data.errors import ReleaseError
from data.manifest import FILE_NAME, Manifest
from data.releases import CURRENT, ReleaseStore
from etl.contents import contents
from etl.durable import move, replace_file, settle, write_file
from etl.stages import Derived
from etl.verify import verify

STAGING: Final = ".staging"


def publish(derived: Derived, root: Path, code_version: str) -> str:
    """Writes the release below ``root``, verifies it and makes it current; gives its id.

    The same content gives the same id, and nothing is written twice. Raises ``ReleaseError`` with
    the findings when the verifier refuses it; then nothing is published.
    """
    manifest, files = contents(derived, code_version)
    release_id = _id_of(manifest, root)
    if not (root / release_id).is_dir():
        _write(root, release_id, files)
    else:
        check(root / release_id)
    point_to(root, release_id)
    return release_id


def _id_of(manifest: Manifest, root: Path) -> str:
    """``<YYYY.MM.rev>-<digest>``: that of the same content, or the next revision of the month."""
    digest = manifest.digest[:8]
    pattern = re.compile(rf"{re.escape(manifest.edition)}\.(\d+)-([0-9a-f]{{8}})")
    published = [match for name in ReleaseStore(root).ids() if (match := pattern.fullmatch(name))]
    same = next((match[0] for match in published if match[2] == digest), None)
    revision = max((int(match[1]) for match in published), default=0) + 1
    return same or f"{manifest.edition}.{revision}-{digest}"


def _write(root: Path, release_id: str, files: dict[str, bytes]) -> None:
    # On the same file system as the releases: a rename is one step only within one.
    staging = root / STAGING / release_id
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        for name, content in sorted(files.items(), key=lambda each: each[0] == FILE_NAME):
            write_file(staging / name, content)
        settle(staging)
        check(staging)
        move(staging, root / release_id)
    finally:
        shutil.rmtree(staging.parent, ignore_errors=True)


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


def point_to(root: Path, release_id: str) -> None:
    """Makes a release current. Raises ``ReleaseError`` when there is none of that id."""
    ReleaseStore(root).path(release_id)
    replace_file(root / CURRENT, f"{release_id}\n".encode("ascii"))
