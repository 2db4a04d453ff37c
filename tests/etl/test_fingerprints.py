"""The text of an answer becomes a number at the door, and is gone."""

import hmac
from hashlib import sha256

import polars as pl
import pytest

from etl.extract import ANSWER_TEXT
from etl.fingerprints import PRINT, without_text
from etl.pseudonymise import person_numbers


def year_key(year: int | None) -> bytes:
    return bytes([(year or 0) % 256]) * 32


def prints(*texts: str | None, year: int | None = 2019) -> list[int | None]:
    frame = pl.DataFrame({ANSWER_TEXT: texts}, schema={ANSWER_TEXT: pl.String})
    years = pl.Series([year] * len(texts), dtype=pl.Int32)
    return without_text(frame, years, year_key)[PRINT].to_list()


def test_the_number_is_that_of_the_letters_under_the_key_of_the_year_for_answers() -> None:
    key = hmac.digest(year_key(2019), b"answers", sha256)
    expected = int.from_bytes(hmac.digest(key, b"masalahaletildi", sha256)[:8], "big")

    assert prints("Masala HAL etildi.") == [expected]


@pytest.mark.parametrize(
    "text",
    ["Masala hal etildi", "masala  hal\netildi!", "№ 17-334: Masala hal etildi. 05.03.2019"],
)
def test_numbers_points_spaces_and_case_make_no_other_text(text: str) -> None:
    assert prints(text) == prints("Masala hal etildi.")


def test_one_other_letter_makes_another_text() -> None:
    assert prints("Masala hal etildi") != prints("Masala hal etilmadi")


def test_the_number_of_another_year_is_another() -> None:
    assert prints("Masala hal etildi", year=2018) != prints("Masala hal etildi", year=2019)
    assert prints("Masala hal etildi", year=None) != prints("Masala hal etildi", year=2019)


def test_a_text_without_letters_has_no_number() -> None:
    assert prints(None, "", "17/334", " - ") == [None] * 4


def test_no_text_is_left() -> None:
    frame = pl.DataFrame({ANSWER_TEXT: ["Masala hal etildi"], "row": [1]})

    assert without_text(frame, pl.Series([2019]), year_key).columns == ["row", PRINT]


def test_a_source_without_texts_has_no_numbers_and_a_row_out_of_quarantine_keeps_its_own() -> None:
    years = pl.Series([2019])
    bare = pl.DataFrame({"row": [1]})

    assert without_text(bare, years, year_key)[PRINT].to_list() == [None]
    held = bare.with_columns(pl.lit(7, pl.UInt64).alias(PRINT))
    assert without_text(held, years, year_key).equals(held)


def test_a_text_that_is_an_identifier_has_not_the_number_of_the_person() -> None:
    person = person_numbers(pl.DataFrame({"identifier_0": ["karimov"]}), year_key(2019))

    assert prints("karimov") != person.to_list()
