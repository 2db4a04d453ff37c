"""Rows of a table of bodies or areas: who may be listed, in which order, under which headings."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from data.analyses.comparison import FEWEST
from data.codelists import Codelist
from data.dimensions import TOTAL
from data.observe import STATUS_SUFFIX
from data.statuses import NOT_YET
from layouts.components.reading import reading
from layouts.components.table import Column, Order, Sorting
from layouts.view import View
from layouts.words import Words

BY_NAME: Final = "name"

Row = dict[str, Any]


def is_listed(row: Row) -> bool:
    """True when a row has enough appeals for its shares and medians to say something.

    What is not published yet says nothing about how many there are.
    """
    names = [
        name for name in ("received", "answered") if name in row and not _is_to_come(row, name)
    ]
    return all(row[name] is not None and row[name] >= FEWEST for name in names)


def _is_to_come(row: Row, name: str) -> bool:
    return row.get(f"{name}{STATUS_SUFFIX}") == NOT_YET.code


def ordered(rows: Sequence[Row], sort: str, name_of: Callable[[Row], str]) -> list[Row]:
    """Rows by name, or by a column (``-`` before it: largest first); no value stands last."""
    by_name = sorted(rows, key=lambda row: _by_name(name_of(row)))
    column = sort.removeprefix("-")
    if column == BY_NAME or not rows or column not in rows[0]:
        return by_name[::-1] if sort == f"-{BY_NAME}" else by_name
    known = [row for row in by_name if row[column] is not None]
    unknown = [row for row in by_name if row[column] is None]
    known.sort(key=lambda row: float(row[column]), reverse=sort.startswith("-"))
    return [*known, *unknown]


def _by_name(name: str) -> list[tuple[int, str]]:
    """A name for sorting: numbers in it count as numbers, so that 2 stands before 10."""
    parts = re.split(r"(\d+)", folded(name))
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def named(codes: Codelist, code: str, words: Words) -> str:
    """The name of a code; a total that the list does not name in this language has plain words."""
    is_named = code != TOTAL or words.lang in dict(codes[code].names)
    return words.name(codes, code) if is_named else words("pages_everywhere")


def folded(text: str) -> str:
    """Text for comparing: without case and apostrophes, which people write in many ways."""
    return text.casefold().translate(dict.fromkeys(map(ord, "ʻʼ'‘’`´")))


def heading(
    name: str, label: str, view: View, *, is_number: bool = True, usual: str = BY_NAME
) -> Column:
    """A heading that sorts: numbers from the largest first, names from the first letter first.

    ``usual`` is the order that the page has when nobody asked for one.
    """
    sort = view.get("sort") or usual
    first, second = (f"-{name}", name) if is_number else (name, f"-{name}")
    target = second if sort == first else first
    href = view.href(sort=None if target == usual else target)
    return Column(label, is_number, Sorting(href, name, _order(name, sort), usual))


def _order(name: str, sort: str) -> Order:
    if sort.removeprefix("-") != name:
        return "none"
    return "descending" if sort.startswith("-") else "ascending"


def cells(row: Row, names: Sequence[str], words: Words) -> list[Any]:
    """The cells of a row, each with its status."""
    return [reading(row, name).cell(words) for name in names]
