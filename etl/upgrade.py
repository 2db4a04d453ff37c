"""Upgrade: whether another programme runs than the one that made the last release, and what the
new release tells that the one before did not.

An upgraded programme may declare more than its predecessor did, over a source that stands still.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final

from data.manifest import Manifest

ROOMS: Final = ("data", "etl")
"""Where everything lies that a release depends on beside its source and its settings."""
READ: Final = frozenset({".py", ".csv", ".toml", ".geojson"})


def programme(root: Path = Path(__file__).parents[1]) -> str:
    """The SHA-256 of the pipeline's own files, by name and content; a version number tells less:
    it stays the same between two versions."""
    digest = sha256()
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*")):
        if path.suffix in READ:
            digest.update(f"{path.relative_to(root)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def added(before: Manifest, now: Manifest) -> tuple[str, ...]:
    """The tables that are new, the new columns of the others (``table.column``), and the new
    files of analyses and reports, by name."""
    columns = [
        f"{name}.{column}"
        for name, record in now.tables.items()
        if name in before.tables
        for column in record.hidden
        if column not in before.tables[name].hidden
    ]
    tables = {Path(name).stem for name in now.files if name.endswith(".parquet")}
    earlier = {Path(name).stem for name in before.files if name.endswith(".parquet")}
    return (*sorted(tables - earlier), *sorted(columns))
