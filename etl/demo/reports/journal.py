"""How many appeals came in each whole quarter by channel and place, by channel and theme, and from
entrepreneurs: what the bodies' own figures are drawn around."""

from collections import Counter
from typing import Final

import polars as pl

from data.periods import coarser
from etl.demo.appeals import CHANNEL_NAMES, World
from etl.demo.days import Month, months
from etl.demo.themes import themes

INDIVIDUAL, ENTREPRENEUR, INVESTOR = range(3)
QUARTERS: Final = tuple(dict.fromkeys(coarser(month.name) or "" for month in months()))[:-1]
"""The quarters that the source holds whole: the last one ends with its first month."""


class Journal:
    """Counts of the clean appeals, taken in month by month."""

    def __init__(self, here: World) -> None:
        self._districts = [district.code for district in here.places.districts]
        self._of_places: Counter[tuple[str, str, str]] = Counter()
        self._of_themes: Counter[tuple[str, str, str]] = Counter()
        self._of_applicants: Counter[tuple[str, int]] = Counter()

    def note(self, month: Month, appeals: pl.DataFrame) -> None:
        """Takes in the appeals of a month."""
        quarter = coarser(month.name) or ""
        for channel, district, count in appeals.group_by("channel", "district").len().rows():
            place = self._districts[district]
            self._of_places[quarter, CHANNEL_NAMES[channel], place] += count
        for channel, theme, count in appeals.group_by("channel", "theme").len().rows():
            self._of_themes[quarter, CHANNEL_NAMES[channel], themes()[theme]] += count
        for applicant, count in appeals.group_by("applicant").len().rows():
            self._of_applicants[quarter, applicant] += count

    def in_place(self, quarter: str, channel: str, district: str) -> int:
        return self._of_places[quarter, channel, district]

    def about(self, quarter: str, channel: str, theme: str) -> int:
        return self._of_themes[quarter, channel, theme]

    def by_channel(self, quarter: str, channel: str) -> int:
        return sum(self.about(quarter, channel, theme) for theme in themes())

    def of_applicants(self, quarter: str, applicant: int) -> int:
        return self._of_applicants[quarter, applicant]
