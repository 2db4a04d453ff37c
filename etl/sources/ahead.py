"""Reading ahead: the next batch is fetched while the one before it is worked on."""

from collections.abc import Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Final

import polars as pl

WAITING: Final = 2
"""Batches that may lie ready; more would only take memory."""

PATIENCE: Final = 0.1
"""Seconds after which a reader that waits looks whether it is still wanted."""

_Next = pl.DataFrame | BaseException | None


def read_ahead(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same batches in the same order, or the same error, read in a thread of their own."""
    ready: Queue[_Next] = Queue(WAITING)
    unwanted = Event()
    reader = Thread(target=_fill, args=(batches, ready, unwanted), name="read ahead", daemon=True)
    reader.start()
    try:
        while (batch := ready.get()) is not None:
            if isinstance(batch, BaseException):
                raise batch
            yield batch
    finally:
        unwanted.set()
        _drain(ready)
        reader.join()


def _fill(batches: Iterator[pl.DataFrame], ready: Queue[_Next], unwanted: Event) -> None:
    try:
        for batch in batches:
            if not _put(ready, batch, unwanted):
                return
        _put(ready, None, unwanted)
    except BaseException as error:  # noqa: BLE001 - it is raised where the batches are wanted
        _put(ready, error, unwanted)


def _put(ready: Queue[_Next], batch: _Next, unwanted: Event) -> bool:
    while not unwanted.is_set():
        try:
            ready.put(batch, timeout=PATIENCE)
        except Full:
            continue
        return True
    return False


def _drain(ready: Queue[_Next]) -> None:
    while True:
        try:
            ready.get_nowait()
        except Empty:
            return
