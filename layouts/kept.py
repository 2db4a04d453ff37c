"""Answers kept by their address: a view of a release never changes, so none is out of date.

The release's id is in the key; a new release is a new key, and old ones fall out by themselves.
"""

from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

from flask_caching.backends.simplecache import SimpleCache

MOST_PAGES: Final = 1000

Value = TypeVar("Value", bytes, str)


class Kept:
    """A bounded store in the process; one thread makes a missing answer, the others wait for it."""

    def __init__(self, threshold: int = MOST_PAGES) -> None:
        self._cache = SimpleCache(threshold=threshold, default_timeout=0)
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], Value]) -> Value:
        """The kept value, made now when there is none."""
        found: Value | None = self._cache.get(key)
        if found is None:
            with self._lock:
                found = self._cache.get(key)
                if found is None:
                    found = make()
                    self._cache.set(key, found)
        return found
