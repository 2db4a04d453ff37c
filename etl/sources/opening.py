"""Which reader a location needs: told by the mapping, or by the name of the file."""

from pathlib import Path
from typing import Final

from data.errors import SourceError
from etl.mapping import CsvSection, Format
from etl.sources.columnar import ParquetReader
from etl.sources.compressed import BROKEN, COMPRESSED, decompress, plain_suffix
from etl.sources.database import DatabaseReader
from etl.sources.delimited import DelimitedReader
from etl.sources.jsonlines import JsonLinesReader
from etl.sources.reader import Reader

FORMATS: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def open_table(location: str, table: str, query: str) -> Reader:
    """Opens a table or query of a database."""
    if not (table or query):
        raise SourceError(
            "Mapping", "a database needs a table or a query.", "Add one to the mapping file."
        )
    return DatabaseReader(location, table, query)


def open_file(path: Path, layout: CsvSection, format_: Format | None, scratch: Path) -> Reader:
    """Opens a file; ``scratch`` is where a compressed Parquet file is unpacked, which must be
    private. Raises ``SourceError`` when there is no such file or its format is not known."""
    if not path.is_file():
        raise SourceError("Source", f"there is no file {path.name}.", "Check the path.")
    known = format_ or FORMATS.get(plain_suffix(path))
    if known == "csv":
        return DelimitedReader(path, layout)
    if known == "jsonl":
        return JsonLinesReader(path)
    if known == "parquet":
        return ParquetReader(_unpacked(path, scratch))
    raise SourceError(
        "Source",
        f"nothing says which format {path.name} has.",
        "Set [source] format to csv, jsonl or parquet.",
    )


def is_database(location: str, format_: Format | None) -> bool:
    """Whether a location is the URL of a database and not the path of a file."""
    return format_ == "sql" or "://" in location


def _unpacked(path: Path, scratch: Path) -> Path:
    if path.suffix not in COMPRESSED:
        return path
    plain = scratch / "source.parquet"
    try:
        decompress(path, plain)
    except BROKEN:
        raise SourceError(
            "Source", f"{path.name} is damaged or cut off.", "Fetch the file again."
        ) from None
    return plain
