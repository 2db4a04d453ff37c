"""Key files: drawn once, readable by their owner alone, gone for good when they are destroyed."""

import os
import secrets
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.errors import SourceError
from etl.durable import settle

KEY_BYTES: Final = 32
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
SHOWN: Final = 8
"""Bytes of the hash of a key that tell it from others."""


def new_key() -> bytes:
    """``KEY_BYTES`` random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def fingerprint(key: bytes) -> str:
    """What a key is called by in lists: the head of its SHA-256 in hex, which tells nothing of it.

    A key is random in all its bytes, so that its hash cannot be searched through.
    """
    return sha256(key).digest()[:SHOWN].hex()


def write_key(path: Path, key: bytes) -> None:
    """Writes a key that stays, mode 0400. Raises ``FileExistsError`` when the name is taken."""
    # Written whole under another name and linked: a run that is killed leaves no half of a key.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    finally:
        draft.unlink()
    settle(path.parent)


def read_key(path: Path) -> bytes:
    """The key in a file. Raises ``SourceError`` when others may touch it, or it is no key."""
    if path.stat().st_mode & OTHERS:
        raise SourceError(
            "Key",
            f"others than its owner may read or write {path.name}.",
            "Run chmod 400 on the key file, and ask who may have read it.",
        )
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SourceError(
            "Key",
            f"{path.name} holds {len(key)} bytes, not {KEY_BYTES}.",
            "Restore the key from its backup; a new key means that nobody is recognised any more.",
        )
    return key


def destroy_key(path: Path) -> None:
    """Overwrites a key on the disk and removes its file.

    Raises ``SourceError`` when the file cannot be written.
    """
    try:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(max(KEY_BYTES, path.stat().st_size)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        settle(path.parent)
    except OSError as error:
        raise SourceError(
            "Key",
            f"{path.name} cannot be destroyed ({type(error).__name__}).",
            "Give the pipeline's user the file and write access to its directory, and run again.",
        ) from None
