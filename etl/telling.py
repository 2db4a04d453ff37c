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
        self._told = 0.0

    def __call__(self, step: str, rows: int) -> None:
        is_new = step != self._step
        now = time.monotonic()
        if self._on_terminal:
            start = "\n" if is_new and self._step else "\r"
            sys.stderr.write(f"{start}  {step}: {rows:,} rows\033[K")
        elif is_new or now - self._told > SECONDS_BETWEEN_LINES:
            sys.stderr.write(f"  {step}: {rows:,} rows\n")
            self._told = now
        sys.stderr.flush()
        self._step = step

    def end(self) -> None:
        if self._on_terminal and self._step:
            sys.stderr.write("\n")


def told(error: OchiqError) -> str:
    """An error in three lines: what, where and why, what to do."""
    return f"{error.title}: {error.detail}\n  → {error.remedy}"


def place_of(error: BaseException) -> str:
    """The kind and place of a defect, without its message, which could hold a value."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "etl")]
    where = own[-1] if own else frames[-1]
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"
