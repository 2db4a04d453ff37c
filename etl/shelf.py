"""Shelf: the appeals of published months, as they stood when their month was published.

A release that took in late records would differ from the one before by a few appeals, and whoever
compares the two would learn of those few. So a published month is counted from the shelf: with the
appeals that it had then, and their answers as they were when those were published, two months on.
What comes too late is counted in the ledger, and in the tables after a restatement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data.appeal import GENERALISED
from data.periods import last_day
from etl.durable import replace_file
from etl.maturity import MATURE_AFTER, is_closed
from etl.stages import Account, Edition, Staged

TOLD_BY_THE_ANSWER: Final = (
    "answered",
    "person_when_answered",
    "answer_print",
    "response_days",
    "outcome",
    "outcome_class",
    "satisfaction",
)
"""The columns that are null while there is no answer."""
DONE_BY_THE_ANSWER: Final = (
    "reopened",
    "timed",
    "within_hour",
    "asked",
    "substantive",
    "taken_up",
)
"""The flags that are false while there is none."""
OF_THE_ANSWER: Final = ("as_of", *TOLD_BY_THE_ANSWER, *DONE_BY_THE_ANSWER, "extended", "hops")
"""The columns that go on changing after registration, until the month's answers are published."""

RELEASE: Final = "release"
NOT_COMPARED: Final = frozenset({"as_of", "person", "person_when_answered", "answer_print"})
"""What may differ though the record does not: the day, and numbers under a key of another year."""


@dataclass(frozen=True)
class Shelf:
    """The directory in the vault of one source."""

    root: Path

    def release(self) -> str | None:
        """The id of the release that was made from what is on the shelf."""
        path = self.root / RELEASE
        return path.read_text(encoding="ascii").strip() if path.is_file() else None

    def months(self) -> list[Path]:
        return sorted(self.root.glob("*.parquet"))

    def put(self, months: Sequence[Path], release_id: str) -> None:
        """Keeps the months of a release, and says which one they were published in.

        A month that a restatement no longer has leaves the shelf.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in months:
            draft = self.root / f"{path.name}.draft"
            draft.unlink(missing_ok=True)
            draft.hardlink_to(path)
            draft.replace(self.root / path.name)
        for gone in {path.name for path in self.months()} - {path.name for path in months}:
            (self.root / gone).unlink()
        replace_file(self.root / RELEASE, f"{release_id}\n".encode("ascii"))


def ended(staged: Staged) -> list[Path]:
    """The months that a release of these appeals publishes: those that have ended; of a closed
    source all."""
    edition = staged.edition
    return [
        path
        for path in staged.months()
        if is_closed(edition) or last_day(path.stem) <= edition.as_of
    ]


def compared(staged: Staged, shelf: Shelf, directory: Path) -> tuple[Staged, Staged]:
    """The appeals that came to those of the shelf, and those that went; laid out in a directory.

    One that is told otherwise than it was has gone as it was, and come as it is.
    """
    names = sorted({path.name for path in (*staged.months(), *shelf.months())})
    came, gone = (_Side(directory / name) for name in ("came", "gone"))
    for name in names:
        new = _read(staged.directory / name)
        old = _completed(_read(shelf.root / name), new)
        came.take(name, _others(new, old))
        gone.take(name, _others(old, new))
    return came.of(staged.edition), gone.of(staged.edition)


class _Side:
    """Appeals of one side of a comparison, month by month."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(mode=0o700)
        self.directory, self.count = directory, 0

    def take(self, name: str, appeals: pl.DataFrame) -> None:
        appeals.write_parquet(self.directory / name, compression="lz4")
        self.count += appeals.height

    def of(self, edition: Edition) -> Staged:
        ledger = replace(edition.ledger, accepted=self.count, withdrawn=0)
        return Staged(self.directory, replace(edition, ledger=ledger))


def _others(some: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Appeals that are not among the known ones, or are told otherwise there."""
    told = [name for name in GENERALISED if name not in NOT_COMPARED]
    return some.join(known.select(told), on=told, how="anti", nulls_equal=True)


def _read(month: Path) -> pl.DataFrame:
    if month.exists():
        return pl.read_parquet(month)
    return pl.DataFrame(schema=dict(GENERALISED))


def as_published(staged: Staged, shelf: Shelf) -> Staged:
    """The staged appeals, with those of published months as they stood then; in place."""
    late = withdrawn = 0
    for kept in shelf.months():
        here = staged.directory / kept.name
        new = _read(here)
        old = _completed(pl.read_parquet(kept), new)
        late += new.join(old, on="appeal", how="anti").height
        withdrawn += old.join(new, on="appeal", how="anti").height
        _steady(old, new, kept.stem).write_parquet(here, compression="lz4")
    edition = staged.edition
    ledger = _with(edition.ledger, late, withdrawn)
    first_day = min([edition.first_day, *(_first_day(path) for path in shelf.months()[:1])])
    return replace(staged, edition=replace(edition, ledger=ledger, first_day=first_day))


def _completed(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The appeals of the shelf with the columns that the version which put them there did not have,
    as the source tells them now."""
    lacking = [name for name in GENERALISED if name not in old.columns]
    if not lacking:
        return old
    told = old.join(new.select("appeal", *lacking), "appeal", how="left", maintain_order="left")
    flags = [name for name in lacking if GENERALISED[name] is pl.Boolean]
    return told.with_columns(pl.col(flags).fill_null(value=False)).select(*GENERALISED)


def _steady(old: pl.DataFrame, new: pl.DataFrame, month: str) -> pl.DataFrame:
    """The appeals of a month: all of the shelf, with new answers until those were published."""
    seen: date = old.select(pl.col("as_of").max()).item()
    if seen >= last_day(month) + MATURE_AFTER:
        return _with_late_answers(old, new)
    answers = new.select("appeal", *OF_THE_ANSWER)
    renewed = old.drop(OF_THE_ANSWER).join(answers, on="appeal", how="inner")
    gone = old.join(new, on="appeal", how="anti")
    return pl.concat([renewed.select(old.columns), gone])


def _with_late_answers(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The appeals as they were published, with the days of the answers that have come since."""
    came = new.select("appeal", pl.col("answered").alias("answered_late"))
    is_late = pl.col("answered").is_null() & pl.col("answered_late").is_not_null()
    joined = old.drop("answered_late").join(came, on="appeal", how="left", maintain_order="left")
    late = pl.when(is_late).then("answered_late").alias("answered_late")
    return joined.with_columns(late).select(old.columns)


def _with(ledger: Account, late: int, withdrawn: int) -> Account:
    return replace(ledger, accepted=ledger.accepted - late, late=late, withdrawn=withdrawn)


def _first_day(month: Path) -> date:
    found: date = pl.read_parquet(month).select(pl.col("registered").min()).item()
    return found
