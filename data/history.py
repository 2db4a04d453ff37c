"""History: what a release has that the one before it had not, as their manifests tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.manifest import Manifest


@dataclass(frozen=True)
class Step:
    """From one release to the next: ``then`` and ``now`` are their manifests, ``before`` is the id
    of the earlier one; both are None for the first release."""

    release: str
    now: Manifest
    before: str | None = None
    then: Manifest | None = None

    @property
    def restated(self) -> str:
        """The id of the release whose numbers this one counts anew, or empty."""
        return str(self.now.disclosure.get("restates", ""))

    @property
    def added(self) -> list[str]:
        """The tables that were not there before."""
        return sorted(self.now.tables.keys() - self.then.tables.keys()) if self.then else []

    @property
    def dropped(self) -> list[str]:
        """The tables that are no longer there."""
        return sorted(self.then.tables.keys() - self.now.tables.keys()) if self.then else []

    @property
    def changed(self) -> list[str]:
        """The tables of both whose bytes are others: they have more periods, or other numbers."""
        if self.then is None:
            return []
        both = self.now.tables.keys() & self.then.tables.keys()
        return sorted(name for name in both if _bytes(name, self.now) != _bytes(name, self.then))


def _bytes(table: str, described: Manifest) -> str:
    return described.files[f"{table}.csv"].sha256


def steps(releases: Sequence[tuple[str, Manifest]]) -> list[Step]:
    """One step for each release; ``releases`` are ids and manifests, newest first, as are steps."""
    later = [
        Step(release, now, before, then) for (release, now), (before, then) in pairwise(releases)
    ]
    return [*later, *(Step(release, now) for release, now in releases[-1:])]
