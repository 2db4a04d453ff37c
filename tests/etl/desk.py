"""Somebody at a terminal, with a vault, releases and a town's complaints of their own."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

from typer.testing import CliRunner, Result

from data.releases import ReleaseStore
from etl import __main__ as commands
from tests.etl import town

COMPLAINTS = 3_000


def complaints(count: int) -> Iterator[dict[str, str]]:
    """Complaints of two years, so many that few of the town's counts are small."""
    chance = Random(1)  # noqa: S311 (repeatable, no secret)
    for number in range(count):
        opened = date(2018, 1, 1) + timedelta(days=chance.randrange(729))
        closed = opened + timedelta(days=chance.randrange(30))
        is_closed = closed < date(2019, 12, 31)
        yield town.row(
            id=str(number),
            opened=opened.isoformat(),
            closed=closed.isoformat() if is_closed else "",
            changed="2019-12-31 10:00:00",
            kind=chance.choice(("complaint", "application", "proposal")),
            office=chance.choice(("roads", "water")),
            mark=str(chance.randint(1, 5)) if is_closed else "",
            born=f"{chance.randrange(1940, 2000)}-05-05",
            pin=str(chance.randrange(10**13, 10**14)),
        )


class Desk:
    """Somebody at a terminal, with a vault, releases and a town's complaints of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        source = town.Town(root)
        source.mapping()
        self.releases = ReleaseStore(root / "releases")
        self.environment: Mapping[str, str] = {
            "OCHIQ_VAULT": str(root / "vault"),
            "OCHIQ_RELEASES": str(root / "releases"),
            "OCHIQ_DEMO": str(root / "demo"),
            "OCHIQ_LOG": str(root / "etl.jsonl"),
            "OCHIQ_MAPPING": str(root / "town.toml"),
            "OCHIQ_SOURCE": str(source.write(complaints(COMPLAINTS))),
        }

    def types(self, *words: str) -> Result:
        return CliRunner().invoke(commands.app, words, env=self.environment)

    def runs(self) -> list[tuple[str, str]]:
        with sqlite3.connect(self.root / "vault" / "runs.sqlite") as connection:
            return list(connection.execute("SELECT state, reason FROM runs ORDER BY run"))
