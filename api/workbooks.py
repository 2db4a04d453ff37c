"""Workbooks for people with a spreadsheet (XLSX). The same content has the same bytes.

Every text is written as a text: nothing in a workbook is ever a formula or a link.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from api.grid import Column, Value
from data.indicators import INDICATORS

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDEST: Final = 60
LONGEST_NAME: Final = 31
"""Letters of a sheet's name that spreadsheets take."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, lines of text above, and columns below a row of headings."""

    name: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]


def table_of(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> tuple[Column, ...]:
    """Columns from rows of plain values."""
    by_column = zip(*rows, strict=True) if rows else [()] * len(headings)
    return tuple(Column(*each) for each in zip(headings, map(tuple, by_column), strict=True))


def workbook(title: str, sheets: Sequence[Sheet], made: date) -> bytes:
    """The workbook's bytes; ``made`` stands in it as the day that it was made."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    book.set_properties({"title": title, "created": datetime(made.year, made.month, made.day)})  # noqa: DTZ001
    for sheet in sheets:
        _write(book, sheet)
    book.close()
    return content.getvalue()


def _write(book: Any, sheet: Sheet) -> None:
    place = book.add_worksheet(sheet.name[:LONGEST_NAME])
    strong = book.add_format({"bold": True})
    for row, line in enumerate(sheet.lines):
        place.write_string(row, 0, line, strong if row == 0 else None)
    top = len(sheet.lines) + 1 if sheet.lines else 0
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for index, column in enumerate(sheet.columns):
        place.set_column(index, index, _width(column))
        place.write_string(top, index, column.heading, heading)
        _fill(place, book, (top + 1, index), column)
    place.freeze_panes(top + 1, 1)


def _fill(place: Any, book: Any, start: tuple[int, int], column: Column) -> None:
    row, index = start
    style = book.add_format({"num_format": number_format(column.indicator), "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"}) if _is_long(column) else None
    for offset, value in enumerate(column.values):
        if isinstance(value, str):
            place.write_string(row + offset, index, value, text)
        elif value is not None:
            place.write_number(row + offset, index, value, style)


def number_format(indicator: str) -> str:
    """As the site writes it: as many decimals as are exact, and the sign of hundredths."""
    declared = INDICATORS.get(indicator)
    if declared is None:
        return "General"
    places = f".{'0' * declared.decimals}" if declared.decimals else ""
    return f"0{places}\\%" if declared.unit == "share" else f"#,##0{places}"


def _is_long(column: Column) -> bool:
    return any(isinstance(value, str) and len(value) > WIDEST for value in column.values)


def _width(column: Column) -> int:
    longest = max((len(value) for value in column.values if isinstance(value, str)), default=0)
    return max(12, min(max(longest, len(column.heading) // 2) + 2, WIDEST))
