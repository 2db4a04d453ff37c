"""Files that survive a power cut: written whole, on the disk, then named.

The writers of data frames do not wait for the disk; a release must, or a rename could outlive the
content that it promises.
"""

import os
from pathlib import Path
from typing import Final

READ_ONLY: Final = 0o444


def write_file(path: Path, content: bytes) -> None:
    """Writes a read-only file and waits until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY)


def flush(path: Path) -> None:
    """Waits until a file that another programme wrote is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def settle(directory: Path) -> None:
    """Waits until the names in a directory are on the disk."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move(source: Path, target: Path) -> None:
    """Gives a finished directory its name, in one step, and waits for the disk."""
    source.rename(target)
    settle(target.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Puts a small file in the place of another, in one step: readers see the old or the new."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    write_file(draft, content)
    draft.replace(path)
    settle(path.parent)
