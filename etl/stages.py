"""Passports: each stage takes one and gives the next, so no stage can be skipped or repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.codelists import Codelist
from data.datasets import Table
from data.manifest import SourceRecord

DATES: Final = "dates"
REGISTER: Final = {
    name: pl.Date() if name == "date" else pl.String()
    for name in ("act", "lex_id", "date", "title", "body", "theme")
}
"""The columns of the register of acts."""

Tables = Mapping[str, pl.DataFrame]
"""Tables by name."""


@dataclass(frozen=True)
class Account:
    """Where each row that was read went: accepted, a duplicate, quarantined by a named rule, or
    too late for a month that was published without it.

    ``withdrawn`` appeals were not read any more; published months still count them. ``after`` are
    of days after that of the release that is restated: they are of the next one.
    """

    read: int
    accepted: int
    duplicates: int
    quarantined: Mapping[str, int]
    late: int = 0
    withdrawn: int = 0
    after: int = 0

    @property
    def adds_up(self) -> bool:
        kept_out = self.duplicates + sum(self.quarantined.values()) + self.late + self.after
        return self.read == self.accepted + kept_out

    @property
    def counted(self) -> int:
        """The appeals that the tables count."""
        return self.accepted + self.withdrawn


@dataclass(frozen=True)
class Edition:
    """What the appeals of one run are: their source, span, code lists, reference lists and rules.

    ``population`` has ``area``, ``date``, ``population``; ``acts`` has ``act``, ``lex_id``,
    ``date``, ``title``, ``body``, ``theme`` or is None; ``not_collected`` names the columns of
    ``data/appeal.py`` that the source does not give; ``rules`` states the clock that was applied;
    ``reports`` has by name the figures that bodies state themselves (``data/reports/``).
    """

    source: SourceRecord
    first_day: date
    as_of: date
    codelists: Mapping[str, Codelist]
    not_collected: frozenset[str]
    population: pl.DataFrame
    acts: pl.DataFrame | None
    ledger: Account
    rules: Mapping[str, Any]
    reports: Tables = field(default_factory=dict)

    @property
    def register(self) -> pl.DataFrame:
        """The acts; none of them where the source has no register."""
        return self.acts if self.acts is not None else pl.DataFrame(schema=REGISTER)


@dataclass(frozen=True)
class Raw:
    """A batch as read: text columns named by canonical field; ``row`` is the place it had."""

    frame: pl.DataFrame


@dataclass(frozen=True)
class Valid:
    """A batch of typed canonical records (``etl/record.py``), and the rows that broke a rule.

    ``rejected`` has the raw columns, ``row``, ``rule`` and the struct ``DATES``: of ``received``,
    ``registered`` and ``answered`` what could be read.
    """

    frame: pl.DataFrame
    rejected: pl.DataFrame


@dataclass(frozen=True)
class Pseudonymous:
    """A batch in which the person is an HMAC and no direct identifier is left, rejects included."""

    frame: pl.DataFrame
    rejected: pl.DataFrame


@dataclass(frozen=True)
class Staged:
    """All accepted appeals, generalised: one Parquet file a month of registration.

    Its name is the month (``2019-09.parquet``), its columns are those of ``data/appeal.py``.
    Duplicates are settled.
    """

    directory: Path
    edition: Edition

    def months(self) -> list[Path]:
        return sorted(self.directory.glob("*.parquet"))


@dataclass(frozen=True)
class Cells:
    """Exact tables, vault only: keys, counted measures, ``persons__<count>`` (distinct, up to the
    threshold), ``most__<count>`` (appeals of one person, ``etl/people.py``), ``nameless``
    appeals, ``distinct`` (about how many known persons) where the table tells it, and day bands
    ``<quantile's column>__<band>`` where the table has quantiles.

    ``strata`` are the counts of all agencies together by year and stratum (``etl/case_mix.py``).
    """

    catalogue: Mapping[str, Table]
    tables: Mapping[str, pl.DataFrame]
    edition: Edition
    strata: pl.DataFrame
    left: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    """Of tables with traits or sensitive counts: keys, ``counted``, ``person``, ``most``: how many
    distinct persons (up to the threshold) each complement has that has any, and the most appeals of
    one (``etl/complements.py``)."""


@dataclass(frozen=True)
class Protected:
    """Tables in which each measure has a ``<measure>_status``, and is null where not shown."""

    catalogue: Mapping[str, Table]
    tables: Mapping[str, pl.DataFrame]
    edition: Edition
    disclosure: Mapping[str, Any]


@dataclass(frozen=True)
class Certified:
    """Protected tables with the proof that nothing hidden can be worked out from them.

    ``certificate`` is the file of that name; ``hidden`` has a row for each hidden count of
    persons: its codes, ``lower``, ``upper``, ``estimate`` and ``obs_status``.
    """

    catalogue: Mapping[str, Table]
    tables: Mapping[str, pl.DataFrame]
    edition: Edition
    disclosure: Mapping[str, Any]
    certificate: bytes
    hidden: pl.DataFrame


@dataclass(frozen=True)
class Derived:
    """Certified tables with a column and a status for each indicator that they can answer.

    ``analyses`` has by name the files of ``data/analyses/`` whose tables are there.
    """

    catalogue: Mapping[str, Table]
    tables: Mapping[str, pl.DataFrame]
    edition: Edition
    disclosure: Mapping[str, Any]
    certificate: bytes
    hidden: pl.DataFrame
    analyses: Tables
