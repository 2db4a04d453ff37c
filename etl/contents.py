"""The contents of a release: every file's bytes, from derived tables to the manifest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, Final

import polars as pl

from data.analyses import ANALYSES
from data.datasets import DATASETS, Table
from data.dimensions import DIMENSIONS, FlagDimension
from data.flags import RULES as FLAG_RULES
from data.manifest import FILE_NAME, FileRecord, Ledger, Manifest, TableRecord
from data.measures import MEASURES, Distinct
from data.observe import STATUS_SUFFIX
from data.reports import REPORTS
from data.statuses import SUPPRESSED
from etl.account import as_told
from etl.codebook import codebook
from etl.datapackage import Schema, datapackage
from etl.derive import columns_of
from etl.disclosure.certificate import FILE_NAME as CERTIFICATE
from etl.disclosure.primary import SMALL_CONTAINER
from etl.maturity import is_closed
from etl.papers import citation, licence, readme
from etl.stages import Derived
from etl.systems import guarded_counts, same_counts
from etl.tabular import check_codes, csv, parquet, with_names

SUMS: Final = "SHA256SUMS"
CHECKER: Final = Path(__file__).parent / "disclosure" / "check.py"
"""Shipped in every release: it shares no code with what it checks."""
MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".cff": "application/yaml",
    ".gz": "application/gzip",
    ".py": "text/x-python",
}


@dataclass
class Contents:
    """Files by name, with what the manifest says of each."""

    generated: bool
    files: dict[str, bytes] = field(default_factory=dict)
    records: dict[str, FileRecord] = field(default_factory=dict)
    schemas: dict[str, Schema] = field(default_factory=dict)

    def add(self, name: str, content: bytes, rows: int | None = None) -> None:
        media_type = MEDIA_TYPES[PurePath(name).suffix]
        self.files[name] = content
        self.records[name] = FileRecord(sha256(content).hexdigest(), len(content), media_type, rows)

    def add_csv(self, name: str, frame: pl.DataFrame) -> None:
        extra = {"data": pl.String()} if self.generated else {}
        self.schemas[name] = {**frame.schema, **extra}
        self.add(name, csv(frame, generated=self.generated), frame.height)


def contents(derived: Derived, code_version: str) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest, and all files of the release with it. Raises ``SourceError`` for a bad code."""
    edition = derived.edition
    check_codes(edition.codelists)
    made = Contents(edition.source.generated)
    _add_tables(made, derived)
    for name, frame in derived.analyses.items():
        made.add_csv(f"{name}.csv", with_names(frame, edition.codelists))
        made.add(f"{name}.parquet", parquet(frame), frame.height)
    for name, frame in edition.reports.items():
        named = with_names(frame, edition.codelists, REPORTS[name].dimension_of)
        made.add_csv(f"{name}.csv", named)
        made.add(f"{name}.parquet", parquet(frame), frame.height)
    made.add_csv("hidden.csv", derived.hidden)
    made.add(CERTIFICATE, derived.certificate)
    made.add(CHECKER.name, CHECKER.read_bytes())
    for name, codelist in edition.codelists.items():
        made.add_csv(f"codelist_{name}.csv", codelist.frame())
    made.add_csv("ledger.csv", ledger_table(told_ledger(derived)))
    made.add_csv("codebook.csv", codebook(derived))
    made.add("README.md", readme(derived).encode())
    made.add("LICENSE.txt", licence(derived).encode())
    made.add("CITATION.cff", citation(derived).encode())
    made.add("datapackage.json", datapackage(derived, made.records, made.schemas))
    manifest = _manifest(derived, made, code_version)
    made.files[FILE_NAME] = manifest.canonical()
    made.files[SUMS] = _sums(made.files)
    return manifest, made.files


def _add_tables(made: Contents, derived: Derived) -> None:
    frames = dict(derived.tables)
    if derived.edition.acts is not None:
        acts = derived.edition.acts.sort("act")
        frames["acts"] = acts.with_columns(pl.col(pl.Date).dt.strftime("%Y-%m-%d"))
    for name, frame in frames.items():
        named = with_names(frame, derived.edition.codelists) if name in derived.tables else frame
        made.add_csv(f"{name}.csv", named)
        made.add(f"{name}.parquet", parquet(frame), frame.height)


def told_ledger(derived: Derived) -> Ledger:
    return as_told(derived.edition, derived.tables["national"], derived.disclosure["threshold"])


def ledger_table(ledger: Ledger) -> pl.DataFrame:
    """``fate``, ``rule``, ``rows``: where each row that was read went, and their sum; no number
    where that is not told."""
    held = [("quarantined", rule, rows) for rule, rows in sorted(ledger.quarantined.items())]
    lines = [
        ("accepted", "", ledger.accepted),
        ("duplicate", "", ledger.duplicates),
        *held,
        ("late", "", ledger.late),
        ("after", "", ledger.after),
        ("read", "", ledger.read),
        ("withdrawn", "", ledger.withdrawn),
    ]
    return pl.DataFrame(lines, schema=["fate", "rule", "rows"], orient="row")


def _manifest(derived: Derived, made: Contents, code_version: str) -> Manifest:
    edition = derived.edition
    return Manifest(
        source=edition.source,
        first_day=edition.first_day.isoformat(),
        as_of=edition.as_of.isoformat(),
        code_version=code_version,
        rules=_rules(derived),
        not_collected=tuple(sorted(edition.not_collected)),
        ledger=told_ledger(derived),
        tables={
            name: _table_record(table, derived.tables[name])
            for name, table in derived.catalogue.items()
        },
        files=made.records,
        codelists=tuple(edition.codelists),
        disclosure=dict(derived.disclosure),
    )


def _rules(derived: Derived) -> dict[str, Any]:
    """The rules that were applied, in the words that the checker reads."""
    return {
        **derived.edition.rules,
        "threshold": derived.disclosure["threshold"],
        "small": SMALL_CONTAINER,
        "guarded": guarded_counts(derived.edition, derived.catalogue),
        "same": same_counts(derived.edition, derived.catalogue),
        "flags": [name for name in derived.edition.codelists if _is_of_flags(name)],
        "closed": is_closed(derived.edition),
        "left_out": derived.disclosure["sheets_left_out"],
        "reports": {name: REPORTS[name].settings for name in derived.edition.reports},
        "quality": dict(FLAG_RULES),
        "estimates": _estimates(derived),
        "analyses": {name: dict(ANALYSES[name].settings) for name in derived.analyses},
    }


def _estimates(derived: Derived) -> dict[str, dict[str, int]]:
    """The numbers that are estimated by a sketch, each with its error."""
    told = {name for table in derived.catalogue.values() for name in table.measures}
    found = {name: MEASURES[name] for name in sorted(told)}
    return {
        name: dict(each.settings)
        for name, each in found.items()
        if isinstance(each, Distinct) and not each.limit
    }


def _is_of_flags(dimension: str) -> bool:
    return isinstance(DIMENSIONS[dimension], FlagDimension)


def _table_record(table: Table, frame: pl.DataFrame) -> TableRecord:
    dataset = next(d.name for d in DATASETS.values() if table.name in {t.name for t in d.tables})
    hidden = {
        name: int((frame[f"{name}{STATUS_SUFFIX}"] == SUPPRESSED.code).sum())
        for name in columns_of(table)
    }
    return TableRecord(dataset, table, frame.height, hidden)


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()
