"""Reports of the village, as rows of text, for the tests that take them in or break them."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.reports import ORIGIN, REPORTS
from etl.mapping import Mapping as SourceMapping
from etl.mapping import read_mapping

STATED: Final = {"source": "The reception service", "stated_on": "2019-04-15"}
Row = Mapping[str, object]

TOML = """
[source]
name = "town"
titles = {{ en = "A town's complaints" }}
time_zone = "Asia/Tashkent"
[columns.appeal_id]
from = "id"
[columns.registered]
from = "opened"
[columns.agency]
from = "office"
[columns.region]
from = "region"
[columns.district]
from = "district"
[codelists]
agency = "offices.csv"
area = "areas.csv"
[reports]
{reports}
"""
OFFICES = "code,parent,name_en\nworks,,Works\nroads,works,Roads\nwater,works,Water\n"
AREAS = (
    "code,parent,name_en\n1703,,North\n1706,,South\n"
    "d1,1703,One\nd2,1703,Two\nd3,1706,Three\nd4,1706,Four\n"
)


def people(area: str, count: int | None, period: str = "2019-Q1", **more: object) -> Row:
    """A row of the offices' report."""
    return {"period": period, "area": area, "offices": 1, "people": count, **STATED, **more}


def frame_of(name: str, rows: list[Row]) -> pl.DataFrame:
    """Rows as the report's columns and types."""
    schema: dict[str, Any] = REPORTS[name].schema
    filled = [{**dict.fromkeys(schema), **row} for row in rows]
    return pl.DataFrame(filled, schema=schema).sort(REPORTS[name].key_names)


def mapping_with(directory: Path, **reports: list[Row]) -> SourceMapping:
    """A mapping in a directory of its own that names these reports, each a CSV file beside it."""
    directory.mkdir(exist_ok=True)
    lines = []
    for name, rows in reports.items():
        lines.append(f'{name} = "{name}.csv"')
        columns = list(dict.fromkeys(column for row in rows for column in row)) or list(ORIGIN)
        with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    (directory / "offices.csv").write_text(OFFICES, encoding="utf-8")
    (directory / "areas.csv").write_text(AREAS, encoding="utf-8")
    path = directory / "town.toml"
    path.write_text(TOML.format(reports="\n".join(lines)), encoding="utf-8")
    return read_mapping(path)
