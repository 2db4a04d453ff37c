"""Dates are read as they were meant, in the zone of the source, or not at all."""

from datetime import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.moments import read_moments

TASHKENT = "Asia/Tashkent"


def read(text: str, *formats: str, zone: str = TASHKENT) -> datetime | None:
    found: datetime | None = read_moments(pl.Series([text]), formats, zone).item()
    return found


@pytest.mark.parametrize(
    ("text", "day_and_hour"),
    [
        ("2019-01-05", (2019, 1, 5, 0)),
        ("2019-01-05 22:22:33", (2019, 1, 5, 22)),
        ("2019-01-05T22:22:33.000", (2019, 1, 5, 22)),
        ("2019-01-05T22:22", (2019, 1, 5, 22)),
        ("2019-01-05T22:22:33Z", (2019, 1, 6, 3)),
        ("2019-01-05 22:22:33+05", (2019, 1, 5, 22)),
        ("2019-01-05T22:22:33.5+00:00", (2019, 1, 6, 3)),
        ("2019-01-05T02:22:33-0800", (2019, 1, 5, 15)),
    ],
)
def test_iso_texts_are_read_without_being_told(text: str, day_and_hour: tuple[int, ...]) -> None:
    found = read(text)

    assert found is not None
    assert (found.year, found.month, found.day, found.hour) == day_and_hour


@pytest.mark.parametrize("text", ["2019-02-30", "yesterday", "05/01/2019", "20190105x", "0"])
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert read(text) is None


def test_formats_are_tried_in_their_order() -> None:
    texts = pl.Series(["05.01.2019 10:22", "05.01.2019", "01/05/2019 10:22:33 PM", None])
    formats = ("%d.%m.%Y", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M:%S %p")

    assert read_moments(texts, formats, TASHKENT).to_list() == [
        datetime(2019, 1, 5, 10, 22),  # noqa: DTZ001 - wall-clock time has no zone
        datetime(2019, 1, 5),  # noqa: DTZ001
        datetime(2019, 1, 5, 22, 22, 33),  # noqa: DTZ001
        None,
    ]


@pytest.mark.parametrize(("text", "unit"), [("1546300800", "epoch"), ("1546300800000", "epoch_ms")])
def test_numbers_count_from_1970_in_utc(text: str, unit: str) -> None:
    assert read(text, unit) == datetime(2019, 1, 1, 5)  # noqa: DTZ001


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    for formats in ((), ("epoch",), ("epoch_ms",), ("%Y-%m-%d %H:%M:%S%z",)):
        read_moments(pl.Series([text]), formats, "America/New_York")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_any_written_moment_is_read_back(moment: datetime) -> None:
    assert read(moment.isoformat()) == moment
