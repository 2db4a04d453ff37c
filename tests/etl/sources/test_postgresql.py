"""PostgreSQL, for real: the same text both ways, in batches, and nothing can be written."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from data.errors import SourceError
from etl.sources import adbc
from etl.sources.database import DatabaseReader
from etl.sources.reader import BATCH_ROWS, UNREADABLE

pytestmark = pytest.mark.postgres

TABLE = f"""
CREATE TABLE appeals AS
SELECT i AS id, '2019-03-01 10:00:00+05'::timestamptz + i * interval '1 minute' AS at,
       date '2019-03-01' AS day, mod(i, 2) = 0 AS yes,
       CASE WHEN i > 5 THEN 'Ўзбек %% :x' END AS text,
       'secret' AS "Phone"
FROM generate_series(1, {BATCH_ROWS + 10}) AS i
"""


def program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    assert found, f"{name} is missing: install PostgreSQL"
    return found


def as_server(*command: str) -> None:
    """Runs a command as a user that PostgreSQL agrees to run as: not as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    # A short path of its own: sockets have short names, and the server's user must reach it.
    directory = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(directory, "postgres")
    port, data = free_port(), str(directory / "data")
    as_server(program("initdb"), "-D", data, "-A", "trust", "-U", user, "--no-sync", "-E", "UTF8")
    options = f"-p {port} -k {directory} -c fsync=off -c listen_addresses=127.0.0.1"
    control = program("pg_ctl")
    as_server(control, "-D", data, "-w", "-o", options, "-l", f"{directory}/log", "start")
    try:
        yield f"postgresql://{user}@127.0.0.1:{port}/postgres"
    finally:
        as_server(control, "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(directory)


@pytest.fixture(scope="module")
def filled(server: str) -> str:
    engine = sa.create_engine(server)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA town")
        connection.exec_driver_sql(TABLE)
        connection.exec_driver_sql("ALTER TABLE appeals SET SCHEMA town")
    engine.dispose()
    return server


@pytest.fixture(params=["batches", "rows"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "rows":
        monkeypatch.setattr(adbc, "reads", lambda _: False)


def read(reader: DatabaseReader, *columns: str) -> pl.DataFrame:
    return pl.concat(list(reader.batches(columns))).drop(UNREADABLE)


@pytest.mark.usefixtures("way")
def test_every_type_becomes_text_that_says_the_same(filled: str) -> None:
    reader = DatabaseReader(filled, table="town.appeals")

    found = read(reader, "id", "at", "day", "yes", "text").sort(pl.col("id").cast(pl.Int64))

    assert reader.names() == frozenset({"id", "at", "day", "yes", "text", "Phone"})
    assert found.height == BATCH_ROWS + 10
    identifier, moment, *rest = found.row(0)
    assert identifier == "1"
    assert moment.startswith("2019-03-01")
    assert moment[-3] in "+-"
    assert rest == ["2019-03-01", "false", ""]
    assert found.row(-1)[-1] == "Ўзбек % :x"


@pytest.mark.usefixtures("way")
def test_a_query_keeps_its_percent_signs_colons_and_casts(filled: str) -> None:
    query = "SELECT id::text AS n FROM town.appeals WHERE text LIKE '%:x' AND id < 8;"

    assert sorted(read(DatabaseReader(filled, query=query), "n")["n"]) == ["6", "7"]


@pytest.mark.usefixtures("way")
def test_batches_are_bounded(filled: str) -> None:
    heights = [
        batch.height for batch in DatabaseReader(filled, table="town.appeals").batches(["id"])
    ]

    assert sum(heights) == BATCH_ROWS + 10
    assert max(heights) <= BATCH_ROWS


@pytest.mark.usefixtures("way")
def test_reading_cannot_write(filled: str) -> None:
    engine = sa.create_engine(filled)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION town.sly() RETURNS text LANGUAGE plpgsql AS "
            "$$ BEGIN DELETE FROM town.appeals; RETURN 'x'; END $$"
        )
    reader = DatabaseReader(filled, query="SELECT town.sly() AS x")

    with pytest.raises(SourceError):
        read(reader, "x")

    with engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM town.appeals").scalar()
    engine.dispose()
    assert left == BATCH_ROWS + 10
