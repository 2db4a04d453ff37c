"""A database is read as text, column by column asked for, in bounded batches, and never written."""

import sqlite3
from pathlib import Path

import polars as pl
import pytest

from data.errors import SourceError
from etl.sources import adbc
from etl.sources.database import DatabaseReader
from etl.sources.reader import BATCH_ROWS, UNREADABLE


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "source.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            'CREATE TABLE "All Appeals" ("No" TEXT, n INTEGER, part REAL, late TEXT)'
        )
        connection.executemany(
            'INSERT INTO "All Appeals" VALUES (?, ?, ?, ?)',
            ((f"{i:05}", i, 0.5, None if i < BATCH_ROWS else "x") for i in range(BATCH_ROWS + 10)),
        )
        # Reading this column is an error, so that a test sees when it is read.
        connection.execute(
            "CREATE VIEW guarded AS "
            'SELECT "No", abs(n - n - 9223372036854775807 - 1) AS secret FROM "All Appeals"'
        )
    return path


@pytest.fixture(params=["batches", "rows"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The two ways of reading: Arrow batches, and rows by SQLAlchemy as for every database."""
    if request.param == "rows":
        monkeypatch.setattr(adbc, "reads", lambda _: False)
    return str(request.param)


def read(reader: DatabaseReader, *columns: str) -> pl.DataFrame:
    return pl.concat(list(reader.batches(columns))).drop(UNREADABLE)


@pytest.mark.usefixtures("way")
def test_both_ways_give_the_same_text_for_every_type(database: Path) -> None:
    reader = DatabaseReader(f"sqlite:///{database}", table="All Appeals")

    found = read(reader, "No", "n", "part", "late")

    assert reader.names() == {"No", "n", "part", "late"}
    assert found.height == BATCH_ROWS + 10
    assert found.row(0) == ("00000", "0", "0.5", "")
    assert found.row(-1) == (str(BATCH_ROWS + 9), str(BATCH_ROWS + 9), "0.5", "x")


@pytest.mark.usefixtures("way")
def test_batches_are_bounded(database: Path) -> None:
    reader = DatabaseReader(f"sqlite:///{database}", table="All Appeals")

    assert [batch.height for batch in reader.batches(["n"])] == [BATCH_ROWS, 10]


@pytest.mark.usefixtures("way")
def test_a_column_that_is_not_asked_for_is_never_read(database: Path) -> None:
    reader = DatabaseReader(f"sqlite:///{database}", table="guarded")

    assert read(reader, "No").height == BATCH_ROWS + 10
    with pytest.raises(SourceError):
        read(reader, "secret")


@pytest.mark.usefixtures("way")
def test_a_query_may_hold_colons_percent_signs_and_a_semicolon(database: Path) -> None:
    query = """SELECT "No", n FROM "All Appeals" WHERE "No" LIKE '%1' AND ':x' <> '10:30';"""
    reader = DatabaseReader(f"sqlite:///{database}", query=query)

    assert read(reader, "No")["No"].str.ends_with("1").all()


def test_the_source_is_opened_for_reading_only(database: Path) -> None:
    before = database.read_bytes()
    database.chmod(0o400)

    read(DatabaseReader(f"sqlite:///{database}", table="All Appeals"), "n")

    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "strange://host/base",
        "postgresql://reader:hunter2@127.0.0.1:1/base",
        "sqlite:////nowhere/gone.db",
    ],
)
def test_a_database_that_cannot_be_read_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SourceError) as caught:
        DatabaseReader(url, table="t")

    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_table_that_is_not_there_is_refused(database: Path) -> None:
    with pytest.raises(SourceError, match="table or query"):
        DatabaseReader(f"sqlite:///{database}", table="gone")
    assert not (database.parent / "gone.db").exists()
