"""Files: nothing was changed, nothing is missing, nothing was slipped in."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from data import manifest
from data.errors import ReleaseError
from data.manifest import Manifest
from data.releases import ID_PATTERN

SUMS: Final = "SHA256SUMS"


def file_findings(directory: Path) -> Iterator[str]:
    """Compares the directory's name, ``SHA256SUMS`` and every file with the manifest."""
    try:
        content = (directory / manifest.FILE_NAME).read_bytes()
        described = manifest.parse(content)
    except (OSError, ReleaseError) as error:
        yield f"{manifest.FILE_NAME} cannot be read ({type(error).__name__})"
        return
    yield from _name(directory, content, described)
    yield from _hashes(directory, described)
    yield from _sums(directory)
    yield from _ledger(described)


def _name(directory: Path, content: bytes, described: Manifest) -> Iterator[str]:
    name = directory.resolve().name
    digest = sha256(content).hexdigest()
    if not ID_PATTERN.fullmatch(name):
        yield f"{name} is not the name of a release"
    elif not name.endswith(f"-{digest[:8]}"):
        yield f"{manifest.FILE_NAME} was changed: its hash is not the one in the release's name"
    elif not name.startswith(f"{described.edition}."):
        yield "the release's name is not of the month of its data"
    if content != described.canonical():
        yield f"{manifest.FILE_NAME} is not written canonically"


def _hashes(directory: Path, described: Manifest) -> Iterator[str]:
    expected = {*described.files, manifest.FILE_NAME, SUMS}
    present = {path.name for path in directory.iterdir()}
    yield from (f"{name} is missing" for name in sorted(expected - present))
    yield from (f"{name} is not listed in the manifest" for name in sorted(present - expected))
    for name, record in described.files.items():
        if name not in present:
            continue
        content = (directory / name).read_bytes()
        if sha256(content).hexdigest() != record.sha256 or len(content) != record.bytes:
            yield f"{name} was changed"


def _sums(directory: Path) -> Iterator[str]:
    path = directory / SUMS
    if not path.is_file():
        return
    actual = {
        each.name: sha256(each.read_bytes()).hexdigest()
        for each in directory.iterdir()
        if each.name != SUMS
    }
    lines = path.read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if listed != actual:
        yield f"{SUMS} does not list the files as they are"


def _ledger(described: Manifest) -> Iterator[str]:
    ledger = described.ledger
    numbers = (ledger.read or 0, ledger.accepted or 0, ledger.duplicates)
    if not ledger.adds_up or min(*numbers, *ledger.quarantined.values()) < 0:
        yield "the ledger does not add up: read ≠ accepted + duplicates + quarantined"
