"""Hours: whether an answer came within an hour, told before the hours of an appeal are dropped."""

from datetime import time, timedelta
from typing import Final

import polars as pl

AN_HOUR: Final = timedelta(hours=1)
BEGINNINGS: Final = ("registered", "received")
"""What an answer follows: registration, or receipt where the appeal was registered later."""


def promptness() -> dict[str, pl.Expr]:
    """``timed`` and ``within_hour`` of ``data/appeal.py``, from the moments of a record.

    A moment that is midnight to the second is a day without an hour: nothing is told by it.
    """
    answered = _with_hour("answered")
    begun = [_with_hour(name) for name in BEGINNINGS]
    before = [pl.when(moment <= answered).then(moment) for moment in begun]
    # An answer that is noted before both came while the appeal was still being written down.
    since = pl.coalesce(*before, answered)
    is_timed = answered.is_not_null() & pl.any_horizontal(each.is_not_null() for each in begun)
    return {"timed": is_timed, "within_hour": is_timed & (answered - since <= AN_HOUR)}


def _with_hour(name: str) -> pl.Expr:
    moment = pl.col(name)
    return pl.when(moment.dt.time() != time()).then(moment)
