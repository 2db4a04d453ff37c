"""Files as they lie on the disk: plain, gzip or Zstandard, opened as a stream of bytes."""

import gzip
import io
import shutil
import zlib
from pathlib import Path
from typing import BinaryIO, Final, cast

import zstandard

COMPRESSED: Final = (".gz", ".zst")
CHUNK: Final = 1 << 14

BROKEN: Final = (OSError, EOFError, zlib.error, zstandard.ZstdError)
"""What reading a file raises that is damaged, cut off or out of reach."""


def plain_suffix(path: Path) -> str:
    """The suffix that says what the file is, without that of its compression."""
    name = path.with_suffix("") if path.suffix in COMPRESSED else path
    return name.suffix.lower()


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, decompressed while they are read; raises one of ``BROKEN`` if it must."""
    if path.suffix == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    if path.suffix == ".zst":
        return cast("BinaryIO", io.BufferedReader(_Zstandard(path.open("rb")), CHUNK))
    return path.open("rb")


def decompress(path: Path, target: Path) -> None:
    """Writes the decompressed file, readable by its owner only."""
    target.touch(mode=0o600)
    with open_bytes(path) as source, target.open("wb") as plain:
        shutil.copyfileobj(source, plain, length=1 << 20)


class _Zstandard(io.RawIOBase):
    """Zstandard frames one after another. The library's own readers take a file that was cut off
    for one that has ended; this one refuses it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._compressed = b""
        self._plain = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while not self._plain:
            self._compressed = self._compressed or self._file.read(CHUNK)
            if not self._compressed:
                return self._ended()
            self._decompress()
        taken = min(len(buffer), len(self._plain))
        buffer[:taken], self._plain = self._plain[:taken], self._plain[taken:]
        return taken

    def close(self) -> None:
        self._file.close()
        super().close()

    def _decompress(self) -> None:
        frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._plain = frame.decompress(self._compressed)
        self._compressed = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame

    def _ended(self) -> int:
        if self._frame is not None:
            raise EOFError("the last frame is not whole")
        return 0
