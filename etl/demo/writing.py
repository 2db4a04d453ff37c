"""Writing a database in bulk, so that it is either whole or not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import polars as pl
from adbc_driver_manager.dbapi import Connection
from sqlalchemy.engine import URL, make_url

from data.errors import SourceError

_SQLITE_SETTINGS: Final = (
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -65536",
)
_NEW = "_yangi"


class Writer(Protocol):
    """Takes rows for a table; the first rows make it."""

    def append(self, table: str, rows: pl.DataFrame) -> None: ...


def sqlite_path(target: str) -> Path | None:
    """The file of an SQLite URL; None when the URL is of another database."""
    url = _url(target)
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise SourceError(
            "Demonstration source",
            "The SQLite URL names no file.",
            "Give one such as sqlite:///var/demo.db.",
        )
    return Path(url.database)


@contextmanager
def database(target: str) -> Iterator[Writer]:
    """A writer to the database of a SQLAlchemy URL. What was there before stays until all is
    written, and is then replaced at once."""
    path = sqlite_path(target)
    opened = _sqlite(path) if path else _postgresql(_url(target))
    with opened as writer:
        yield writer


def _url(target: str) -> URL:
    url = make_url(target)
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise SourceError(
            "Demonstration source",
            f"It cannot be written to a database of the kind '{url.get_backend_name()}'.",
            "Give an SQLite or a PostgreSQL URL.",
        )
    return url


class _Bulk:
    """Rows handed to the driver as Arrow columns, table by table."""

    def __init__(self, connection: Connection, suffix: str = "") -> None:
        self._connection = connection
        self._suffix = suffix
        self.tables: list[str] = []

    def append(self, table: str, rows: pl.DataFrame) -> None:
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(
                table + self._suffix, rows, mode="append" if table in self.tables else "create"
            )
        if table not in self.tables:
            self.tables.append(table)


@contextmanager
def _sqlite(path: Path) -> Iterator[_Bulk]:
    """Written under another name, and renamed when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        with adbc_driver_sqlite.dbapi.connect(str(unfinished), autocommit=True) as connection:
            with connection.cursor() as cursor:
                for setting in _SQLITE_SETTINGS:
                    cursor.execute(setting)
            yield _Bulk(connection)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _postgresql(url: URL) -> Iterator[_Bulk]:
    """Written to new tables in one transaction, which also puts them in the place of the old."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with adbc_driver_postgresql.dbapi.connect(address) as connection:
        bulk = _Bulk(connection, _NEW)
        yield bulk
        with connection.cursor() as cursor:
            for table in bulk.tables:
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
                cursor.execute(f"ALTER TABLE {table}{_NEW} RENAME TO {table}")
        connection.commit()
