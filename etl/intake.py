"""Intake: from a source to staged appeals, the first four stages of the pipeline in one pass.

The source is read once, in batches; memory does not grow with it. Nothing is staged when the
source has drifted from its mapping, and the ledger accounts for every row or the run stops.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl
from polars.exceptions import PolarsError

from data.errors import SourceError
from data.manifest import SourceRecord
from etl.clock import NO_CLOCK, Clock, read_clock
from etl.drift import Drift
from etl.duplicates import Spool, losing_rows, write_months
from etl.extract import extract, open_source
from etl.fingerprints import PRINT
from etl.generalise import Surroundings, generalise, not_collected
from etl.hours import promptness
from etl.keyring import RunKeys
from etl.mapping import Mapping
from etl.pseudonymise import PERSON, WHEN_ANSWERED, pseudonymise
from etl.quarantine import Quarantine
from etl.references import REFERENCE, load_acts, load_codelists, load_population, located
from etl.rules import RULES
from etl.sources.reader import UNREADABLE, Reader
from etl.stages import Account, Edition, Raw, Staged
from etl.validate import Reading, last_possible_day, make_reading, validate
from etl.vault import Vault

Progress = Callable[[str, int], None]
"""Told the name of a step and the rows that it has done so far."""

TERMS_FILE: Final = "terms.toml"


@dataclass
class _Passage:
    """One run through the door: what the stages need, and what they have counted."""

    reading: Reading
    by: Surroundings
    keys: RunKeys
    today: date
    spool: Spool
    quarantine: Quarantine
    drift: Drift = field(default_factory=Drift)
    timed: bool = False
    read: int = 0
    held: Counter[str] = field(default_factory=Counter)

    def take(self, raw: Raw) -> pl.DataFrame:
        """Sends a batch through the door into the spool; gives the rows that were rejected."""
        self.read += raw.frame.height
        valid = validate(raw, self.reading, self.drift)
        if self.drift:
            return valid.rejected.clear()
        nameless = pseudonymise(valid, self.keys.of, self.by.clock)
        appeals = generalise(nameless, self.by)
        self.timed |= bool(appeals["timed"].any())
        self.spool.add(appeals)
        self.held.update(nameless.rejected["rule"].to_list())
        return nameless.rejected


def intake(
    mapping: Mapping,
    source: str | None,
    vault: Vault,
    as_of: date | None,
    progress: Progress,
) -> Staged:
    """Reads a source through its mapping into ``vault/staging/<run>``.

    ``source`` is a path or a SQLAlchemy URL and overrides the mapping's ``location``; ``as_of`` is
    the date of the data and overrides the mapping's. Raises ``SourceError`` when the source cannot
    be read, has drifted or is empty; then nothing is left behind in staging.
    """
    staging = vault.new_staging()
    staged = None
    try:
        day = as_of or mapping.source.as_of
        staged = _taken_in(mapping, source, vault, staging, day, progress)
    except PolarsError as error:
        # Its message may hold values of the source: only the kind of error is told.
        raise SourceError(
            "Intake",
            f"a batch could not be worked on ({type(error).__name__}).",
            "Check the mapping against the source; if it stays so, report it as a defect.",
        ) from None
    finally:
        if staged is None:
            vault.clear(staging)
    return staged


def _taken_in(
    mapping: Mapping,
    source: str | None,
    vault: Vault,
    staging: Path,
    as_of: date | None,
    progress: Progress,
) -> Staged:
    scratch = _subdirectory(staging, "work")
    passage = _opened(mapping, vault, scratch, as_of)
    reader = open_source(mapping, source, scratch)
    acts = load_acts(mapping, passage.by.codelists["theme"], source, scratch)
    _read_source(reader, passage, progress)
    _read_held(passage, progress)
    passage.spool.flush()
    last_day = as_of or passage.spool.last_day()
    accepted = _stage(passage.spool, staging, last_day, vault.appeals_key(), progress)
    edition = _edition(passage, acts, accepted, last_day)
    # Before the held rows: none of them may lie in the vault under a key that is lost.
    passage.keys.keep(last_day, passage.today)
    passage.quarantine.commit()
    shutil.rmtree(scratch)
    return Staged(staging, edition)


def _subdirectory(directory: Path, name: str) -> Path:
    path = directory / name
    path.mkdir(mode=0o700)
    return path


def _opened(mapping: Mapping, vault: Vault, scratch: Path, as_of: date | None) -> _Passage:
    lists = load_codelists(mapping)
    today = datetime.now(ZoneInfo(mapping.source.time_zone)).date()
    quarantine = vault.quarantine(mapping.source.name)
    return _Passage(
        reading=make_reading(mapping, lists, last_possible_day(as_of, today)),
        by=Surroundings(lists, _clock(mapping)),
        keys=vault.keyring().of_run(today),
        today=today,
        spool=Spool(_subdirectory(scratch, "spool")),
        quarantine=Quarantine(quarantine, _subdirectory(scratch, "held")),
    )


def _clock(mapping: Mapping) -> Clock:
    if mapping.terms is None:
        return read_clock(REFERENCE / TERMS_FILE)
    if mapping.terms.file is None:
        return NO_CLOCK
    return read_clock(located(mapping.terms.file, TERMS_FILE, mapping.directory))


def _read_source(reader: Reader, passage: _Passage, progress: Progress) -> None:
    for raw in extract(reader, passage.reading.mapping, passage.drift):
        passage.quarantine.note_given(raw.frame)
        passage.quarantine.hold(passage.take(raw))
        progress("read", passage.read)
    passage.drift.stop_if_any(passage.reading.mapping.file_name)
    if not passage.read:
        raise SourceError(
            "Source", "it has no rows.", "Check its address, and the table or query in [source]."
        )


def _read_held(passage: _Passage, progress: Progress) -> None:
    """Gives the rows that earlier runs held back another chance."""
    for frame in passage.quarantine.returning(passage.read):
        passage.quarantine.keep(frame, passage.take(Raw(_as_mapped(frame, passage.reading))))
        progress("read held rows", passage.read)
    passage.drift.stop_if_any(passage.reading.mapping.file_name)


def _as_mapped(frame: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    numbers = (PERSON, WHEN_ANSWERED, PRINT)
    return frame.select("row", *reading.mapping.columns, *numbers, UNREADABLE)


def _stage(spool: Spool, staging: Path, as_of: date, key: bytes, progress: Progress) -> int:
    progress("settle duplicates", spool.rows)
    losers = losing_rows(spool)
    accepted = 0
    for _, rows in write_months(spool, losers, staging, as_of, key):
        accepted += rows
        progress("stage", accepted)
    if accepted + losers.len() != spool.rows:
        raise SourceError(
            "Ledger",
            f"of {spool.rows} valid rows {accepted} were staged, {losers.len()} are duplicates.",
            "Run again; if it stays so, report it as a defect. Nothing was published.",
        )
    return accepted


def _edition(passage: _Passage, acts: pl.DataFrame | None, accepted: int, as_of: date) -> Edition:
    mapping, by = passage.reading.mapping, passage.by
    told = mapping.source
    return Edition(
        source=SourceRecord(
            told.name, dict(told.titles), told.generated, told.licence, told.attribution
        ),
        first_day=passage.spool.first_day(),
        as_of=as_of,
        codelists=by.codelists,
        not_collected=not_collected(mapping.columns.keys(), by, _untold(passage)),
        population=load_population(mapping),
        acts=acts,
        ledger=_ledger(passage, accepted),
        rules=_rules(passage),
    )


def _untold(passage: _Passage) -> set[str]:
    """The columns that no field gives: numbers made at the door, and hours that no record told."""
    hidden = passage.reading.mapping.pseudonymise
    told = {
        PERSON: bool(hidden.person),
        WHEN_ANSWERED: bool(hidden.person),
        PRINT: bool(hidden.answer),
        **dict.fromkeys(promptness(), passage.timed),
    }
    return {name for name, is_told in told.items() if not is_told}


def _ledger(passage: _Passage, accepted: int) -> Account:
    held = {rule: passage.held[rule] for rule in RULES if passage.held[rule]}
    ledger = Account(passage.read, accepted, passage.spool.rows - accepted, held)
    if not ledger.adds_up:
        raise SourceError(
            "Ledger",
            f"{ledger.read} rows were read and {ledger.accepted + ledger.duplicates} valid, "
            f"{sum(held.values())} held.",
            "Run again; if it stays so, report it as a defect. Nothing was published.",
        )
    return ledger


def _rules(passage: _Passage) -> dict[str, Any]:
    told = passage.reading.mapping.source
    return {
        "clock": passage.by.clock.stated(),
        "closed": told.closed,
        "earliest": told.earliest.isoformat(),
        "time_zone": told.time_zone,
        "quarantine": dict(RULES),
    }
