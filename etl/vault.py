"""The vault: the only place that holds the key, records in work and records that are held back.

Everything in it is for its owner alone: directories 0700, files 0600, the key 0400.
"""

import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.errors import SourceError

KEY_BYTES: Final = 32
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Vault:
    """The vault's directory, and where its key lies when that is elsewhere."""

    root: Path
    key_path: Path | None = None

    def key(self) -> bytes:
        """The 32 bytes that persons are hidden with, drawn on first use.

        Raises ``SourceError`` when others may read the file, or when it is not a key.
        """
        path = self.key_path or self._directory() / "person.key"
        if not path.exists():
            _write_new_key(path)
        return _read_key(path)

    def new_staging(self) -> Path:
        """A new empty directory for the appeals of one run."""
        path = self._directory("staging") / secrets.token_hex(8)
        path.mkdir(mode=0o700)
        return path

    def clear(self, staging: Path) -> None:
        """Removes the appeals of one run."""
        if staging.parent != self.root / "staging":
            raise SourceError(
                "Vault", f"{staging.name} is not a staging directory.", "Clear what staging gave."
            )
        shutil.rmtree(staging, ignore_errors=True)

    def quarantine(self, source: str) -> Path:
        """Where the rows of a source that are held back lie; the file need not exist."""
        return self._directory("quarantine") / f"{source}.parquet"

    def _directory(self, name: str = "") -> Path:
        path = self.root / name
        for each in (self.root, path):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            if each.stat().st_mode & OTHERS:
                each.chmod(0o700)
        return path


def _write_new_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name and linked, so that two first runs agree on one key.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_bytes(secrets.token_bytes(KEY_BYTES))
    draft.chmod(0o400)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read_key(path: Path) -> bytes:
    if path.stat().st_mode & OTHERS:
        raise SourceError(
            "Key", f"others than its owner may read {path.name}.", "Run chmod 400 on the key file."
        )
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SourceError(
            "Key",
            f"{path.name} holds {len(key)} bytes, not {KEY_BYTES}.",
            "Restore the key from its backup; a new key means that nobody is recognised any more.",
        )
    return key


def publish_private(draft: Path, path: Path) -> None:
    """Makes a finished draft the file of that name: 0600, on the disk, in one step."""
    draft.chmod(0o600)
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)
