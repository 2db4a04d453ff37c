"""One published cell and its address, so that every number leads to where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from data.datasets import Table
from data.dimensions import TOTAL
from data.query import LATEST
from data.releases import Release
from layouts.sitemap import RELEASE_KEY, SITEMAP
from layouts.view import View, address

PAGE: Final = "number"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """A table of the release, a column of it, and the code of each key (``period`` first)."""

    table: str
    column: str
    keys: tuple[tuple[str, str], ...]
    release: str = LATEST

    @property
    def codes(self) -> dict[str, str]:
        """The code of each key."""
        return dict(self.keys)

    def href(self, lang: str) -> str:
        """The address of the page about this number; totals are meant where no code stands."""
        named = {"table": self.table, "column": self.column, **self.codes}
        if self.release != LATEST:
            named[RELEASE_KEY] = self.release
        state = sorted((key, value) for key, value in named.items() if value != TOTAL)
        return address(lang, SITEMAP[PAGE].path, tuple(state))

    def beside(self, column: str) -> "Cell":
        """The cell of another column in the same row."""
        return replace(self, column=column)

    def above(self, column: str) -> "Cell | None":
        """A column in the row's total along the last dimension that the row breaks down; None
        where it breaks nothing down."""
        broken_down = [key for key, code in self.keys[1:] if code != TOTAL]
        if not broken_down:
            return None
        return self.at(broken_down[-1], TOTAL, column)

    def at(self, dimension: str, code: str, column: str) -> "Cell":
        """A column of the same row but for the code of one dimension."""
        keys = tuple((k, code if k == dimension else own) for k, own in self.keys)
        return replace(self, column=column, keys=keys)


@dataclass(frozen=True)
class Origin:
    """Where a row of an answer is from."""

    table: Table
    release: str

    def cell(self, row: Row, column: str) -> Cell:
        """The address of one column of the row."""
        keys = tuple((key, str(row[key])) for key in self.table.keys)
        return Cell(self.table.name, column, keys, self.release)


def cell_at(view: View, release: Release) -> Cell | None:
    """The cell that the address of a number names; None when the release has no such table."""
    record = release.manifest.tables.get(view.get("table"))
    if record is None:
        return None
    keys = tuple((key, view.get(key)) for key in record.table.keys)
    bound = view.release_id if view.is_bound else LATEST
    return Cell(record.table.name, view.get("column"), keys, bound)


def row_of(cell: Cell, release: Release) -> Row | None:
    """The row of the release that a cell stands in; None when there is none, or no such column."""
    frame = release.tables.get(cell.table)
    if frame is None or f"{cell.column}_status" not in frame.columns:
        return None
    if any(key not in frame.columns for key, _ in cell.keys):
        return None
    found = frame.filter(**cell.codes)
    return found.row(0, named=True) if found.height else None
