"""A change in hundredths with its limits, in words that say whether chance may have made it."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from layouts.words import MINUS, Words

Row = Mapping[str, Any]
Course = Literal["fell", "rose", "none"]
PLACES: Final = 1


def course_of(row: Row, name: str) -> Course:
    """On which side of no change both limits of an estimate lie, if on one."""
    if row[f"{name}_upper"] < 0:
        return "fell"
    return "rose" if row[f"{name}_lower"] > 0 else "none"


def change_told(words: Words, key: str, row: Row, name: str, places: int = PLACES) -> str:
    """The sentence ``<key>_fell``, ``_rose`` or ``_none`` with the change and its limits."""
    course = course_of(row, name)
    size = row[name] if course == "none" else abs(row[name])
    size_told = signed(words, size, places) if course == "none" else words.percent(size, places)
    return words(f"{key}_{course}", change=size_told, **limits(words, row, name, places))


def limits(words: Words, row: Row, name: str, places: int = PLACES) -> dict[str, str]:
    """Both limits with their signs, as ``lower`` and ``upper``."""
    return {end: signed(words, row[f"{name}_{end}"], places) for end in ("lower", "upper")}


def signed(words: Words, value: float, places: int = PLACES) -> str:
    """A change with its sign: ``+3.2%``."""
    return _sign(value, places) + words.percent(abs(value), places)


def points(words: Words, value: float) -> str:
    """A difference of two shares with its sign: ``+3.2 percentage points``."""
    return words("change_points", change=bare_points(words, value))


def bare_points(words: Words, value: float) -> str:
    """The same without its unit, where a heading or a note tells it: ``+3.2``."""
    return _sign(value, PLACES) + words.decimal(abs(value), PLACES)


def _sign(value: float, places: int) -> str:
    if round(value, places) == 0:
        return ""
    return "+" if value > 0 else MINUS
