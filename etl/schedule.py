"""The scheduler: a process of its own that starts a run for each slot of the cron setting.

Runs are processes of their own, so that none can take the scheduler with it. What is due is
claimed in the run ledger; a slot that was missed while nothing ran is found there and caught up.
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from filelock import FileLock, Timeout

from config import Settings
from data.errors import SourceError
from etl.attempt import LEDGER, BusyError
from etl.runs import RunLedger

JOB: Final = "scheduled"
LOCK: Final = "schedule.lock"
LOOK_BACK: Final = timedelta(days=8)


def serve(settings: Settings) -> None:
    """Runs until the process is ended. Raises ``BusyError`` when a scheduler is running already,
    ``SourceError`` when the cron setting cannot be read."""
    cron = trigger(settings)
    settings.vault.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(settings.vault / LOCK, timeout=0):
            _serve(settings, cron)
    except Timeout:
        raise BusyError("Schedule", "a scheduler is running already.", "Leave it to it.") from None


def _serve(settings: Settings, cron: CronTrigger) -> None:
    zone = ZoneInfo(settings.time_zone)
    scheduler = BlockingScheduler(timezone=zone)
    scheduler.add_job(
        lambda: start_run(slot_of(datetime.now(zone))),
        cron,
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    missed = missed_slot(RunLedger(settings.vault / LEDGER), cron, datetime.now(zone))
    if missed is not None:
        start_run(missed)
    scheduler.start()


def trigger(settings: Settings) -> CronTrigger:
    """The cron setting as a trigger in the zone of the schedule."""
    try:
        return CronTrigger.from_crontab(settings.cron, timezone=ZoneInfo(settings.time_zone))
    except (ValueError, KeyError) as error:
        raise SourceError(
            "Schedule",
            f"OCHIQ_CRON or OCHIQ_TIME_ZONE cannot be read ({type(error).__name__}).",
            "Use five fields as in crontab, and a zone such as Asia/Tashkent.",
        ) from None


def slot_of(moment: datetime) -> str:
    """The name of the slot that begins in the minute of a moment."""
    return moment.isoformat(timespec="minutes")


def missed_slot(ledger: RunLedger, cron: CronTrigger, now: datetime) -> str | None:
    """The last slot that was due and not run, if any run was made before it and none since."""
    due = _last_due(cron, now)
    last = ledger.last()
    if due is None or last is None or ledger.has(JOB, slot_of(due)):
        return None
    return slot_of(due) if datetime.fromisoformat(last.started_at) < due else None


def _last_due(cron: CronTrigger, now: datetime) -> datetime | None:
    due: datetime | None = None
    upcoming = cron.get_next_fire_time(None, now - LOOK_BACK)
    while upcoming is not None and upcoming <= now:
        due = upcoming
        upcoming = cron.get_next_fire_time(due, due + timedelta(seconds=1))
    return due


def start_run(
    slot: str, start: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run
) -> int:
    """Runs the pipeline for a slot in a process of its own; gives its exit code."""
    command = [sys.executable, "-m", "etl", "run", "--job", JOB, "--slot", slot]
    return start(command, check=False).returncode
