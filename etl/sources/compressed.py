"""Files as they lie on the disk: plain, gzip or Zstandard, opened as a stream of bytes."""

import gzip
import shutil
from pathlib import Path
from typing import BinaryIO, Final, cast

import zstandard

COMPRESSED: Final = (".gz", ".zst")


def plain_suffix(path: Path) -> str:
    """The suffix that says what the file is, without that of its compression."""
    name = path.with_suffix("") if path.suffix in COMPRESSED else path
    return name.suffix.lower()


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, decompressed while they are read."""
    if path.suffix == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    if path.suffix == ".zst":
        return cast("BinaryIO", zstandard.open(path, "rb"))
    return path.open("rb")


def decompress(path: Path, target: Path) -> None:
    """Writes the decompressed file, readable by its owner only."""
    target.touch(mode=0o600)
    with open_bytes(path) as source, target.open("wb") as plain:
        shutil.copyfileobj(source, plain, length=1 << 20)
