"""Tables of numbers: a caption, scoped headers, and a frame that scrolls on a narrow screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from zlib import crc32

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.exhibit import Cell, Exhibit, cell_of, exhibited, text_of
from layouts.components.link import link
from layouts.components.markup import markup
from layouts.static import to_html

Content = str | Component | list[Any]
Order = Literal["ascending", "descending", "none"]


@dataclass(frozen=True)
class Column:
    """A column: its heading, whether it holds numbers, and the link that sorts by it."""

    heading: Content
    is_number: bool = True
    sort_href: str = ""
    order: Order = "none"


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

    A table with a ``name``, one of its own on the page, can be taken away by that.
    """

    caption: Content
    corner: Column
    columns: Sequence[Column]
    lines: Sequence[Line]
    foot: Sequence[Line] = field(default=())
    style: str = ""
    skip: str = ""
    name: str = ""

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
    columns = [shown.corner, *shown.columns]
    parts = [
        html.Caption(shown.caption),
        html.Thead(html.Tr([_heading(column) for column in columns])),
        html.Tbody([_line(line, columns) for line in shown.lines]),
    ]
    if shown.foot:
        parts.append(html.Tfoot([_line(line, columns) for line in shown.foot]))
    drawn = html.Table(parts, className=f"numbers {shown.style}".strip())
    before, after = _way_past(shown)
    content = to_html([*before, drawn, *after])
    frame = markup(content, className="table-frame", tabIndex="0", role="group")
    return exhibited(html.Div([frame], className="exhibit"), shown.exhibit) if shown.name else frame


def _way_past(shown: Table) -> tuple[list[Component], list[Component]]:
    """A link before the table to a place behind it, seen by whoever comes there by keyboard."""
    if not shown.skip:
        return [], []
    place = f"after-{crc32(str(shown.caption).encode()):x}"
    return [html.A(shown.skip, href=f"#{place}", className="skip-link")], [html.Span(id=place)]


def _heading(column: Column) -> Component:
    content: Content = column.heading
    order: dict[str, Any] = {}
    if column.sort_href:
        arrow = {"ascending": " ▲", "descending": " ▼", "none": ""}[column.order]
        mark = [html.Span(arrow, **aria(hidden="true"))] if arrow else []
        content = link([column.heading, *mark], column.sort_href, className="sort")
        order = aria(sort=column.order)
    return html.Th(content, scope="col", className=_style(column), **order)


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
