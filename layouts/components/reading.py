"""One published value with its status: how it is written, and what stands where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.indicators import INDICATORS
from data.observe import STATUS_SUFFIX, Observations
from data.statuses import NOT_APPLICABLE, NOT_COLLECTED, STATUSES, Status
from layouts.components.aria import aria
from layouts.components.cell import Cell, Origin
from layouts.components.link import link
from layouts.words import Words

Row = Mapping[str, Any]
ORIGIN: Final = "(origin)"
"""The key under which a row says where it is from; no column is called so."""
READING: Final = "_reading"


@dataclass(frozen=True)
class Reading:
    """The value of an indicator in one cell of the release; None where the status says why."""

    indicator: str
    value: float | int | None
    status: Status
    at: Cell | None = None

    @property
    def is_possible(self) -> bool:
        """False where there can be no value: it is not collected, or not for such a period."""
        return self.status not in {NOT_COLLECTED, NOT_APPLICABLE}

    def text(self, words: Words) -> str:
        """The bare number in the reader's format, or the word for why there is none."""
        if self.value is None:
            return words(self.status.word)
        return written(words, self.indicator, self.value)

    def phrase(self, words: Words) -> str:
        """The number with its unit, for a sentence or a card."""
        if self.value is None:
            return words(self.status.word)
        number = self.text(words)
        declared = INDICATORS.get(self.indicator)
        unit = declared.unit if declared else "count"
        if unit == "days":
            return words("value_days", value=number)
        if unit == "score":
            return words("pages_of_five", number=number)
        return number

    def cell(self, words: Words) -> list[str | Component]:
        """The content of a table cell: a number, or a sign whose word screen readers speak; it
        leads to where it comes from."""
        number = Number(self.text(words), self)
        if self.value is not None and not self.status.sign:
            return self.opened([number], words)
        shown = sign(words, self.status)
        setattr(shown, READING, self)
        return self.opened([shown] if self.value is None else [number, shown], words)

    def opened(self, content: list[str | Component], words: Words) -> list[str | Component]:
        """The content as a link to where the number comes from."""
        return [link(content, self.at.href(words.lang))] if self.at else content


class Number(str):
    """A number as it is written for people, which still knows what it was read from."""

    __slots__ = (READING,)

    def __new__(cls, text: str, reading: Reading) -> "Number":
        number = super().__new__(cls, text)
        setattr(number, READING, reading)
        return number


def reading_of(content: object) -> Reading | None:
    """What a text or a sign in a cell was read from; None for other contents."""
    found: Reading | None = getattr(content, READING, None)
    return found


def written(words: Words, indicator: str, value: float) -> str:
    """A value of an indicator in the reader's number format; a measure is a whole number."""
    declared = INDICATORS.get(indicator)
    if declared is None:
        return words.number(value)
    if declared.unit == "share":
        return words.percent(value, declared.decimals)
    return words.decimal(value, declared.decimals)


def sign(words: Words, status: Status) -> Component:
    """The sign of a status; its word is there for screen readers and on hovering."""
    return html.Span(
        [
            html.Span(status.sign, **aria(hidden="true")),
            html.Span(words(status.word), className="visually-hidden"),
        ],
        className=f"status status-{status.code}",
        title=words(status.word),
    )


def reading(row: Row, indicator: str) -> Reading:
    """The reading of an indicator in a row of observations."""
    origin: Origin | None = row.get(ORIGIN)
    at = origin.cell(row, indicator) if origin else None
    return Reading(indicator, row[indicator], STATUSES[row[f"{indicator}{STATUS_SUFFIX}"]], at)


def rows_of(observations: Observations) -> list[dict[str, Any]]:
    """The rows of an answer as mappings, each with where it is from."""
    origin = Origin(observations.table, observations.query.release)
    return [{**row, ORIGIN: origin} for row in observations.frame.to_dicts()]


def only_row(observations: Observations) -> dict[str, Any]:
    """The one row of an answer whose query fixes everything."""
    return rows_of(observations)[0]
