"""A small source with its mapping and its vault, for the tests of the pipeline."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from etl.intake import intake
from etl.mapping import Mapping as SourceMapping
from etl.mapping import read_mapping
from etl.stages import Staged
from etl.vault import Vault

TODAY = date(2019, 12, 31)

TOML = """
[source]
name = "town"
titles = { en = "A town's complaints" }
time_zone = "Asia/Tashkent"
never_read = ["phone"]

[columns.appeal_id]
from = "id"

[columns.registered]
from = "opened"

[columns.answered]
from = "closed"

[columns.updated]
from = "changed"

[columns.kind]
from = "kind"

[columns.agency]
from = "office"
fold = true
junk = ["Select One"]

[columns.satisfaction]
from = "mark"

[columns.birth_date]
from = "born"

[pseudonymise]
person = ["pin"]

[codelists]
agency = "offices.csv"
"""

OFFICES = "code,parent,name_en\nworks,,Works\nroads,works,Roads\nwater,works,Water\n"

Row = Mapping[str, str]
Rows = Iterable[Row]

GOOD: Row = {
    "id": "1",
    "opened": "2019-03-01",
    "closed": "2019-03-11",
    "changed": "2019-03-12 10:00:00",
    "kind": "complaint",
    "office": "roads",
    "mark": "4",
    "born": "1990-05-05",
    "pin": "30505901234567",
    "phone": "+998901234567",
}


def row(**changes: str) -> dict[str, str]:
    """A row without a fault, but for the changes."""
    return {**GOOD, **changes}


class Town:
    """A source in CSV, its mapping and its vault, in a directory of their own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.vault = Vault(directory / "vault")
        self.toml = TOML
        (directory / "offices.csv").write_text(OFFICES, encoding="utf-8")

    def mapping(self) -> SourceMapping:
        path = self.directory / "town.toml"
        path.write_text(self.toml, encoding="utf-8")
        return read_mapping(path)

    def write(self, rows: Rows) -> Path:
        path, listed = self.directory / "town.csv", list(rows)
        columns = dict.fromkeys((*GOOD, *(name for each in listed for name in each)))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(columns))
            writer.writeheader()
            writer.writerows(listed)
        return path

    def take_in(self, rows: Rows, as_of: date = TODAY) -> Staged:
        source = self.write(rows)
        return intake(self.mapping(), str(source), self.vault, as_of, lambda *_: None)

    def held(self) -> pl.DataFrame:
        return pl.read_parquet(self.vault.quarantine("town"))


def appeals_of(staged: Staged) -> pl.DataFrame:
    """All staged appeals."""
    return pl.concat([pl.read_parquet(month) for month in staged.months()])
