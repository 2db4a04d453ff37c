"""One attempt to run the pipeline: alone, for a slot, noted in the ledger from claim to end."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import structlog
from filelock import FileLock, Timeout

from data.errors import OchiqError
from data.releases import ReleaseStore, read_manifest
from etl.pipeline import Order, Watcher, run, settle
from etl.proposals import Proposals
from etl.runs import ROLLBACK, RunLedger, State
from etl.shelf import Shelf
from etl.stages import Staged
from etl.upgrade import added, programme

LOCK: Final = "run.lock"
LEDGER: Final = "runs.sqlite"
SQLITE: Final = "sqlite:///"


class BusyError(OchiqError):
    """Another run is in progress."""


@dataclass(frozen=True)
class Slot:
    """What a run is for: a job, and the moment that it is due."""

    job: str
    name: str


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: the release that is now current or waits to be published, whether it
    was so before, and what it tells that the one before did not (``etl/upgrade.py``)."""

    release: str
    unchanged: bool
    added: tuple[str, ...] = ()
    waits: bool = False


def attempt(
    order: Order,
    slot: Slot,
    log: structlog.typing.FilteringBoundLogger,
    progress: Callable[[str, int], None],
    *,
    again: bool = False,
) -> Outcome:
    """Runs the pipeline for a slot, unless the same source was published last by the same programme
    under the same rules and ``again`` is false. Raises ``BusyError``, ``SlotTakenError`` or what
    the pipeline raises.
    """
    order.vault.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(order.vault.root / LOCK, timeout=0):
            ledger = RunLedger(order.vault.root / LEDGER)
            _tidy_up(order, ledger)
            return _Attempt(order, ledger, log, progress).made(slot, again=again)
    except Timeout:
        raise BusyError(
            "Busy", "another run is in progress.", "Wait for it to end, then start again."
        ) from None


def _tidy_up(order: Order, ledger: RunLedger) -> None:
    """Ends what a run left behind that was killed, its row and its appeals in staging; and learns
    what was published since."""
    ledger.end_interrupted()
    for release in settle(Proposals(_shelf(order), order.releases), order.drafts):
        ledger.note_published(release)
    for left in sorted((order.vault.root / "staging").glob("*")):
        order.vault.clear(left)


def _shelf(order: Order) -> Shelf:
    return Shelf(order.vault.shelf(order.mapping.source.name))


@dataclass(frozen=True)
class _Attempt:
    order: Order
    ledger: RunLedger
    log: structlog.typing.FilteringBoundLogger
    progress: Callable[[str, int], None]

    def made(self, slot: Slot, *, again: bool) -> Outcome:
        number = self.ledger.claim(slot.job, slot.name)
        log = self.log.bind(run=number, job=slot.job, slot=slot.name)
        log.info("claimed", state="claimed")
        fingerprint = fingerprint_of(self.order)
        unchanged = None if again else self._published_before(fingerprint)
        if unchanged is not None:
            self.ledger.note(number, "skipped", reason="unchanged", release=unchanged)
            log.info("skipped", state="skipped", reason="unchanged", release=unchanged)
            return Outcome(unchanged, unchanged=True, waits=self._waits(unchanged))
        followed = _shelf(self.order).release()
        release = self._run(number, fingerprint, log)
        new = self._added(followed, release)
        if new:
            reason = f"adds {', '.join(new)}"
            self.ledger.note(number, self._end(release), reason=reason)
            log.info("added", state=self._end(release), release=release, reason=reason)
        return Outcome(release, unchanged=False, added=new, waits=self._waits(release))

    def _waits(self, release: str) -> bool:
        """Whether it is a draft that somebody else is to publish."""
        return release in self.order.drafts.ids()

    def _end(self, release: str) -> State:
        return "drafted" if self._waits(release) else "published"

    def _added(self, followed: str | None, release: str) -> tuple[str, ...]:
        """What the release tells that the one of this source that it follows did not."""
        if followed is None:
            return ()
        store = ReleaseStore(self.order.releases)
        now = self.order.drafts.path(release) if self._waits(release) else store.path(release)
        return added(read_manifest(store.path(followed)), read_manifest(now))

    def _published_before(self, fingerprint: str) -> str | None:
        """The current release, when the last one was made of the same source by the same rules; or
        the draft of that, while it waits.

        After a rollback that is an earlier one: the same source would bring back what was undone.
        """
        made, current = self.ledger.last_made(), self._current()
        if not fingerprint or made is None or made.fingerprint != fingerprint:
            return None
        if made.release is not None and self._waits(made.release):
            return made.release
        published = self.ledger.last_published()
        was_rolled_back = (
            published is not None and published.job == ROLLBACK and published.run > made.run
        )
        return current if was_rolled_back or current == made.release else None

    def _current(self) -> str | None:
        store = ReleaseStore(self.order.releases)
        try:
            return store.path(store.current_id()).name
        except OchiqError:
            return None

    def _run(
        self, number: int, fingerprint: str, log: structlog.typing.FilteringBoundLogger
    ) -> str:
        start = time.monotonic()

        def passed(state: State, staged: Staged) -> None:
            ledger = staged.edition.ledger
            self.ledger.note(number, state, read=ledger.read, accepted=ledger.accepted)
            log.info(
                "passed",
                state=state,
                accepted=ledger.accepted,
                late=ledger.late,
                withdrawn=ledger.withdrawn,
                seconds=_seconds_since(start),
            )

        try:
            release = run(self.order, Watcher(self.progress, passed))
        # Whatever ends a run is noted, then raised: a panic of polars is no Exception.
        except BaseException as error:
            ended = isinstance(error, KeyboardInterrupt | SystemExit)
            reason = "terminated" if ended else type(error).__name__
            self.ledger.note(number, "failed", reason=reason)
            log.error("failed", state="failed", reason=reason, seconds=_seconds_since(start))  # noqa: TRY400 (a traceback may hold a value)
            raise
        self.ledger.note(
            number,
            self._end(release),
            release=release,
            source=self.order.mapping.source.name,
            fingerprint=fingerprint,
        )
        end = self._end(release)
        log.info(end, state=end, release=release, seconds=_seconds_since(start))
        return release


def _seconds_since(start: float) -> float:
    return round(time.monotonic() - start, 1)


def fingerprint_of(order: Order) -> str:
    """What a run depends on, the programme's own files included, as one hash; empty where only
    reading the source would tell.

    A file or SQLite database is told by its path, size and time of change, and so is each file
    beside the mapping.
    """
    path = _file_of(order)
    if path is None:
        return ""
    beside = [_seen(each) for each in order.mapping.files_beside() if each.is_file()]
    told = (
        _seen(path), beside, order.mapping, order.as_of, order.threshold, order.code_version,
        order.vault.keys_at, programme(),
    )  # fmt: skip
    return sha256(repr(told).encode()).hexdigest()


def _seen(path: Path) -> tuple[Path, int, int]:
    seen = path.stat()
    return path.resolve(), seen.st_size, seen.st_mtime_ns


def _file_of(order: Order) -> Path | None:
    location = order.source or order.mapping.source.location
    path = Path(location.removeprefix(SQLITE))
    if not order.source and not location.startswith(SQLITE):
        path = order.mapping.directory / path
    return path if path.is_file() else None
