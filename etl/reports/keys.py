"""The keys of a report: which texts each may hold, and how its codes lie below one another."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from data.codelists import Codelist
from data.dimensions import TOTAL
from data.periods import coarser
from data.reports import Key

Lists = Mapping[str, Codelist]

PERIOD: Final = r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$"
DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
NUMBER: Final = r"^[A-Za-z0-9_./-]{1,40}$"


def form_of(key: Key) -> str:
    """The texts that a key may hold, as an error says it."""
    of_code = f"a code of the list of {key.dimension} at {' or '.join(key.levels)}"
    forms = {
        "period": "a period such as 2019, 2019-Q3 or 2019-09",
        "day": "a day such as 2019-03-31",
        "number": "a number of at most 40 letters, digits and . / -",
        "choice": f"one of {', '.join(key.choices)}",
        "code": of_code,
    }
    return forms[key.of] + (f", or {TOTAL}" if key.has_total else "")


def is_well_formed(key: Key, texts: pl.Series, lists: Lists) -> pl.Series:
    """True for the texts that a key may hold."""
    total = (texts == TOTAL) & key.has_total
    if key.of == "code":
        listed = lists[key.dimension]
        return total | texts.is_in([code for level in key.levels for code in listed.at(level)])
    if key.of == "choice":
        return total | texts.is_in(list(key.choices))
    if key.of == "day":
        return is_day(texts)
    patterns = {"period": PERIOD, "number": NUMBER}
    return total | texts.str.contains(patterns[key.of])


def is_day(texts: pl.Series) -> pl.Series:
    """True for the texts that are a day of the calendar."""
    read = texts.str.to_date("%Y-%m-%d", strict=False)
    return read.is_not_null() & texts.str.contains(DAY)


def parent_of(key: Key, lists: Lists) -> Callable[[str], str]:
    """For a code of the key the next coarser one; "" where there is none.

    Codes without a total have none.
    """
    if key.of == "period":
        return lambda code: coarser(code) or ""
    if not key.has_total:
        return lambda _code: ""
    if key.of == "code":
        listed = lists[key.dimension]
        return lambda code: listed[code].parent if code != TOTAL else ""
    return lambda code: "" if code == TOTAL else TOTAL


def above(code: str, parent: Callable[[str], str]) -> list[str]:
    """All codes above a code, the nearest first."""
    found = []
    while code := parent(code):
        found.append(code)
    return found
