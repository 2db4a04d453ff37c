"""The pipeline: from a source to a release, each stage once and in this order.

Intake is extract → validate → pseudonymise → generalise, in one pass over the source.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from data.errors import UnknownReleaseError
from data.releases import ReleaseStore
from etl.aggregate import aggregate
from etl.backdate import backdated
from etl.certify import certify
from etl.derive import derive
from etl.disclosure.gate import DisclosureError
from etl.draft import hand_over
from etl.intake import intake
from etl.mapping import Mapping
from etl.outbox import Outbox
from etl.past import Changes, Past
from etl.proposals import Proposals
from etl.protect import protect
from etl.publish import publish
from etl.reports import check_follows, read_reports
from etl.runs import State
from etl.shelf import Shelf, as_published, compared
from etl.stages import Derived, Staged, Tables
from etl.standing import as_counted
from etl.vault import Vault


@dataclass(frozen=True)
class Order:
    """What a run is asked to do."""

    mapping: Mapping
    source: str | None
    as_of: date | None
    threshold: int
    vault: Vault
    releases: Path
    code_version: str
    outbox: Path | None = None
    """Where the draft is left for another to publish; where there is none, the run publishes."""
    restate: bool = False
    """Publish what was published before anew, with all that has come in since."""

    @property
    def drafts(self) -> Outbox:
        """Where a draft lies until it is published."""
        return Outbox(self.outbox or self.vault.root / "outbox")


@dataclass(frozen=True)
class Watcher:
    """Who is told how a run gets on: rows done in a step, and each stage that is passed."""

    progress: Callable[[str, int], None]
    passed: Callable[[State, Staged], None]


def run(order: Order, watcher: Watcher) -> str:
    """Publishes a release of the source, or leaves its draft; gives its id. Raises ``OchiqError``:
    then nothing is published, and no appeal stays in the vault's staging."""
    # First of all: a report that is refused should not have cost the reading of every appeal.
    reports = read_reports(order.mapping, order.source, order.threshold)
    staged = intake(order.mapping, order.source, order.vault, order.as_of, watcher.progress)
    try:
        release = publish_staged(_with(staged, reports), order, watcher)
        # Last of all: what cannot be undone waits until the run's data have stood every check.
        order.vault.keyring().destroy_unneeded(staged.edition.as_of, datetime.now(UTC).date())
        return release
    finally:
        order.vault.clear(staged.directory)


def publish_staged(staged: Staged, order: Order, watcher: Watcher) -> str:
    """Every stage that follows intake. A published month is counted as it was published."""
    shelf = Shelf(order.vault.shelf(staged.edition.source.name))
    past = _past(order, shelf)
    check_follows(staged.edition.reports, past, order.threshold)
    if past and past.restated:
        staged = backdated(staged, past.day)
        past = _changed(past, staged, shelf, order)
    elif past:
        staged = as_published(staged, shelf)
    watcher.passed("staged", staged)
    codes = past.codes() if past and past.restated else {}
    cells = as_counted(aggregate(staged, order.threshold, watcher.progress, codes), past)
    watcher.passed("aggregated", staged)
    protected = protect(cells, order.threshold, order.vault.ties_key(), past)
    watcher.passed("protected", staged)
    certified = certify(protected, order.threshold)
    watcher.passed("certified", staged)
    derived = derive(certified)
    watcher.passed("derived", staged)
    return issue(derived, staged, order, shelf)


def issue(derived: Derived, staged: Staged, order: Order, shelf: Shelf) -> str:
    """Leaves the draft of a release, and publishes it unless that is for somebody else to do."""
    proposals = Proposals(shelf, order.releases)
    release = hand_over(derived, staged, order.code_version, proposals, order.drafts)
    if order.outbox is None:
        publish(release, order.drafts, order.releases)
    settle(proposals, order.drafts)
    return release


def settle(proposals: Proposals, outbox: Outbox) -> list[str]:
    """The shelf learns what was published, and the drafts of that go; gives the releases."""
    outbox.sweep()
    learnt = proposals.settle(outbox)
    published = [each for each in outbox.ids() if proposals.is_published(each)]
    if published:
        with outbox.held():
            for each in published:
                outbox.remove(each)
    return learnt


def _with(staged: Staged, reports: Tables) -> Staged:
    return replace(staged, edition=replace(staged.edition, reports=reports))


def _changed(past: Past, staged: Staged, shelf: Shelf, order: Order) -> Past:
    """The past with what came since the release that is restated, and what went."""
    directory = order.vault.new_staging()
    try:
        sides = compared(staged, shelf, directory)
        return replace(past, changes=Changes(*(aggregate(s, order.threshold) for s in sides)))
    finally:
        order.vault.clear(directory)


def _past(order: Order, shelf: Shelf) -> Past | None:
    """The release that this one follows, if the source was published before."""
    before = shelf.release()
    if before is None:
        return None
    try:
        return Past(ReleaseStore(order.releases).get(before), order.restate)
    except UnknownReleaseError as error:
        raise DisclosureError(
            "Published before",
            f"release {before} was made from this source, and is not among the releases.",
            f"Put its directory back; or, if nobody has it, remove {shelf.root}.",
        ) from error
