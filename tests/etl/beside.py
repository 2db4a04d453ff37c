"""The slow oracle of what appeals tell side by side: each is held against every other in turn."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]


def told(rows: list[Row], as_of: date) -> list[Row]:
    """The rows with ``templated``, ``settled`` and ``returned``."""
    texts = Counter(_text(row) for row in rows)
    return [
        row
        | {
            "templated": _text(row) is not None and texts[_text(row)] >= 10,
            "settled": _settled(row, as_of),
            "returned": _settled(row, as_of) and any(_is_return(row, each) for each in rows),
        }
        for row in rows
    ]


def _text(row: Row) -> tuple[Any, ...] | None:
    """What a text is compared by: the agency that gave it, in which year, and its letters."""
    if row["answered"] is None or row["answer_print"] is None or row["agency"] is None:
        return None
    return row["registered"].year, row["agency"], row["answer_print"]


def _settled(row: Row, as_of: date) -> bool:
    if row["answered"] is None or row["person"] is None or row["theme"] is None:
        return False
    last_day = row["answered"] + timedelta(days=30)
    in_time = last_day.year == row["registered"].year and last_day <= as_of
    return bool(in_time and (row["satisfaction"] or 0) >= 4)


def _is_return(row: Row, later: Row) -> bool:
    if (later["person"], later["theme"]) != (row["person"], row["theme"]):
        return False
    return bool(0 < (later["registered"] - row["answered"]).days <= 30)
