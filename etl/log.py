"""The pipeline's log: one JSON object a line, from a closed list of fields.

A field that is not on the list is dropped: so no value of a record can get into a log by accident.
"""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

import structlog

FIELDS: Final = frozenset(
    {
        "event", "level", "timestamp", "run", "job", "slot", "state", "reason", "step", "rows",
        "read", "accepted", "late", "withdrawn", "release", "seconds",
    }
)  # fmt: skip

Event = MutableMapping[str, Any]


def open_log(path: Path) -> structlog.typing.FilteringBoundLogger:
    """A log that is appended to a file; the file and its directory are made where missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    log: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(path.open("a", encoding="utf-8", buffering=1)),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            listed_only,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        cache_logger_on_first_use=True,
    )
    return log


def listed_only(_logger: Any, _method: str, event: Event) -> Event:
    """Drops every field that is not on the list."""
    return {name: value for name, value in event.items() if name in FIELDS}
