"""Schema drift: what the mapping does not know of, collected over the whole source, told once.

A run with any finding stops before anything is published. New codes are shown only when they are
short and hold no run of digits: a column that has changed its meaning may hold personal data.
"""

import re
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from data.errors import SourceError

SHOWN: Final = 10
KEPT: Final = 1000
"""Distinct new codes that are remembered for a field; what comes after is only counted."""

LONGEST: Final = 40
TELLING: Final = re.compile(r"\d{4,}|@|(\d[ -]?){7,}")


@dataclass
class NewCodes:
    """The texts of one field that no code is known for: rows and first row of each."""

    rows: int = 0
    texts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, text: str, rows: int, first: int) -> None:
        self.rows += rows
        if text in self.texts or len(self.texts) < KEPT:
            known, earlier = self.texts.get(text, (0, first))
            self.texts[text] = (known + rows, min(earlier, first))


class Drift:
    """All findings of one run."""

    def __init__(self) -> None:
        self._gone: dict[str, list[str]] = {}
        self._new: dict[str, NewCodes] = {}

    def column_gone(self, column: str, sections: list[str]) -> None:
        self._gone[column] = sections

    def new_codes(self, field_name: str, found: pl.DataFrame) -> None:
        """Takes ``text``, ``rows``, ``first`` of the new codes of a field in a batch."""
        codes = self._new.setdefault(field_name, NewCodes())
        for text, rows, first in found.iter_rows():
            codes.add(text, rows, first)

    def __bool__(self) -> bool:
        return bool(self._gone or self._new)

    def stop_if_any(self, mapping_name: str) -> None:
        """Raises ``SourceError`` with every finding when there is one."""
        if not self:
            return
        findings = [_gone_text(*each) for each in self._gone.items()]
        findings += [_new_text(*each) for each in self._new.items()]
        raise SourceError("Schema drift", " ".join(findings), self._remedy(mapping_name))

    def _remedy(self, mapping_name: str) -> str:
        steps = []
        if self._gone:
            steps.append(
                f"give the column's new name as 'from' in {mapping_name}, or remove the section if "
                "the source has it no longer"
            )
        steps += [
            f"add the new texts to codes (or codes_file) of [columns.{name}], their codes to the "
            f'code list, or set its \'unknown\' to "quarantine" or "other", in {mapping_name}'
            for name in self._new
        ]
        joined = "; ".join(steps)
        return f"{joined[:1].upper()}{joined[1:]}. Nothing was published."


def _gone_text(column: str, sections: list[str]) -> str:
    read_by = ", ".join(f"[{section}]" for section in sections)
    return f"column_gone: the source has no column '{column}', which {read_by} reads."


def _new_text(name: str, codes: NewCodes) -> str:
    by_rows = sorted(codes.texts.items(), key=lambda each: (-each[1][0], each[1][1]))
    told = ", ".join(_code_text(text, *counts) for text, counts in by_rows[:SHOWN])
    more = "" if len(by_rows) <= SHOWN else f" and {len(by_rows) - SHOWN} more"
    many = "+" if len(codes.texts) == KEPT else ""
    return (
        f"new_code: [columns.{name}] has {len(codes.texts)}{many} new texts in {codes.rows} rows: "
        f"{told}{more}."
    )


def _code_text(text: str, rows: int, first: int) -> str:
    if len(text) > LONGEST or TELLING.search(text):
        return f"a text that is not shown ({rows} rows, first in row {first + 1})"
    return f"'{text}' ({rows} rows)"
