"""Draft: a whole release, verified, in the outbox, and its appeals beside the shelf.

When a run has ended so, publishing needs nothing more of it. The order is the guarantee: what the
next run must know of the draft is in the vault before the draft can be published.
"""

import re
from collections.abc import Collection
from pathlib import Path

from data.errors import ReleaseError
from data.manifest import Manifest
from data.releases import ReleaseStore
from etl.contents import contents
from etl.outbox import Outbox
from etl.proposals import Proposals
from etl.sealing import check, put_in_place, write
from etl.stages import Derived, Staged


def hand_over(
    derived: Derived, staged: Staged, code_version: str, proposals: Proposals, outbox: Outbox
) -> str:
    """Leaves the draft of a release in the outbox, in place of an earlier one of its source; gives
    its id. A release that is published already is proposed anew and not drafted."""
    outbox.root.mkdir(parents=True, exist_ok=True)
    with outbox.held():
        _refuse_what_was_overtaken(proposals)
        release_id = draft(derived, code_version, outbox, proposals.releases)
        if release_id in outbox.ids():
            return release_id
        for former in outbox.of(staged.edition.source.name):
            outbox.remove(former)
        proposals.put(staged, release_id)
        if not proposals.is_published(release_id):
            put_in_place(outbox.root, release_id)
    return release_id


def draft(derived: Derived, code_version: str, outbox: Outbox, releases: Path) -> str:
    """Writes a release into the outbox, verified and yet without its name; gives its id.

    The same content has the same id, and nothing is written twice.
    """
    manifest, files = contents(derived, code_version)
    others = {*outbox.ids()} - {*outbox.of(manifest.source.name)}
    release_id = _id_of(manifest, {*ReleaseStore(releases).ids(), *others})
    for place in (releases / release_id, outbox.path(release_id)):
        if place.is_dir():
            check(place)
            return release_id
    write(outbox.root, release_id, files)
    return release_id


def _id_of(manifest: Manifest, taken: Collection[str]) -> str:
    """``<YYYY.MM.rev>-<digest>``: that of the same content, or the next revision of the month."""
    digest = manifest.digest[:8]
    pattern = re.compile(rf"{re.escape(manifest.edition)}\.(\d+)-([0-9a-f]{{8}})")
    known = [match for name in taken if (match := pattern.fullmatch(name))]
    same = next((match[0] for match in known if match[2] == digest), None)
    revision = max((int(match[1]) for match in known), default=0) + 1
    return same or f"{manifest.edition}.{revision}-{digest}"


def _refuse_what_was_overtaken(proposals: Proposals) -> None:
    """A draft that was published while the run lasted is a release that the run does not know."""
    published = proposals.published()
    if published:
        raise ReleaseError(
            "Published meanwhile",
            f"{published[0]} was published while the run lasted, which did not follow it.",
            "Start the run again.",
        )
