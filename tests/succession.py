"""A source in which records come late and are withdrawn, and its releases month after month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data.codelists import Codelist
from data.periods import last_day
from etl.mapping import read_mapping
from etl.pipeline import Order, Watcher, publish_staged
from etl.stages import Staged
from etl.vault import Vault
from tests.sample import edition_of, write_frame

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
                appeal=pl.int_range(count, dtype=pl.UInt64),
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

    def publishes(self, as_of: date, *, restate: bool = False) -> str:
        """The release of a day; gives its id."""
        staging = self.vault.new_staging()
        rows = self.source.seen(as_of)
        write_frame(staging, rows)
        edition = edition_of(dict(self.source.lists), rows.height, self.first_day, as_of)
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
            return publish_staged(
                Staged(staging, edition), replace(order, restate=restate), self.watcher
            )
        finally:
            self.vault.clear(staging)

    def publishes_monthly(self, months: list[str]) -> Iterator[str]:
        for month in months:
            yield self.publishes(last_day(month))

    @property
    def vault(self) -> Vault:
        return Vault(self.root / "vault")

    @property
    def releases(self) -> Path:
        return self.root / "releases"
