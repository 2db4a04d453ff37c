"""Outbox: whole releases that wait to be published, each under its id.

A run leaves them, and a publisher takes copies of them. Publishing asks for no more than to read
the outbox: neither the vault nor the right to change a draft.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.errors import ReleaseError
from data.releases import ID_PATTERN, read_manifest
from etl.sealing import remove, sweep_removed


@dataclass(frozen=True)
class Outbox:
    """A directory of drafts."""

    root: Path

    def ids(self) -> list[str]:
        """The drafts that wait, the one that was written first at the front."""
        if not self.root.is_dir():
            return []
        found = [path for path in self.root.iterdir() if ID_PATTERN.fullmatch(path.name)]
        return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)]

    def of(self, source: str) -> list[str]:
        """The drafts of one source."""
        return [each for each in self.ids() if read_manifest(self.path(each)).source.name == source]

    def path(self, release_id: str) -> Path:
        return self.root / release_id

    def remove(self, release_id: str) -> None:
        remove(self.root, release_id)

    def sweep(self) -> None:
        """Deletes what drafts that were taken away have left."""
        sweep_removed(self.root)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else leaves, takes away or publishes a draft meanwhile; waits for who does.

        The directory itself is the lock: who may only read it can hold it as well.
        """
        try:
            descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise ReleaseError(
                "Outbox",
                f"{self.root} cannot be read ({type(error).__name__}).",
                "Make the directory, and let the publisher read it: see docs/roles.md.",
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
