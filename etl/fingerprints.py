"""Fingerprints: at the door the text of an answer becomes a number, and the text is gone.

Two answers have the same number when they have the same letters: digits, punctuation, spaces and
case are no part of it, so that the number and date of a letter do not make another text. The number
is the first 8 bytes of an HMAC under a key made from that of the year of registration, so that
texts can be compared within a year, by who has the key alone, and not at all once it is destroyed.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import Final

import polars as pl

from etl.extract import ANSWER_TEXT
from etl.keyed import keyed_numbers

PRINT: Final = "answer_print"
ANSWERS: Final = b"answers"
"""The label under which a year's key for texts is made: no person's number comes of it."""


def without_text(
    frame: pl.DataFrame, years: pl.Series, key_of: Callable[[int | None], bytes]
) -> pl.DataFrame:
    """Replaces the text of the answer by ``answer_print``; null where there is no letter in it.

    Rows that come out of quarantine have their number already, and keep it.
    """
    if PRINT in frame.columns:
        return frame
    if ANSWER_TEXT not in frame.columns:
        return frame.with_columns(pl.lit(None, pl.UInt64).alias(PRINT))
    letters = _letters(frame[ANSWER_TEXT])
    prints = pl.Series(PRINT, [None], dtype=pl.UInt64).new_from_index(0, frame.height)
    for year in years.unique():
        rows = (years.eq_missing(year) & letters.is_not_null()).arg_true()
        key = hmac.digest(key_of(year), ANSWERS, sha256)
        numbers = pl.Series(keyed_numbers(letters[rows], key), dtype=pl.UInt64)
        prints = prints.scatter(rows, numbers)
    return frame.drop(ANSWER_TEXT).with_columns(prints.alias(PRINT))


def _letters(texts: pl.Series) -> pl.Series:
    letters = texts.str.replace_all(r"[^\p{L}]+", "").str.normalize("NFKC").str.to_lowercase()
    return letters.replace("", None)
