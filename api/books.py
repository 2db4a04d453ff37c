"""What a workbook of a view or of a table holds beside its numbers: their meanings and origin."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import date
from typing import Final

from api.grid import columns_of
from api.taken import Taken
from api.workbooks import Sheet, table_of, workbook
from layouts.components.codebook import entries_of, statuses
from layouts.words import Words

OF_ENTRY: Final = (
    "taken_name",
    "taken_short",
    "pages_indicator",
    "indicator_page_unit",
    "taken_meaning",
    "indicator_page_formula",
    "taken_caution",
    "indicator_page_source",
    "indicator_page_owner",
)
"""The words over the columns of ``Entry``, in its order."""
OF_STATUS: Final = ("taken_status", "taken_sign", "taken_word", "taken_meaning")


def as_xlsx(taken: Taken) -> bytes:
    """The exhibit as it is shown, what its numbers and signs mean, and where it is from."""
    words = taken.words
    table = Sheet(
        words("taken_sheet_table"),
        (taken.title, *taken.marks, taken.sources[1]),
        columns_of(taken.exhibit, words),
    )
    origin = Sheet(words("taken_sheet_origin"), (taken.title, *taken.marks, *taken.sources), ())
    sheets = [table, *explained(taken.exhibit.indicators, words), origin]
    return workbook(taken.title, sheets, date.fromisoformat(taken.release.manifest.as_of))


def as_one(every: Sequence[Taken]) -> bytes:
    """All exhibits of a view, a sheet each, what their numbers mean, and where they are from."""
    first = every[0]
    tables = [
        Sheet(
            f"{number:02} {taken.exhibit.name}",
            (taken.title, *taken.marks),
            columns_of(taken.exhibit, taken.words),
        )
        for number, taken in enumerate(every, 1)
    ]
    names = dict.fromkeys(name for taken in every for name in taken.exhibit.indicators)
    origin = Sheet(first.words("taken_sheet_origin"), (*first.marks, *first.sources), ())
    sheets = [*tables, *explained(names, first.words), origin]
    made = date.fromisoformat(first.release.manifest.as_of)
    return workbook(first.words("site_name"), sheets, made)


def explained(names: Iterable[str], words: Words) -> list[Sheet]:
    """A sheet of what numbers mean, and one of statuses."""
    meanings = [astuple(entry) for entry in entries_of(names, words)]
    signs = table_of([words(each) for each in OF_STATUS], statuses(words))
    return [
        Sheet(words("taken_sheet_meanings"), (), table_of([words(e) for e in OF_ENTRY], meanings)),
        Sheet(words("taken_sheet_signs"), (), signs),
    ]
