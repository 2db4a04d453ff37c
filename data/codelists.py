"""Code lists: the codes of a dimension, their parents and their names in four languages.

A release carries its own code lists, so a release of another country or city brings other bodies,
areas and themes without any change to code.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from data.dimensions import DIMENSIONS, TOTAL
from data.errors import SourceError

LANGUAGES: Final = ("uz", "uz-cyrl", "ru", "en")
NAME_COLUMNS: Final = {lang: f"name_{lang.replace('-', '_')}" for lang in LANGUAGES}
COLUMNS: Final = ("code", "level", "parent", *NAME_COLUMNS.values())


@dataclass(frozen=True)
class Code:
    """One code: its level in the dimension, its parent's code, its names by language."""

    code: str
    level: str
    parent: str
    names: tuple[tuple[str, str], ...]

    def name(self, lang: str) -> str:
        """The name in a language, else in English, else in any, else the code itself."""
        names = dict(self.names)
        return names.get(lang) or names.get("en") or next(iter(names.values()), self.code)


@dataclass(frozen=True)
class Codelist:
    """The codes of one dimension, in the order of the list."""

    dimension: str
    codes: tuple[Code, ...]

    @cached_property
    def _by_code(self) -> dict[str, Code]:
        return {code.code: code for code in self.codes}

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Code:
        return self._by_code[code]

    def name(self, code: str, lang: str) -> str:
        found = self._by_code.get(code)
        return found.name(lang) if found else code

    def at(self, level: str) -> tuple[str, ...]:
        """The codes of a level, in the order of the list."""
        return tuple(code.code for code in self.codes if code.level == level)

    def children(self, parent: str) -> tuple[str, ...]:
        return tuple(
            code.code for code in self.codes if code.parent == parent and code.code != TOTAL
        )

    def below(self, codes: Collection[str]) -> tuple[str, ...]:
        """The codes themselves and all that lie below them, in the order of the list."""
        found = set(codes)
        for _ in self.levels:
            found |= {each.code for each in self.codes if each.parent in found}
        return tuple(each.code for each in self.codes if each.code in found)

    @property
    def levels(self) -> tuple[str, ...]:
        """The dimension's levels that this list has codes for, coarsest first."""
        present = {code.level for code in self.codes}
        return tuple(
            each.name for each in DIMENSIONS[self.dimension].levels if each.name in present
        )

    def frame(self) -> pl.DataFrame:
        """One row a code, with the columns of a code-list file."""
        rows = [
            (c.code, c.level, c.parent, *(dict(c.names).get(lang, "") for lang in LANGUAGES))
            for c in self.codes
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def read(path: Path, dimension: str) -> Codelist:
    """Reads ``code[,level][,parent][,name_…]`` from a CSV; levels are inferred where not given.

    Raises ``SourceError`` naming the line and the rule when the list is not sound.
    """
    return parse(path.read_bytes(), dimension, path.name)


def parse(content: bytes, dimension: str, where: str = "code list") -> Codelist:
    """``read`` for the bytes of a code list; ``where`` names it in errors."""
    frame = pl.read_csv(BytesIO(content), infer_schema=False)
    if "code" not in frame.columns:
        raise SourceError(
            "Code list", f"{where} has no column 'code'.", "Name the column of codes 'code'."
        )
    rows = frame.with_columns(pl.all().fill_null("").str.strip_chars()).to_dicts()
    parents = {row.get("parent", "") for row in rows} - {"", TOTAL}
    codes = [_code(row, dimension, parents) for row in rows]
    _check(codes, where)
    return with_total(dimension, codes)


def with_total(dimension: str, codes: Iterable[Code]) -> Codelist:
    """The list with its ``_T`` first, adding one when the list has none."""
    listed = list(codes)
    total = next(
        (code for code in listed if code.code == TOTAL), Code(TOTAL, "", "", (("en", "Total"),))
    )
    return Codelist(dimension, (total, *(code for code in listed if code.code != TOTAL)))


def _code(row: dict[str, str], dimension: str, parents: set[str]) -> Code:
    names = tuple((lang, row[column]) for lang, column in NAME_COLUMNS.items() if row.get(column))
    level = (
        "" if row["code"] == TOTAL else row.get("level") or _inferred_level(row, dimension, parents)
    )
    parent = "" if row["code"] == TOTAL else row.get("parent") or TOTAL
    return Code(row["code"], level, parent, names)


def _inferred_level(row: dict[str, str], dimension: str, parents: set[str]) -> str:
    levels = DIMENSIONS[dimension].levels
    is_coarse = bool(parents) and row.get("parent", "") in {"", TOTAL}
    return levels[0].name if is_coarse else levels[-1].name


def _check(codes: list[Code], where: str) -> None:
    seen: set[str] = set()
    for line, code in enumerate(codes, start=2):
        if not code.code or code.code in seen:
            raise SourceError(
                "Code list",
                f"{where}, line {line}: code '{code.code}' is empty or listed twice.",
                "Give each code once.",
            )
        seen.add(code.code)
    for line, code in enumerate(codes, start=2):
        if code.parent not in {"", TOTAL} | seen:
            raise SourceError(
                "Code list",
                f"{where}, line {line}: the parent '{code.parent}' is not a code of the list.",
                "List the parent as a code of its own.",
            )
