"""Answers kept by their address: a view of a release never changes, so none is out of date.

The release's id is in the key; a new release is a new key, and old ones fall out by themselves.
"""

from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

from flask_caching.backends.simplecache import SimpleCache

from data.errors import BusyError

MOST_PAGES: Final = 1000
PATIENCE: Final = 5.0
"""Seconds to wait for what takes long to make: a thread that waits answers no one else."""

Value = TypeVar("Value", bytes, str)


class Kept:
    """A bounded store in the process; one thread makes a missing answer, the others wait for it.

    They wait ``patience`` seconds at most, without end when it is negative; then ``BusyError``.
    """

    def __init__(self, threshold: int = MOST_PAGES, patience: float = -1) -> None:
        self._cache = SimpleCache(threshold=threshold, default_timeout=0)
        self._lock = Lock()
        self._patience = patience

    def get(self, key: str, make: Callable[[], Value]) -> Value:
        """The kept value, made now when there is none."""
        found: Value | None = self._cache.get(key)
        return self._made(key, make) if found is None else found

    def _made(self, key: str, make: Callable[[], Value]) -> Value:
        if not self._lock.acquire(timeout=self._patience):
            raise BusyError("Busy", "Too much is being made.", "Ask again in a minute.")
        try:
            found: Value | None = self._cache.get(key)
            if found is None:
                found = make()
                self._cache.set(key, found)
            return found
        finally:
            self._lock.release()
