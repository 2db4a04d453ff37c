"""From the texts of a source to codes: translated, checked against the code list, told apart.

A text is missing, known nonsense (junk), translated, or unknown; each has its own outcome.
"""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from data.errors import SourceError
from etl.mapping import ColumnSection
from etl.record import Field

TRUE_WORDS: Final = ("1", "true", "t", "yes", "y", "ha", "ҳа", "да", "on", "x", "+")
FALSE_WORDS: Final = ("0", "false", "f", "no", "n", "yoq", "yo'q", "yoʻq", "йўқ", "нет", "off", "-")


@dataclass(frozen=True)
class Coding:
    """How the texts of one field become codes.

    ``table`` has each known text, folded where ``fold`` is true; ``rest`` is the code of unknown
    texts where there is one, and ``stops`` says that they stop the run instead.
    """

    table: Mapping[str, str]
    junk: frozenset[str]
    fold: bool
    default: str | None = None
    rest: str | None = None
    stops: bool = False

    def key(self, texts: pl.Series) -> pl.Series:
        return texts.str.to_lowercase() if self.fold else texts


@dataclass(frozen=True)
class Coded:
    """Codes, null where there is none, and why: the text is junk, or is unknown."""

    codes: pl.Series
    is_junk: pl.Series
    is_unknown: pl.Series


def encode(texts: pl.Series, coding: Coding) -> Coded:
    """Translates a column of texts."""
    key = coding.key(texts)
    codes = key.replace_strict(
        list(coding.table), list(coding.table.values()), default=None, return_dtype=pl.String
    )
    is_junk = key.is_in(list(coding.junk)).fill_null(value=False)
    is_unknown = texts.is_not_null() & codes.is_null() & ~is_junk
    if coding.rest is not None:
        codes, is_unknown = codes.set(is_unknown, coding.rest), is_unknown & False
    if coding.default is not None:
        codes = codes.set(texts.is_null(), coding.default)
    return Coded(codes.set(is_junk, None), is_junk, is_unknown)


def code_coding(
    field: Field, column: ColumnSection, allowed: Collection[str], directory: Path
) -> Coding:
    """The coding of a code or choice field.

    Raises ``SourceError`` when a code that the mapping names is not ``allowed``.
    """
    told = column.codes
    if column.codes_file is not None:
        told = read_codes_file(directory / column.codes_file)
    table = {code: code for code in allowed} if told is None else told
    spare = {code for code in (column.default, column.other) if code is not None}
    _check_codes(field, spare | set(table.values()), allowed)
    folded = str.lower if column.fold else str
    return Coding(
        table={folded(text.strip()): code for text, code in table.items()},
        junk=frozenset(folded(text.strip()) for text in column.junk),
        fold=column.fold,
        default=column.default,
        rest=column.other,
        stops=column.unknown == "stop",
    )


def flag_coding(column: ColumnSection) -> Coding:
    """The coding of a yes/no field into ``true`` and ``false``.

    Where only the true words are named, every other text is false, and the other way round.
    """
    named = {word.strip().lower(): "true" for word in column.true}
    named |= {word.strip().lower(): "false" for word in column.false}
    usual = dict.fromkeys(TRUE_WORDS, "true") | dict.fromkeys(FALSE_WORDS, "false")
    one_sided = {(True, False): "false", (False, True): "true"}
    rest = one_sided.get((bool(column.true), bool(column.false)))
    default = None if column.default is None else (named or usual).get(column.default.lower())
    return Coding(named or usual, frozenset(), fold=True, default=default, rest=rest)


def read_codes_file(path: Path) -> dict[str, str]:
    """Reads ``source,code``. Raises ``SourceError`` naming the line that is not sound."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise SourceError(
            "Codes", f"{path.name} cannot be read.", "Put it beside the mapping file, in UTF-8."
        ) from None
    table: dict[str, str] = {}
    for line, row in enumerate(rows, start=2):
        text, code = row.get("source"), row.get("code")
        if not text or not code or table.get(text, code) != code:
            raise SourceError(
                "Codes",
                f"{path.name}, line {line}: a text and its code are needed, each text once.",
                "Give the columns source,code.",
            )
        table[text] = code
    return table


def _check_codes(field: Field, named: Collection[str], allowed: Collection[str]) -> None:
    strange = sorted(set(named) - set(allowed))
    if strange:
        where = field.dimension or "choices"
        raise SourceError(
            "Codes",
            f"[columns.{field.name}] names '{strange[0]}', which the list of {where} does not have"
            + (f" at the level {field.level}." if field.level else "."),
            "Add the code to the list, or name one of "
            f"{', '.join(sorted(allowed)[:10]) or 'its codes'}.",
        )
