"""What a table or chart shows, as CSV: the cells of the page, and nothing else."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from api.grid import Value, columns_of
from api.tables import harmless_text, marks_of
from api.taken import Taken


def as_csv(taken: Taken) -> bytes:
    """The rows as they are shown; a mark at the beginning lets spreadsheets read every script.

    The last columns name the release, and say so where its data are generated.
    """
    columns = columns_of(taken.exhibit, taken.words)
    constant = marks_of(taken.release)
    rows = zip(*(column.values for column in columns), strict=True)
    headings = [*(column.heading for column in columns), *constant]
    return csv_of([headings, *([*row, *constant.values()] for row in rows)])


def csv_of(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows as CSV; no text in it is run by a spreadsheet."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(each) for each in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> Value:
    return harmless_text(value) if isinstance(value, str) else value
