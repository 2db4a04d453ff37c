"""Dates and times as sources write them, read into wall-clock time in the zone of the source."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

EPOCHS: Final = {"epoch": 1_000_000, "epoch_ms": 1_000}
"""Formats that are numbers: seconds or milliseconds since 1970; what makes them microseconds."""

ISO: Final = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%dT%H:%M:%S%.f%#z",
)
"""What is tried where a mapping names no formats."""

TIME_DIRECTIVES: Final = ("%H", "%I", "%T", "%R", "%X", "%c", "%r", "%k", "%l")
FIRST_YEAR: Final = -62_135_596_800 * 1_000_000
LAST_YEAR: Final = 253_402_300_799 * 1_000_000
"""The first and last microsecond, since 1970, of the years that a calendar can write."""

SAMPLE: Final = datetime(2019, 10, 31, 22, 33, 44)  # noqa: DTZ001 - a wall clock has no zone

MOMENT: Final = pl.Datetime("us")


def read_moments(texts: pl.Series, formats: Sequence[str], zone: str) -> pl.Series:
    """Texts as naive local times, null where no format fits; the formats are tried in order.

    A text with an offset is converted to the zone; one without is local time there; a day alone
    is its midnight.
    """
    found = pl.Series(texts.name, [None], dtype=MOMENT).new_from_index(0, texts.len())
    for tried in formats or ISO:
        left = (found.is_null() & texts.is_not_null()).arg_true()
        if not left.len():
            break
        read = _read(texts.gather(left), tried, zone)
        found = found.scatter(left, read) if left.len() < texts.len() else read
    return found.alias(texts.name)


def is_format(tried: str) -> bool:
    """Whether a format can be read: a day that is written in it comes back as that day."""
    if tried in EPOCHS:
        return True
    try:
        written = (
            pl.Series([SAMPLE]).dt.replace_time_zone("UTC").dt.strftime(tried.replace("%#z", "%:z"))
        )
        day = read_moments(written, (tried,), "UTC").dt.date().item()
    except PolarsError:
        return False
    return bool(day == SAMPLE.date())


def _read(texts: pl.Series, tried: str, zone: str) -> pl.Series:
    if tried in EPOCHS:
        return _of_numbers(texts, EPOCHS[tried], zone)
    tried = tried.replace(".%f", "%.f")  # a fraction as Python writes it
    if not any(directive in tried for directive in TIME_DIRECTIVES):
        return texts.str.strptime(pl.Date, tried, strict=False).cast(MOMENT)
    if "z" in tried.replace("%%", ""):
        return _local(_aware(texts, tried), zone)
    return texts.str.strptime(MOMENT, tried, strict=False)


def _aware(texts: pl.Series, tried: str) -> pl.Series:
    # To the parser, "Z" and "+05" are no offsets; to the people who write them they are.
    whole = (
        texts.str.replace("[zZ]$", "+0000")
        .str.replace(r"([+-]\d\d):(\d\d)$", "${1}${2}")
        .str.replace(r"([+-]\d\d)$", "${1}00")
    )
    plain = tried.replace("%#z", "%z").replace("%:z", "%z")
    return whole.str.strptime(MOMENT, plain, strict=False)


def _of_numbers(texts: pl.Series, scale: int, zone: str) -> pl.Series:
    exact = texts.cast(pl.Float64, strict=False) * scale
    possible = exact.is_between(FIRST_YEAR, LAST_YEAR)
    micros = exact.set(~possible, None).round().cast(pl.Int64, strict=False)
    return _local(micros.cast(MOMENT).dt.replace_time_zone("UTC"), zone)


def _local(aware: pl.Series, zone: str) -> pl.Series:
    return aware.dt.convert_time_zone(zone).dt.replace_time_zone(None).cast(MOMENT)
