"""An exhibit as plain rows: a number has its status beside it, a note its own column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layouts.components.exhibit import Cell, Exhibit
from layouts.words import Words

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column of a file; ``indicator`` is named where its values are numbers of one."""

    heading: str
    values: tuple[Value, ...]
    indicator: str = ""


def columns_of(exhibit: Exhibit, words: Words) -> tuple[Column, ...]:
    """The columns of the exhibit, in its order."""
    by_column = zip(*exhibit.rows, strict=True) if exhibit.rows else [()] * len(exhibit.headings)
    return tuple(
        column
        for heading, cells in zip(exhibit.headings, by_column, strict=True)
        for column in _columns(heading, cells, words)
    )


def _columns(heading: str, cells: Sequence[Cell], words: Words) -> Iterator[Column]:
    readings = [cell.reading for cell in cells]
    texts = tuple(cell.text for cell in cells)
    indicators = {reading.indicator for reading in readings if reading}
    if not indicators:
        yield Column(heading, texts)
        return
    values = tuple(reading.value if reading else None for reading in readings)
    statuses = tuple(reading.status.code if reading else "" for reading in readings)
    yield Column(heading, values, next(iter(indicators)) if len(indicators) == 1 else "")
    yield Column(words("taken_status_of", heading=heading), statuses)
    if any(texts):
        yield Column(words("taken_note_of", heading=heading), texts)
