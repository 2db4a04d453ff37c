"""Where readers' reports of errors are kept: what is wrong and where, never who says so.

One file a day, one JSON a line. A line is written in one piece, so that several workers can write.
No name, no address of any kind and no time of day is kept, and what looks like a number of a
person is taken out of the text before it is written.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from data.personal import masked

PRIVATE: Final = 0o600
LARGEST_DAY: Final = 2 * 1024 * 1024
"""Bytes of one day's file: whoever floods the box fills no disk."""


@dataclass(frozen=True)
class Report:
    """What a reader says: about which address of the site, of which kind, in which words."""

    page: str
    kind: str
    text: str
    lang: str


class FullError(Exception):
    """No more reports are taken for now."""


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

    def put(self, report: Report) -> None:
        """Keeps a report; ``FullError`` when there were too many, ``OSError`` when it cannot."""
        if not self._allowance.take():
            raise FullError
        day = self._today().isoformat()
        clean = replace(report, page=masked(report.page), text=masked(report.text))
        line = json.dumps({"day": day, **asdict(clean)}, ensure_ascii=False)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _append(self._folder / f"{day}.jsonl", f"{line}\n".encode())


def _append(path: Path, line: bytes) -> None:
    target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
    try:
        if os.fstat(target).st_size + len(line) > LARGEST_DAY:
            raise FullError
        os.write(target, line)
    finally:
        os.close(target)
