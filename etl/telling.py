"""What a person at a terminal is told: progress, and errors with place, rule and remedy."""

import sys
import time
import traceback
from pathlib import Path
from typing import Final

from data.errors import OchiqError

SECONDS_BETWEEN_LINES: Final = 5.0
ROOT: Final = Path(__file__).resolve().parent.parent


class Progress:
    """Tells how many rows a step has done: in one line on a terminal, now and then in a log."""

    def __init__(self) -> None:
        self._on_terminal = sys.stderr.isatty()
        self._step = ""
        self._rows = 0
        self._told = time.monotonic()
        self._is_told = False

    def __call__(self, step: str, rows: int) -> None:
        if step != self._step:
            self.end()
        self._step, self._rows, self._is_told = step, rows, False
        if self._on_terminal or time.monotonic() - self._told > SECONDS_BETWEEN_LINES:
            self._tell(end="")

    def end(self) -> None:
        """Tells how far the step came, unless that was told."""
        if self._step and not (self._is_told and not self._on_terminal):
            self._tell(end="\n")
        self._step = ""

    def _tell(self, *, end: str) -> None:
        line = f"  {self._step}: {self._rows:,} rows"
        sys.stderr.write(f"\r{line}\033[K{end}" if self._on_terminal else f"{line}\n")
        sys.stderr.flush()
        self._told, self._is_told = time.monotonic(), True


def told(error: OchiqError) -> str:
    """An error in three lines: what, where and why, what to do."""
    return f"{error.title}: {error.detail}\n  → {error.remedy}"


def place_of(error: BaseException) -> str:
    """The kind and place of a defect, without its message, which could hold a value."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "etl")]
    where = own[-1] if own else frames[-1]
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
