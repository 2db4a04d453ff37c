"""Any SQL database by its SQLAlchemy URL: a table or a query, every column cast to text there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from data.errors import SourceError
from etl.sources import adbc
from etl.sources.reader import BATCH_ROWS, UNREADABLE, frame_of

READ_ONLY: Final = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


class DatabaseReader:
    """A table (``schema.table``) or a query of a database."""

    def __init__(self, url: str, table: str = "", query: str = "") -> None:
        self._url = _parsed(url)
        self._from = _from(table, query)
        self._names = self._read_names()

    def names(self) -> frozenset[str]:
        return self._names

    def seen(self) -> frozenset[str]:
        return self._names

    def batches(self, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        statement = _as_text(self._from, columns)
        if adbc.reads(self._url):
            yield from adbc.batches(self._url, _literal(statement, self._url))
        else:
            yield from self._streamed(statement, columns)

    def _streamed(
        self, statement: sa.Select[Any], columns: Sequence[str]
    ) -> Iterator[pl.DataFrame]:
        with self._connection() as connection:
            # Without a size, partitions() would fetch the whole answer at once.
            result = connection.execution_options(
                stream_results=True, max_row_buffer=BATCH_ROWS, yield_per=BATCH_ROWS
            ).execute(statement)
            for rows in result.partitions(BATCH_ROWS):
                yield frame_of(columns, [tuple(row) for row in rows])

    def _read_names(self) -> frozenset[str]:
        with self._connection() as connection:
            statement = sa.select(sa.text("*")).select_from(self._from).where(sa.false())
            return frozenset(connection.execute(statement).keys())

    @contextmanager
    def _connection(self) -> Iterator[sa.engine.Connection]:
        engine = _engine(self._url)
        try:
            options = READ_ONLY if engine.dialect.name == "postgresql" else {}
            with engine.execution_options(**options).connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _refusal(error) from None
        finally:
            engine.dispose()


def _engine(url: sa.engine.URL) -> sa.engine.Engine:
    try:
        return sa.create_engine(url, hide_parameters=True)
    except ImportError:
        raise SourceError(
            "Database",
            f"the driver for '{url.drivername}' is not installed.",
            "Install the Python package of the driver beside this product.",
        ) from None


def _parsed(url: str) -> sa.engine.URL:
    try:
        parsed = sa.engine.make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise SourceError(
            "Database", "the address is no SQLAlchemy URL.", "See docs/mapping.md for examples."
        ) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        _check_file(Path(parsed.database))
    return parsed


def _check_file(path: Path) -> None:
    # SQLite would make an empty database where there is none.
    if not path.is_file():
        raise SourceError("Database", f"there is no file {path.name}.", "Check the path.")


def _from(table: str, query: str) -> sa.FromClause:
    if query:
        # A colon in a query is a colon, never a parameter.
        plain = query.strip().rstrip(";").replace(":", r"\:")
        return sa.text(plain).columns().subquery("source")
    schema, _, name = table.rpartition(".")
    return sa.table(name, schema=schema or None)


def _as_text(source: sa.FromClause, columns: Sequence[str]) -> sa.Select[Any]:
    # An empty text for what is not given: some drivers guess a column's type from its first
    # rows, and refuse text later when they saw none there.
    given: list[Any] = [
        sa.func.coalesce(sa.cast(sa.column(name), sa.Text), "").label(name) for name in columns
    ]
    given.append(sa.cast(sa.literal(""), sa.Text).label(UNREADABLE))
    return sa.select(*given).select_from(source)


def _literal(statement: sa.Select[Any], url: sa.engine.URL) -> str:
    # With parameters by name, a percent sign stays the one that it is.
    dialect = url.get_dialect()(paramstyle="named")  # type: ignore[call-arg]
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _refusal(error: SQLAlchemyError) -> SourceError:
    # The message may hold values and the password: only the kind of error is told.
    return SourceError(
        "Database",
        f"it cannot be read ({type(error).__name__}).",
        "Check the address, the rights, and the table or query in [source].",
    )
