"""The generalised appeal: the columns that declarations may read, and nothing that names a person.

It exists in the vault only. ``etl`` produces it; ``data`` only speaks about it.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

GENERALISED: Final[Mapping[str, type[pl.DataType]]] = {
    "appeal": pl.UInt64,
    "person": pl.UInt64,
    "person_when_answered": pl.UInt64,
    "answer_print": pl.UInt64,
    "registered": pl.Date,
    "answered": pl.Date,
    "answered_late": pl.Date,
    "as_of": pl.Date,
    "due": pl.Date,
    "due_extended": pl.Date,
    "response_days": pl.Int32,
    "agency": pl.String,
    "sector": pl.String,
    "region": pl.String,
    "district": pl.String,
    "theme": pl.String,
    "theme_group": pl.String,
    "kind": pl.String,
    "channel": pl.String,
    "outcome": pl.String,
    "outcome_class": pl.String,
    "women": pl.Boolean,
    "under_30": pl.Boolean,
    "over_60": pl.Boolean,
    "disability": pl.Boolean,
    "hardship": pl.Boolean,
    "entrepreneur": pl.Boolean,
    "investor": pl.Boolean,
    "legal_entity": pl.Boolean,
    "collective": pl.Boolean,
    "anonymous": pl.Boolean,
    "repeated": pl.Boolean,
    "reopened": pl.Boolean,
    "extended": pl.Boolean,
    "timed": pl.Boolean,
    "within_hour": pl.Boolean,
    "asked": pl.Boolean,
    "satisfaction": pl.Int8,
    "substantive": pl.Boolean,
    "harassment": pl.Boolean,
    "hops": pl.Int16,
    "taken_up": pl.Boolean,
}
"""Column → type. ``appeal`` is the first 8 bytes of an HMAC of the appeal's number, by which it is
known again in a later run; ``person`` is the first 8 bytes of the HMAC under the key of the year
of ``registered``, ``person_when_answered`` under that of the year of ``answered``; both are null
when the person is unknown, and are the same where both years have one key; ``answer_print`` is the
first 8 bytes of an HMAC of the letters of the answer's text, null where none is told;
``response_days`` are calendar days from registration to answer, null while open; ``answered_late``
is the day of an answer that came after those of its month were published, and null otherwise;
``due`` is the last day of the original statutory term; ``timed`` is true where the record tells
the hour at which the appeal came in and that of its answer, ``within_hour`` where no more than an
hour lies between them; the flags are false where the record does not say."""

SIDE_BY_SIDE: Final[Mapping[str, type[pl.DataType]]] = {
    "templated": pl.Boolean,
    "settled": pl.Boolean,
    "returned": pl.Boolean,
}
"""Columns that are known only when the appeals of a year lie side by side: whether the text of the
answer stands in many answers of the agency; whether the answer was rated satisfied early enough in
the year to tell whether the person came back; whether the person did, on the same theme."""
