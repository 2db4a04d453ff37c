"""Keyed: texts as numbers that only the holder of a key can make or test."""

import hashlib
import struct
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

_BLOCK: Final = 64


def keyed_numbers(texts: Iterable[str], key: bytes) -> tuple[int, ...]:
    """The first 8 bytes of HMAC-SHA256, as whole numbers.

    The key is worked into two hashes once and these are copied, which is three times as fast as
    a new HMAC for each text.
    """
    inner, outer = _keyed(key, 0x36), _keyed(key, 0x5C)
    heads = []
    for text in texts:
        first, second = inner.copy(), outer.copy()
        first.update(text.encode())
        second.update(first.digest())
        heads.append(second.digest()[:8])
    return struct.unpack(f">{len(heads)}Q", b"".join(heads))


def _keyed(key: bytes, pad: int) -> "hashlib._Hash":
    short = sha256(key).digest() if len(key) > _BLOCK else key
    return sha256(bytes(byte ^ pad for byte in short.ljust(_BLOCK, b"\0")))
