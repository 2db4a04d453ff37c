"""The vault: the only place that holds keys, records in work and records that are held back.

Everything in it is for its owner alone: directories 0700, files 0600, keys 0400.
"""

import hmac
import os
import secrets
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.errors import SourceError
from etl.key_register import KeyRegister
from etl.keyfiles import OTHERS, new_key, read_key, write_key
from etl.keyring import Keyring

TIES: Final = b"ties"
APPEALS: Final = b"appeals"
"""The labels under which keys are derived from the vault's lasting secret."""


@dataclass(frozen=True)
class Vault:
    """The vault's directory; ``key_file`` is where the one key of earlier versions lies, and
    ``key_directory`` where the yearly keys lie, by default ``keys`` beside that file."""

    root: Path
    key_file: Path | None = None
    key_directory: Path | None = None

    @property
    def keys_at(self) -> Path:
        """The directory of the yearly keys."""
        return self.key_directory or self._former.parent / "keys"

    def keyring(self) -> Keyring:
        """The yearly keys that persons are hidden with."""
        return Keyring(self.keys_at, self._former, KeyRegister(self.root / "destroyed-keys.jsonl"))

    def ties_key(self) -> bytes:
        """The 32 bytes that choose between cells that shield equally well, the same in each run.

        Made from a secret of the vault that is no key of persons and outlives them all: releases of
        one year stay alike when that year's key is gone. Raises ``SourceError`` when others may
        read the secret.
        """
        return self._lasting(TIES)

    def appeals_key(self) -> bytes:
        """The 32 bytes under which the numbers of appeals are kept: the same in each run."""
        return self._lasting(APPEALS)

    def shelf(self, source: str) -> Path:
        """Where the appeals of a source's published months lie, as they stood when published."""
        return self._directory("published") / source

    def _lasting(self, label: bytes) -> bytes:
        path = self._directory() / "lasting.secret"
        if not path.exists():
            write_key(path, new_key())
        return hmac.digest(read_key(path), label, sha256)

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

    @property
    def _former(self) -> Path:
        return self.key_file or self.root / "person.key"

    def _directory(self, name: str = "") -> Path:
        path = self.root / name
        for each in (self.root, path):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            if each.stat().st_mode & OTHERS:
                each.chmod(0o700)
        return path


def publish_private(draft: Path, path: Path) -> None:
    """Makes a finished draft the file of that name: 0600, on the disk, in one step."""
    draft.chmod(0o600)
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)
