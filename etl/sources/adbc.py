"""SQLite and PostgreSQL read as Arrow batches, which takes a fifth of the time that rows take."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import adbc_driver_postgresql as postgresql
import adbc_driver_sqlite as sqlite
import polars as pl
import sqlalchemy as sa
from adbc_driver_manager import AdbcConnection, AdbcDatabase, AdbcStatement, Error

from data.errors import SourceError
from etl.sources.arrow import batches_of
from etl.sources.reader import BATCH_ROWS

BATCH_BYTES: Final = 16 << 20


def reads(url: sa.engine.URL) -> bool:
    """Whether this way of reading knows the database."""
    name = url.get_backend_name()
    return name == "postgresql" or (name == "sqlite" and bool(url.database))


def batches(url: sa.engine.URL, statement: str) -> Iterator[pl.DataFrame]:
    """The answer to a statement whose columns are all text."""
    try:
        with (
            _database(url) as database,
            AdbcConnection(database) as connection,
            AdbcStatement(connection) as query,
        ):
            _forbid_writing(url, query)
            query.set_options(**_batch_size(url))
            query.set_sql_query(statement)
            handle, _ = query.execute_query()
            for batch in batches_of(handle):
                yield from batch.iter_slices(BATCH_ROWS)
            handle.release()
    except Error as error:
        # The message may hold values and the password: only the kind of error is told.
        raise SourceError(
            "Database",
            f"it cannot be read ({error.status_code.name}).",
            "Check the address, the rights, and the table or query in [source].",
        ) from None


def _database(url: sa.engine.URL) -> AdbcDatabase:
    if url.get_backend_name() == "sqlite":
        return sqlite.connect(f"{Path(url.database or '').absolute().as_uri()}?mode=ro")
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    database: AdbcDatabase = postgresql.connect(plain)
    return database


def _forbid_writing(url: sa.engine.URL, query: AdbcStatement) -> None:
    if url.get_backend_name() == "postgresql":
        query.set_sql_query("SET default_transaction_read_only = on")
        query.execute_update()


def _batch_size(url: sa.engine.URL) -> dict[str, str]:
    if url.get_backend_name() == "sqlite":
        return {sqlite.StatementOptions.BATCH_ROWS.value: str(BATCH_ROWS)}
    return {postgresql.StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(BATCH_BYTES)}
