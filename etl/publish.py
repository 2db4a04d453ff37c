"""Publish: a draft of the outbox becomes a release, and the one that readers see.

Nothing is asked of the vault: who publishes needs to read the outbox and to write the releases. The
draft is copied, and the copy judged by all that the draft was judged by. The order is the
guarantee: the directory has its name before the pointer names it, and until then a note beside it
says that it is to be pointed to. A failure at any moment leaves the old release current.
"""

from pathlib import Path
from typing import Final

from data.releases import CURRENT, ReleaseStore
from etl.durable import replace_file
from etl.outbox import Outbox
from etl.sealing import check, put_in_place, write

NEXT: Final = ".next"
"""The note of a release that is about to be published: a publisher who was killed goes on there."""


def publish_all(outbox: Outbox, root: Path) -> list[str]:
    """Publishes every draft that is not among the releases yet; gives their ids.

    Raises ``ReleaseError`` with the findings when the verifier refuses one; then it and those after
    it are not published.
    """
    root.mkdir(parents=True, exist_ok=True)
    with outbox.held():
        _go_on(root)
        new = [each for each in outbox.ids() if not (root / each).is_dir()]
        for each in new:
            publish(each, outbox, root)
    return new


def publish(release_id: str, outbox: Outbox, root: Path) -> None:
    """Makes a draft, or a release that is there, the current one."""
    if not (root / release_id).is_dir():
        draft = outbox.path(release_id)
        write(root, release_id, {path.name: path.read_bytes() for path in draft.iterdir()})
        replace_file(root / NEXT, f"{release_id}\n".encode("ascii"))
        put_in_place(root, release_id)
    point_to(root, release_id)


def _go_on(root: Path) -> None:
    """Points to what a publisher who was killed had named already."""
    if not (root / NEXT).is_file():
        return
    left = (root / NEXT).read_text(encoding="ascii").strip()
    if (root / left).is_dir():
        check(root / left)
        point_to(root, left)


def point_to(root: Path, release_id: str) -> None:
    """Makes a release current. Raises ``ReleaseError`` when there is none of that id."""
    ReleaseStore(root).path(release_id)
    replace_file(root / CURRENT, f"{release_id}\n".encode("ascii"))
    (root / NEXT).unlink(missing_ok=True)
