"""``datapackage.json``: the release as a Data Package, for common tools to read and check."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from data.analyses import ANALYSES
from data.manifest import FileRecord
from data.reports import REPORTS
from etl.papers import GENERATED_NOTICE, title
from etl.stages import Derived

Schema = Mapping[str, pl.DataType]
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def datapackage(
    derived: Derived, files: Mapping[str, FileRecord], schemas: Mapping[str, Schema]
) -> bytes:
    """The descriptor; ``schemas`` has the columns of every CSV by file name."""
    source = derived.edition.source
    description = f"As of {derived.edition.as_of.isoformat()}. Source: {source.attribution}."
    if source.generated:
        description = f"{GENERATED_NOTICE.replace('**', '')}{description}"
    described = {
        "$schema": PROFILE,
        "name": source.name.lower().replace("_", "-"),
        "title": title(derived),
        "description": description,
        "version": derived.edition.as_of.isoformat(),
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": source.attribution}],
        "resources": [
            _resource(derived, name, record, schemas)
            for name, record in sorted(files.items())
            if name.endswith((".csv", ".parquet"))
        ],
    }
    return f"{json.dumps(described, ensure_ascii=False, indent=1)}\n".encode()


def _resource(
    derived: Derived, name: str, record: FileRecord, schemas: Mapping[str, Schema]
) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    common = {
        "name": f"{stem}-{ending}".replace("_", "-"),
        "path": name,
        "format": ending,
        "mediatype": record.media_type,
        "bytes": record.bytes,
        "hash": f"sha256:{record.sha256}",
    }
    if ending != "csv":
        return {**common, "type": "file"}
    fields = [{"name": column, "type": _type(kind)} for column, kind in schemas[name].items()]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    keys = {name: each.keys for name, each in ANALYSES.items()}
    keys |= {name: each.key_names for name, each in REPORTS.items()}
    keys |= {name: table.keys for name, table in derived.catalogue.items()}
    if stem in keys:
        schema["primaryKey"] = list(keys[stem])
    return {**common, "type": "table", "encoding": "utf-8", "schema": schema}


def _type(kind: pl.DataType) -> str:
    if kind.is_integer():
        return "integer"
    return "number" if kind.is_float() else "string"
