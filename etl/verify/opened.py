"""A release as read for verification, by nothing but its files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from data import codelists, manifest
from data.analyses import ANALYSES
from data.codelists import Codelist
from data.datasets import Axis, Grain, Table
from data.dimensions import TOTAL
from data.manifest import Manifest
from data.periods import last_day
from data.statuses import NOT_APPLICABLE, NOT_COLLECTED, NOT_YET

STATUS: Final = "_status"
ACTS: Final = "acts.parquet"
GUARDED: Final = r"^'([=+\-@\t\r])"


@dataclass(frozen=True)
class Opened:
    """The manifest, the tables (from Parquet) and the same from CSV as texts, the code lists, the
    register of acts where the release has one, and the analyses by name."""

    manifest: Manifest
    tables: Mapping[str, pl.DataFrame]
    texts: Mapping[str, pl.DataFrame]
    codelists: Mapping[str, Codelist]
    acts: pl.DataFrame | None = None
    analyses: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        return self.manifest.tables[name].table

    @property
    def threshold(self) -> int:
        return int(self.manifest.rules["threshold"])

    def periods(self, name: str, grain: Grain) -> list[str]:
        """The periods that a table must have at a grain: of an open source, those that ended."""
        first, last = (
            date.fromisoformat(d) for d in (self.manifest.first_day, self.manifest.as_of)
        )
        rules = self.manifest.rules
        missing = [
            period
            for sheet in rules["left_out"]
            if (sheet["table"], sheet["grain"]) == (name, grain)
            for period in sheet["periods"]
        ]
        return [
            code
            for code in periods(first, last, grain)
            if (rules["closed"] or last_day(code) <= last) and code not in missing
        ]

    def codes(self, axis: Axis) -> list[str]:
        """The total and the codes of an axis, which are all to be found in its table."""
        listed = self.codelists[axis.dimension]
        return [TOTAL, *(code for level in axis.levels for code in listed.at(level))]

    def counts(self, name: str) -> list[str]:
        """The counts of persons in a table, its base first."""
        guarded = self.manifest.rules["guarded"]
        return [measure for measure in self.table(name).measures if measure in guarded]

    def due(self, name: str, count: str) -> pl.DataFrame:
        """The rows of a table in which a count is published or hidden."""
        waiting = [NOT_COLLECTED.code, NOT_YET.code, NOT_APPLICABLE.code]
        return self.tables[name].filter(~pl.col(f"{count}{STATUS}").is_in(waiting))


def opened(directory: Path) -> Opened:
    """Reads all tables and code lists of a release."""
    described = manifest.parse((directory / manifest.FILE_NAME).read_bytes())
    return Opened(
        manifest=described,
        tables={name: _parquet(directory / f"{name}.parquet") for name in described.tables},
        texts={name: texts(directory / f"{name}.csv") for name in described.tables},
        codelists={
            name: codelists.parse((directory / f"codelist_{name}.csv").read_bytes(), name)
            for name in described.codelists
        },
        acts=_parquet(directory / ACTS) if ACTS in described.files else None,
        analyses={
            name: _parquet(directory / f"{name}.parquet")
            for name in ANALYSES
            if f"{name}.parquet" in described.files
        },
    )


def _parquet(path: Path) -> pl.DataFrame:
    return pl.read_parquet(BytesIO(path.read_bytes()))


def texts(path: Path) -> pl.DataFrame:
    """A CSV as texts; the quote that guards a text against spreadsheets is taken off."""
    frame = pl.read_csv(path, infer_schema=False)
    return frame.with_columns(pl.all().str.replace(GUARDED, "$1"))


def unguarded(text: str) -> str:
    """A text without the quote that guards it."""
    return re.sub(GUARDED, r"\1", text)


def periods(first: date, last: date, grain: Grain) -> list[str]:
    """The codes of all periods from one day to another."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    codes = {
        "year": [f"{month // 12:04}" for month in months],
        "quarter": [f"{month // 12:04}-Q{month % 12 // 3 + 1}" for month in months],
        "month": [f"{month // 12:04}-{month % 12 + 1:02}" for month in months],
    }
    return list(dict.fromkeys(codes[grain]))
