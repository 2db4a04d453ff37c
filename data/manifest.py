"""The manifest of a release: what is in it, by which rules, from how many rows, with which hashes.

It is the one file that names all others; the SHA-256 of its canonical bytes names the release.
It holds no clock, so the same inputs give the same bytes.
"""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Final

from data.datasets import Axis, Table
from data.errors import ReleaseError

FORMAT: Final = 1
FILE_NAME: Final = "manifest.json"


@dataclass(frozen=True)
class FileRecord:
    """One file of the release: its hash, size in bytes, rows (tables only) and media type."""

    sha256: str
    bytes: int
    media_type: str
    rows: int | None = None


@dataclass(frozen=True)
class Ledger:
    """Where each row that was read went, as far as the tables do not tell less: ``accepted`` are
    the appeals that they count, or None where a national count of them is hidden.

    ``late`` rows came after their month was published, ``withdrawn`` ones are not read any more and
    still counted, ``after`` ones are of days after that of the release that is restated. There are
    none, or it is not told how many (None), nor how many rows were ``read``: it would tell by how
    much a restatement changes the counts that it hides.
    """

    read: int | None
    accepted: int | None
    duplicates: int
    quarantined: dict[str, int]
    late: int | None = 0
    withdrawn: int | None = 0
    after: int | None = 0

    @property
    def kept_out(self) -> int:
        """The rows that are no appeals, or the same once more."""
        return self.duplicates + sum(self.quarantined.values())

    @property
    def adds_up(self) -> bool:
        """True where all is told and adds up, or not all is told."""
        if self.read is None or self.accepted is None:
            return True
        return self.read == self.accepted + self.kept_out + (self.late or 0) + (self.after or 0)


@dataclass(frozen=True)
class TableRecord:
    """One released table: its declaration as it was, its rows, its hidden values by measure."""

    dataset: str
    table: Table
    rows: int
    hidden: dict[str, int]


@dataclass(frozen=True)
class SourceRecord:
    """What the appeals are, for people: titles by language, licence, whether all was generated."""

    name: str
    titles: dict[str, str]
    generated: bool
    licence: str
    attribution: str


@dataclass(frozen=True)
class Manifest:
    """Everything that a release says of itself. Dates are ISO strings."""

    source: SourceRecord
    first_day: str
    as_of: str
    code_version: str
    rules: dict[str, Any]
    not_collected: tuple[str, ...]
    ledger: Ledger
    tables: dict[str, TableRecord]
    files: dict[str, FileRecord]
    codelists: tuple[str, ...]
    format: int = FORMAT
    disclosure: dict[str, Any] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """Year and month of the data, as the first part of the release's id."""
        return self.as_of[:7].replace("-", ".")

    def canonical(self) -> bytes:
        """The bytes that are written and hashed."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)
        return f"{text}\n".encode()

    @property
    def digest(self) -> str:
        return sha256(self.canonical()).hexdigest()


def parse(content: bytes) -> Manifest:
    """Reads a manifest's bytes; ``ReleaseError`` when they are of another format or not whole."""
    try:
        raw = json.loads(content)
        if raw["format"] != FORMAT:
            raise ReleaseError(
                "Manifest", f"format {raw['format']} is not {FORMAT}.", "Use a newer version."
            )
        return _manifest(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise ReleaseError(
            "Manifest",
            f"it cannot be read ({type(error).__name__}).",
            "Fetch the release again, or roll back.",
        ) from error


def _manifest(raw: dict[str, Any]) -> Manifest:
    return Manifest(
        **{
            **raw,
            "source": SourceRecord(**raw["source"]),
            "not_collected": tuple(raw["not_collected"]),
            "ledger": Ledger(**raw["ledger"]),
            "tables": {name: _table_record(record) for name, record in raw["tables"].items()},
            "files": {name: FileRecord(**record) for name, record in raw["files"].items()},
            "codelists": tuple(raw["codelists"]),
        }
    )


def _table_record(raw: dict[str, Any]) -> TableRecord:
    spec = raw["table"]
    axes = tuple(Axis(axis["dimension"], tuple(axis["levels"])) for axis in spec["axes"])
    table = Table(
        spec["name"], axes, tuple(spec["grains"]), tuple(spec["measures"]), spec["dated_by"]
    )
    return TableRecord(raw["dataset"], table, raw["rows"], raw["hidden"])
