"""One published value with its status: how it is written, and what stands where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from data.indicators import INDICATORS
from data.observe import STATUS_SUFFIX, Observations
from data.statuses import NOT_APPLICABLE, NOT_COLLECTED, PROVISIONAL, STATUSES, Status
from layouts.components.aria import aria
from layouts.words import Words

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """The value of an indicator in one cell of the release; None where the status says why."""

    indicator: str
    value: float | int | None
    status: Status

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
        unit = INDICATORS[self.indicator].unit
        if unit == "days":
            return words("value_days", value=number)
        if unit == "score":
            return words("pages_of_five", number=number)
        return number

    def cell(self, words: Words) -> list[str | Component]:
        """The content of a table cell: a number, or a sign whose word screen readers speak."""
        if self.value is None:
            return [sign(words, self.status)]
        number = self.text(words)
        return [number, sign(words, self.status)] if self.status is PROVISIONAL else [number]


def written(words: Words, indicator: str, value: float) -> str:
    """A value of an indicator in the reader's number format."""
    declared = INDICATORS[indicator]
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
    return Reading(indicator, row[indicator], STATUSES[row[f"{indicator}{STATUS_SUFFIX}"]])


def rows_of(observations: Observations) -> list[dict[str, Any]]:
    """The rows of an answer as mappings."""
    return observations.frame.to_dicts()


def only_row(observations: Observations) -> dict[str, Any]:
    """The one row of an answer whose query fixes everything."""
    return observations.frame.row(0, named=True)
