"""A source in which records come late and are withdrawn, and its releases month after month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from data.appeal import GENERALISED
from data.codelists import Codelist
from data.periods import last_day
from etl.keyfiles import write_key
from etl.mapping import read_mapping
from etl.pipeline import Order, Watcher, publish_staged
from etl.stages import Staged
from etl.vault import Vault
from tests.etl import village
from tests.sample import KEY, NUMBERED, edition_of, write_frame

FIRST_DAY: Final = date(2018, 1, 1)
SILENT = Watcher(lambda *_: None, lambda *_: None)


@dataclass(frozen=True)
class Source:
    """All appeals that there ever were, with the day each came in and the day it was withdrawn."""

    appeals: pl.DataFrame
    lists: Mapping[str, Codelist]

    @classmethod
    def of(cls, appeals: pl.DataFrame, lists: Mapping[str, Codelist], share: float) -> "Source":
        """A share of the appeals comes in up to 80 days late, and as many are withdrawn."""
        chance, count = np.random.default_rng(7), appeals.height
        days = [
            np.where(chance.random(count) < share, chance.integers(1, 80, count), absent)
            for absent in (0, 100_000)
        ]
        came, gone = (pl.lit(pl.Series(each.astype(np.int64))) for each in days)
        return cls(
            appeals.with_columns(
                appeal=NUMBERED,
                came=pl.col("registered") + pl.duration(days=came),
                gone=pl.col("registered") + pl.duration(days=gone),
            ),
            lists,
        )

    def seen(self, as_of: date) -> pl.DataFrame:
        """What the source holds on a day: nothing of the days after it."""
        known = pl.col("answered") <= as_of
        answer = ("answered", "response_days", "satisfaction", "outcome", "outcome_class")
        return (
            self.appeals.filter(pl.col("came") <= as_of, pl.col("gone") > as_of)
            .drop("came", "gone")
            .with_columns(
                pl.lit(as_of).alias("as_of"),
                *(pl.when(known).then(name).alias(name) for name in answer),
            )
        )


@dataclass(frozen=True)
class Office:
    """The vault and the releases of a body that publishes."""

    root: Path
    source: Source
    first_day: date
    watcher: Watcher = SILENT

    def __post_init__(self) -> None:
        """The vault's secret is the same each time, so that ties are."""
        secret = self.vault.root / "lasting.secret"
        secret.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not secret.exists():
            write_key(secret, KEY)

    def publishes(self, as_of: date, *, restate: bool = False) -> str:
        """The release of a day; gives its id."""
        staged = self.staged(as_of)
        order = Order(
            mapping=read_mapping(Path(__file__).parents[1] / "mappings" / "demo.toml"),
            source=None,
            as_of=as_of,
            threshold=10,
            vault=self.vault,
            releases=self.releases,
            code_version="test",
        )
        try:
            return publish_staged(staged, replace(order, restate=restate), self.watcher)
        finally:
            self.vault.clear(staged.directory)

    def staged(self, as_of: date) -> Staged:
        """What intake leaves in the vault on a day."""
        staging = self.vault.new_staging()
        rows = self.source.seen(as_of)
        write_frame(staging, rows)
        lists = dict(self.source.lists)
        return Staged(staging, edition_of(lists, rows.height, self.first_day, as_of))

    def publishes_monthly(self, months: list[str]) -> Iterator[str]:
        for month in months:
            yield self.publishes(last_day(month))

    @property
    def vault(self) -> Vault:
        return Vault(self.root / "vault")

    @property
    def releases(self) -> Path:
        return self.root / "releases"


def of_village(appeals: int, days: int, share: float) -> Source:
    """The village's appeals, as many on each day, of which a share comes late or is withdrawn."""
    rows = village.appeals(appeals, seed=5, people=5_000)
    for number, row in enumerate(rows):
        row["registered"] = FIRST_DAY + timedelta(days=number % days)
        taken = row["response_days"] or 10
        row |= {"answered": row["registered"] + timedelta(days=taken), "response_days": taken}
        row["due"] = row["registered"] + timedelta(days=15)
    frame = pl.DataFrame(rows, schema=dict(GENERALISED))
    return Source.of(frame.with_columns(person_when_answered="person"), village.lists(), share)
