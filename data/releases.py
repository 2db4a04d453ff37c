"""Reading releases: which is current, whole and unchanged, loaded into memory once.

The pointer is read on each request (it costs microseconds), every file's SHA-256 is checked before
use, and a damaged or missing new release never displaces the last good one.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from data import codelists, manifest, withdrawals
from data.analyses import ANALYSES
from data.board import Board
from data.codelists import Codelist
from data.errors import ReleaseError, UnknownReleaseError
from data.manifest import Manifest
from data.reports import REPORTS
from data.withdrawals import Register, Withdrawal

CURRENT: Final = "current"
ID_PATTERN: Final = re.compile(r"\d{4}\.\d{2}\.\d+-[0-9a-f]{8}")
KEEP_LOADED: Final = 3


@dataclass(frozen=True)
class Release:
    """A verified release in memory: its manifest, tables and code lists, the register of acts
    (None where the source has none), and by name the analyses of ``data/analyses/`` and the
    reports of ``data/reports/`` that it has."""

    id: str
    manifest: Manifest
    tables: Mapping[str, pl.DataFrame]
    codelists: Mapping[str, Codelist]
    acts: pl.DataFrame | None
    analyses: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    reports: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def is_generated(self) -> bool:
        return self.manifest.source.generated


class ReleaseStore:
    """A directory of releases and the one small file that names the current one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._loaded: OrderedDict[str, Release] = OrderedDict()
        self._last_good: str | None = None
        self.board: Final = Board(root)
        self._withdrawn: Register = {}
        self._lock = Lock()

    def ids(self) -> tuple[str, ...]:
        """All release ids, newest first."""
        if not self.root.is_dir():
            return ()
        found = (path.name for path in self.root.iterdir() if ID_PATTERN.fullmatch(path.name))
        return tuple(sorted(found, key=_age, reverse=True))

    def current_id(self) -> str:
        """The id in the pointer file; ``ReleaseError`` when nothing has been published."""
        try:
            named = (self.root / CURRENT).read_text(encoding="ascii").strip()
        except OSError as error:
            raise ReleaseError(
                "No release", "nothing has been published yet.", "Run 'python -m etl run'."
            ) from error
        if not ID_PATTERN.fullmatch(named):
            raise ReleaseError(
                "No release",
                "the pointer does not hold a release id.",
                "Run 'python -m etl rollback'.",
            )
        return named

    def current(self) -> Release:
        """The current release, or the last good one when the current cannot be loaded."""
        named = self._last_good
        try:
            named = self.current_id()
            release = self.get(named)
        except ReleaseError:
            if self._last_good is None:
                raise
            return self.get(self._last_good)
        self._last_good = release.id
        return release

    def get(self, release_id: str) -> Release:
        """A release by id or ``latest``, verified on first load, kept while among the last used."""
        if release_id == "latest":
            return self.current()
        with self._lock:
            if release_id not in self._loaded:
                self._loaded[release_id] = load(self.path(release_id))
            self._loaded.move_to_end(release_id)
            while len(self._loaded) > KEEP_LOADED:
                self._loaded.popitem(last=False)
            return self._loaded[release_id]

    def withdrawals(self) -> Register:
        """When and why releases were withdrawn, by id.

        The register is read each time; while it cannot be read, the last one that could holds.
        """
        with suppress(ReleaseError):
            self._withdrawn = withdrawals.read(self.root)
        return self._withdrawn

    def withdrawal(self, release_id: str) -> Withdrawal | None:
        """When and why a release was withdrawn; None when it stands."""
        return self.withdrawals().get(release_id)

    def path(self, release_id: str) -> Path:
        """The directory of a release; ``ReleaseError`` for an id that is malformed or unknown."""
        directory = self.root / release_id
        if not ID_PATTERN.fullmatch(release_id) or not directory.is_dir():
            raise UnknownReleaseError(
                "Unknown release",
                f"there is no release '{release_id[:40]}'.",
                "See the list of releases.",
            )
        return directory

    def file(self, release_id: str, name: str) -> Path:
        """The path of a file that the release lists; never built from a stranger's words."""
        wanted = self.current_id() if release_id == "latest" else release_id
        directory = self.path(wanted)
        listed = {*read_manifest(directory).files, manifest.FILE_NAME, "SHA256SUMS"}
        if name not in listed:
            raise UnknownReleaseError(
                "Unknown file", "the release has no such file.", "See the list of files."
            )
        return directory / name

    def content(self, release_id: str, name: str) -> bytes:
        """The bytes of a file that the release lists, refused when they differ from its hash."""
        directory = self.path(release_id)
        record = read_manifest(directory).files.get(name)
        if record is None:
            raise UnknownReleaseError(
                "Unknown file", "the release has no such file.", "See the list of files."
            )
        return _verified(directory / name, record.sha256)


def _age(release_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release_id.partition("-")[0].split("."))


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a release directory, checked against the digest in the directory's name."""
    try:
        content = (directory / manifest.FILE_NAME).read_bytes()
    except OSError as error:
        raise ReleaseError(
            "Manifest", f"{directory.name} has none.", "Roll back to another release."
        ) from error
    if not sha256(content).hexdigest().startswith(directory.name.rpartition("-")[2]):
        raise ReleaseError(
            "Manifest", f"{directory.name} was changed.", "Roll back to another release."
        )
    return manifest.parse(content)


def load(directory: Path) -> Release:
    """Reads a whole release into memory, refusing it when any file differs from its hash."""
    described = read_manifest(directory)
    contents = {
        name: _verified(directory / name, record.sha256) for name, record in described.files.items()
    }
    return Release(
        id=directory.name,
        manifest=described,
        tables={
            name: pl.read_parquet(BytesIO(contents[f"{name}.parquet"])) for name in described.tables
        },
        codelists={
            name: codelists.parse(contents[f"codelist_{name}.csv"], name)
            for name in described.codelists
        },
        acts=_optional_table(contents, "acts.parquet"),
        analyses=_those_there(ANALYSES, contents),
        reports=_those_there(REPORTS, contents),
    )


def _verified(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReleaseError(
            "Missing file", f"{path.name} cannot be read.", "Roll back to another release."
        ) from error
    if sha256(content).hexdigest() != digest:
        raise ReleaseError(
            "Damaged file", f"{path.name} differs from its hash.", "Roll back to another release."
        )
    return content


def _those_there(names: Iterable[str], contents: Mapping[str, bytes]) -> dict[str, pl.DataFrame]:
    found = {name: _optional_table(contents, f"{name}.parquet") for name in names}
    return {name: frame for name, frame in found.items() if frame is not None}


def _optional_table(contents: Mapping[str, bytes], name: str) -> pl.DataFrame | None:
    return pl.read_parquet(BytesIO(contents[name])) if name in contents else None
