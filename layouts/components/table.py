"""Tables of numbers: a caption, scoped headers, and a frame that scrolls on a narrow screen.

The rows of a table that may be sorted are sorted by links on the server, and in the browser by
``assets/tables.js``, which finds here what it needs to come to the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from zlib import crc32

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.exhibit import Cell, Exhibit, cell_of, exhibited, text_of
from layouts.components.link import link
from layouts.components.markup import markup
from layouts.components.table_tools import equipped
from layouts.static import to_html

Content = str | Component | list[Any]
Order = Literal["ascending", "descending", "none"]


FEWEST_SORTED: Final = 3
"""Rows; fewer are seen at a glance."""
TOTAL_LINE: Final = "total"
"""The style of a row that stays where it is, however the others are sorted."""


@dataclass(frozen=True)
class Sorting:
    """How a heading sorts by the address: the link, the key that it puts there, the order that the
    page has now, and the key that is meant where the address has none."""

    href: str
    key: str
    order: Order
    usual: str


@dataclass(frozen=True)
class Column:
    """A column: its heading, whether it holds numbers, and how it sorts by the address."""

    heading: Content
    is_number: bool = True
    sorting: Sorting | None = None


@dataclass(frozen=True)
class Line:
    """A row: its header cell, the other cells, and a style such as ``total``."""

    header: Content
    cells: Sequence[Content]
    style: str = ""


@dataclass(frozen=True)
class Table:
    """What a table shows. ``corner`` heads the column of row headers; ``skip`` are the words of a
    link past the table, for one in which very many numbers are links.

    A table with a ``name``, one of its own on the page, can be taken away by that. One that
    ``is_sortable`` is sorted in the browser alone, by any column; one with columns that sort by the
    address, by those.
    """

    caption: Content
    corner: Column
    columns: Sequence[Column]
    lines: Sequence[Line]
    foot: Sequence[Line] = field(default=())
    style: str = ""
    skip: str = ""
    name: str = ""
    is_sortable: bool = False

    @property
    def sorted_rows(self) -> int:
        """How many rows readers may sort and choose from; 0 where they may not."""
        rows = sum(line.style != TOTAL_LINE for line in self.lines)
        may_sort = self.is_sortable or self.usual_order is not None
        return rows if may_sort and rows >= FEWEST_SORTED else 0

    @property
    def usual_order(self) -> str | None:
        """The key of the order that the address need not name; None where it names none."""
        sortings = (column.sorting for column in (self.corner, *self.columns))
        return next((each.usual for each in sortings if each), None)

    @property
    def exhibit(self) -> Exhibit:
        """The table as it is shown, for a file."""
        headings = (self.corner.heading, *(column.heading for column in self.columns))
        lines = (*self.lines, *self.foot)
        return Exhibit(
            self.name,
            text_of(self.caption),
            tuple(map(text_of, headings)),
            tuple((Cell(text_of(each.header)), *map(cell_of, each.cells)) for each in lines),
        )


def table(shown: Table) -> Component:
    """The table in its frame; the frame can be scrolled with the keyboard."""
    before, after = _way_past(shown)
    frame = html.Div(
        [*before, _drawn(shown), *after],
        className="table-frame",
        tabIndex="0",
        role="group",
        **aria(label=text_of(shown.caption)),
    )
    rows = shown.sorted_rows
    tools = [html.Div(className="table-tools")] if rows else []
    place = markup(to_html([*tools, frame]), className="table-place")
    if rows:
        equipped(place, rows)
    return exhibited(html.Div([place], className="exhibit"), shown.exhibit) if shown.name else place


def _drawn(shown: Table) -> Component:
    columns = [shown.corner, *shown.columns]
    parts = [
        html.Caption(shown.caption),
        html.Thead(html.Tr([_heading(column) for column in columns])),
        html.Tbody([_line(line, columns) for line in shown.lines]),
    ]
    if shown.foot:
        parts.append(html.Tfoot([_line(line, columns) for line in shown.foot]))
    told: dict[str, Any] = {"data-usual": shown.usual_order}
    return html.Table(parts, className=f"numbers {shown.style}".strip(), **told)


def _way_past(shown: Table) -> tuple[list[Component], list[Component]]:
    """A link before the table to a place behind it, seen by whoever comes there by keyboard."""
    if not shown.skip:
        return [], []
    place = f"after-{crc32(str(shown.caption).encode()):x}"
    return [html.A(shown.skip, href=f"#{place}", className="skip-link")], [html.Span(id=place)]


def _heading(column: Column) -> Component:
    if column.sorting is None:
        return html.Th(column.heading, scope="col", className=_style(column))
    sorting = column.sorting
    told: dict[str, Any] = {"data-sort": sorting.key, **aria(sort=sorting.order)}
    return html.Th(
        link(column.heading, sorting.href, className="sort"),
        scope="col",
        className=_style(column),
        **told,
    )


def _line(line: Line, columns: Sequence[Column]) -> Component:
    cells = [
        html.Td(cell, className=_style(column))
        for cell, column in zip(line.cells, columns[1:], strict=True)
    ]
    return html.Tr(
        [html.Th(line.header, scope="row", className=_style(columns[0])), *cells],
        className=line.style,
    )


def _style(column: Column) -> str:
    return "number" if column.is_number else "text"
