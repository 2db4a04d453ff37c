"""Where readers' reports of errors are kept: what is wrong and where, never who says so.

One file a day, one JSON a line. No name, no address of any kind and no time of day is kept, and
words that hold what looks like a number of a person are not taken.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from fcntl import LOCK_EX, flock
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from data.personal import found

PRIVATE: Final = 0o600
LARGEST_DAY: Final = 2 * 1024 * 1024
LARGEST_BOX: Final = 32 * 1024 * 1024
"""Bytes of one day's file and of the whole box: whoever floods it fills no disk."""


@dataclass(frozen=True)
class Report:
    """What a reader says: about which address of the site, of which kind, in which words."""

    page: str
    kind: str
    text: str
    lang: str


class PersonalError(Exception):
    """A report holds what looks like a number of a person; ``names`` are those of the patterns."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(*names)
        self.names = names


class TooManyError(Exception):
    """No more reports are taken for some minutes."""


class Allowance:
    """So many at once and then one each so many seconds, for all readers of a process together.

    Readers are not told apart: that would mean to keep something of each.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._left, self._at = float(most), clock()
        self._lock = Lock()

    def take(self) -> bool:
        """True when one more is allowed, which is counted."""
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._at) / self._seconds)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


class Mailbox:
    """A folder that reports are put into. It is private: 0700, and its files 0600."""

    def __init__(self, folder: Path, allowance: Allowance, today: Callable[[], date]) -> None:
        self._folder, self._allowance, self._today = folder, allowance, today

    def can_hold(self) -> bool:
        """False where this process may not write, as on a site that is served read-only."""
        nearest = next(each for each in (self._folder, *self._folder.parents) if each.exists())
        return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)

    def put(self, report: Report) -> None:
        """Keeps a report; ``PersonalError`` or ``TooManyError`` when it is not taken, ``OSError``
        when it cannot be kept."""
        if names := found(f"{report.page}\n{report.text}"):
            raise PersonalError(names)
        if not self._allowance.take():
            raise TooManyError
        day = self._today().isoformat()
        line = json.dumps({"day": day, **asdict(report)}, ensure_ascii=False)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._append(f"{day}.jsonl", f"{line}\n".encode())

    def _append(self, name: str, line: bytes) -> None:
        """Adds a line whole or not at all, and waits until it is on the disk."""
        with _opened(self._folder / name) as target:
            before = os.fstat(target).st_size
            if before + len(line) > LARGEST_DAY or self._size() + len(line) > LARGEST_BOX:
                raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))
            try:
                _write(target, line)
            except OSError:
                os.ftruncate(target, before)
                raise

    def _size(self) -> int:
        return sum(file.stat().st_size for file in self._folder.iterdir())


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A file to add to, for one worker at a time."""
    target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
    try:
        flock(target, LOCK_EX)
        yield target
    finally:
        os.close(target)


def _write(target: int, line: bytes) -> None:
    if os.write(target, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(target)
