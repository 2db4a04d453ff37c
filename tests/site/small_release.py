"""A small release of invented numbers, and the site over it."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
from dash import Dash
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from data import codelists
from data.codelists import Codelist
from data.datasets import DATASETS, Table
from data.dimensions import DIMENSIONS, TOTAL
from data.indicators import INDICATORS
from data.manifest import FILE_NAME, FileRecord, Ledger, Manifest, SourceRecord, TableRecord
from data.measures import MEASURES
from data.releases import CURRENT

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
TABLES_OF_SAMPLE = ("agencies", "regions", "agency_by_kind")
PERIODS = ("2018", "2018-Q4", "2018-12", "2019", "2019-Q1", "2019-01")
FEW = 4


def publish(root: Path, *, revision: int = 1, generated: bool = True) -> str:
    """Writes a release below ``root``, points to it, and gives its id."""
    lists = {name: small_codelist(name) for name in DIMENSIONS}
    files = codelist_files(lists)
    tables: dict[str, TableRecord] = {}
    for dataset, table in chosen_tables():
        frame = invented(table, lists)
        files |= {f"{table.name}.parquet": parquet(frame), f"{table.name}.csv": csv(frame)}
        tables[table.name] = TableRecord(dataset, table, frame.height, {"received": 1})
    return write(root, manifest_of(files, tables, tuple(lists), generated), files, revision)


def small_codelist(name: str) -> Codelist:
    """The reference list cut to a few codes a level, with whole families."""
    whole = codelists.read(REFERENCE / f"{name}.csv", name)
    kept = {TOTAL}
    levels = whole.levels
    for coarse in whole.at(levels[0])[:FEW]:
        kept |= {coarse, *whole.children(coarse)[:FEW]}
    return Codelist(name, tuple(code for code in whole.codes if code.code in kept))


def codelist_files(lists: dict[str, Codelist]) -> dict[str, bytes]:
    return {f"codelist_{name}.csv": csv(each.frame()) for name, each in lists.items()}


def chosen_tables() -> Iterator[tuple[str, Table]]:
    for dataset in DATASETS.values():
        for table in dataset.tables:
            if table.name in TABLES_OF_SAMPLE:
                yield dataset.name, table


def columns_of(table: Table) -> list[str]:
    known = set(table.measures)
    derived = [n for n, i in INDICATORS.items() if set(i.inputs) <= known and n not in known]
    return [*table.measures, *derived]


def invented(table: Table, lists: dict[str, Codelist]) -> pl.DataFrame:
    axes = [
        (TOTAL, *(code for level in axis.levels for code in lists[axis.dimension].at(level)))
        for axis in table.axes
    ]
    rows = [dict(zip(table.keys, key, strict=True)) for key in product(PERIODS, *axes)]
    columns = columns_of(table)
    filled = [row | values_of(number, columns) for number, row in enumerate(rows)]
    schema: dict[str, Any] = dict.fromkeys(table.keys, pl.String)
    schema |= {c: pl.Int64 if c in MEASURES else pl.Float64 for c in columns}
    schema |= {f"{c}_status": pl.String for c in columns}
    return pl.DataFrame(filled, schema=schema)


def values_of(number: int, columns: list[str]) -> dict[str, Any]:
    """Plain numbers, with every tenth row hidden."""
    hidden = number % 10 == 9
    values = {
        c: None if hidden else 1000 + number if c in MEASURES else 40.5 + number % 50
        for c in columns
    }
    return {**values, **{f"{c}_status": "Q" if hidden else "A" for c in columns}}


def parquet(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv().encode()


def manifest_of(
    files: dict[str, bytes],
    tables: dict[str, TableRecord],
    lists: tuple[str, ...],
    generated: bool,
) -> Manifest:
    return Manifest(
        source=SourceRecord("sample", {"en": "Invented sample"}, generated, "CC BY 4.0", "Nobody"),
        first_day="2018-01-01",
        as_of="2019-11-01",
        code_version="test",
        rules={"threshold": 10},
        not_collected=(),
        ledger=Ledger(10, 8, 1, {"missing_id": 1}),
        tables=tables,
        files={name: record(name, content) for name, content in files.items()},
        codelists=lists,
    )


def record(name: str, content: bytes) -> FileRecord:
    kind = "text/csv" if name.endswith(".csv") else "application/vnd.apache.parquet"
    return FileRecord(sha256(content).hexdigest(), len(content), kind)


def write(root: Path, described: Manifest, files: dict[str, bytes], revision: int) -> str:
    release_id = f"{described.edition}.{revision}-{described.digest[:8]}"
    directory = root / release_id
    directory.mkdir(parents=True)
    for name, content in {**files, FILE_NAME: described.canonical()}.items():
        (directory / name).write_bytes(content)
    (root / CURRENT).write_text(f"{release_id}\n", encoding="ascii")
    return release_id


def client_over(root: Path) -> FlaskClient:
    """A reader's program before the site over the releases in a directory."""
    client: FlaskClient = site_over(root).server.test_client()
    return client


def site_over(root: Path) -> Dash:
    box = root.with_name(f"{root.name}-feedback")
    return create_app(Settings(releases=root, feedback=box, strict_words=True))
