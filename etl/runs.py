"""The run ledger: which run was started for which slot, how far it came, what it published.

One row for each slot of a job, inserted when the run claims it: the uniqueness of that row, not a
lock, is what makes a slot run once. Kept in the vault; holds counts and codes, never a value.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from data.errors import OchiqError

State = Literal[
    "claimed",
    "staged",
    "aggregated",
    "protected",
    "certified",
    "derived",
    "drafted",
    "published",
    "failed",
    "skipped",
]
ENDED: Final = ("drafted", "published", "failed", "skipped")
MADE: Final = ("drafted", "published")

ROLLBACK: Final = "rollback"
"""The job of an operator who made an earlier release current again."""

_METADATA: Final = sa.MetaData()
_RUNS: Final = sa.Table(
    "runs",
    _METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("job", sa.String, nullable=False),
    sa.Column("slot", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("reason", sa.String, nullable=False, server_default=""),
    sa.Column("started_at", sa.String, nullable=False),
    sa.Column("ended_at", sa.String),
    sa.Column("source", sa.String, nullable=False, server_default=""),
    sa.Column("fingerprint", sa.String, nullable=False, server_default=""),
    sa.Column("read", sa.Integer),
    sa.Column("accepted", sa.Integer),
    sa.Column("release", sa.String),
    sa.UniqueConstraint("job", "slot"),
    sqlite_autoincrement=True,
)


class SlotTakenError(OchiqError):
    """Another run has claimed the slot."""


@dataclass(frozen=True)
class Run:
    """A row of the ledger. ``run`` grows with every claim; moments are ISO 8601 in UTC."""

    run: int
    job: str
    slot: str
    state: str
    reason: str
    started_at: str
    ended_at: str | None
    source: str
    fingerprint: str
    read: int | None
    accepted: int | None
    release: str | None


class RunLedger:
    """The ledger in one SQLite file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)
        sa.event.listen(self._engine, "connect", _make_durable)
        _METADATA.create_all(self._engine)

    def claim(self, job: str, slot: str) -> int:
        """Claims a slot and gives the run's number. Raises ``SlotTakenError``."""
        row = {"job": job, "slot": slot, "state": "claimed", "started_at": _now()}
        try:
            with self._engine.begin() as connection:
                made = connection.execute(sa.insert(_RUNS).values(row))
        except IntegrityError:
            raise SlotTakenError(
                "Slot", f"{job} {slot} has been run.", "Name another slot, or none."
            ) from None
        (number,) = made.inserted_primary_key or (0,)
        return int(number)

    def note(self, run: int, state: State, **told: Any) -> None:
        """Writes how far a run has come, and what it can tell by now."""
        values: dict[str, Any] = {"state": state, **told}
        if state in ENDED:
            values["ended_at"] = _now()
        with self._engine.begin() as connection:
            connection.execute(sa.update(_RUNS).where(_RUNS.c.run == run).values(values))

    def note_published(self, release: str) -> None:
        """Writes that a draft was published since its run ended."""
        drafted = sa.and_(_RUNS.c.state == "drafted", _RUNS.c.release == release)
        with self._engine.begin() as connection:
            connection.execute(sa.update(_RUNS).where(drafted).values(state="published"))

    def end_interrupted(self) -> int:
        """Marks runs that stopped without a word as failed; gives how many."""
        unended = sa.update(_RUNS).where(_RUNS.c.state.not_in(ENDED))
        values = {"state": "failed", "reason": "interrupted", "ended_at": _now()}
        with self._engine.begin() as connection:
            return int(connection.execute(unended.values(values)).rowcount)

    def has(self, job: str, slot: str) -> bool:
        return self._first(sa.and_(_RUNS.c.job == job, _RUNS.c.slot == slot)) is not None

    def last(self) -> Run | None:
        """The run that was claimed last."""
        return self._first(sa.true())

    def last_published(self) -> Run | None:
        """The run that made a release current last, a rollback included."""
        return self._first(_RUNS.c.state == "published")

    def last_made(self) -> Run | None:
        """The run that made a release, or the draft of one, from a source last."""
        return self._first(sa.and_(_RUNS.c.state.in_(MADE), _RUNS.c.job != ROLLBACK))

    def _first(self, condition: sa.ColumnElement[bool]) -> Run | None:
        wanted = sa.select(_RUNS).where(condition).order_by(_RUNS.c.run.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        return Run(**row) if row is not None else None


def _make_durable(connection: Any, _record: Any) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
