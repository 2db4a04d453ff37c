"""Proposals: the appeals of a draft as they will lie on the shelf once it is published.

Whether a draft was published is told by the releases alone. So the shelf can learn of it at any
later time, from a publisher who has no way to tell the vault.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from etl.durable import flush, move, settle
from etl.outbox import Outbox
from etl.shelf import Shelf, ended
from etl.stages import Staged

IN_WORK: Final = ".in-work"
OUT_OF_USE: Final = ".out-of-use"


@dataclass(frozen=True)
class Proposals:
    """What is proposed for the shelf of one source, beside it, each under the id of its draft."""

    shelf: Shelf
    releases: Path

    @property
    def root(self) -> Path:
        return self.shelf.root / "proposed"

    def ids(self) -> list[str]:
        return sorted(path.name for path in self.root.glob("[!.]*"))

    def published(self) -> list[str]:
        """Those whose release is published, and of which the shelf does not know yet."""
        return [each for each in self.ids() if self.is_published(each)]

    def is_published(self, release_id: str) -> bool:
        return (self.releases / release_id).is_dir()

    def put(self, staged: Staged, release_id: str) -> None:
        """Keeps the appeals of a draft whatever becomes of staging, in one step, and of no other
        draft."""
        work = self.root / IN_WORK
        shutil.rmtree(work, ignore_errors=True)
        for directory in (self.shelf.root, self.root, work):
            directory.mkdir(mode=0o700, exist_ok=True)
        for path in ended(staged):
            (work / path.name).hardlink_to(path)
            flush(path)
        settle(work)
        for former in self.ids():
            self._drop(former)
        move(work, self.root / release_id)

    def settle(self, outbox: Outbox) -> list[str]:
        """Puts on the shelf what was published, and drops what no draft stands for any more; gives
        the releases that the shelf has learnt of."""
        waiting, published = outbox.ids(), self.published()
        for each in self.ids():
            if each in published:
                self.shelf.put(sorted((self.root / each).glob("*.parquet")), each)
            if each in published or each not in waiting:
                self._drop(each)
        return published

    def _drop(self, release_id: str) -> None:
        """Its name goes first, in one step: a part of it must never be taken for all of it."""
        shutil.rmtree(self.root / OUT_OF_USE, ignore_errors=True)
        move(self.root / release_id, self.root / OUT_OF_USE)
        shutil.rmtree(self.root / OUT_OF_USE)
