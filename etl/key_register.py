"""The register of destroyed keys: which key is gone, since when, and how it was called.

It stays in the vault for good, one JSON object a line, and is only ever added to: a year that
stands in it never gets a stored key again.
"""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from data.errors import SourceError
from etl.durable import settle


@dataclass(frozen=True)
class Destroyed:
    """A key that is gone: the name of its years, the day (ISO 8601) and its fingerprint."""

    years: str
    destroyed: str
    fingerprint: str


class KeyRegister:
    """The register in a file, which need not exist."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def destroyed(self) -> Mapping[str, Destroyed]:
        """Each destroyed key by the name of its years, in the order of destruction.

        Raises ``SourceError`` when a line is no note.
        """
        if not self._path.is_file():
            return {}
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
            notes = [Destroyed(**json.loads(line)) for line in lines]
        except (ValueError, TypeError):
            raise SourceError(
                "Key",
                f"{self._path.name} has a line that is no note of a destroyed key.",
                "Restore the register from its backup: without it a destroyed key could come back.",
            ) from None
        return {note.years: note for note in notes}

    def note(self, note: Destroyed) -> None:
        """Adds a line and waits until it is on the disk."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self._path, flags, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(note)) + "\n")
            file.flush()
            os.fsync(file.fileno())
        settle(self._path.parent)
