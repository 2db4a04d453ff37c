"""Releases of the village, made stage by stage, for the tests that look at one or break one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from etl.aggregate import aggregate
from etl.certify import certify
from etl.contents import contents
from etl.derive import derive
from etl.protect import protect
from etl.stages import Cells, Derived, Staged, Tables
from tests.etl import village
from tests.sample import KEY

THRESHOLD = 10
APPEALS = 3_000
VERSION = "test"


def counted(directory: Path, appeals: int = APPEALS, seed: int = 1, **changes: Any) -> Cells:
    return aggregate(
        village.staged(directory, village.appeals(appeals, seed), **changes), THRESHOLD
    )


def derived(directory: Path, appeals: int = APPEALS, seed: int = 1, **changes: Any) -> Derived:
    return made_of(counted(directory, appeals, seed, **changes))


def made_of(cells: Cells) -> Derived:
    """The cells after every stage that follows them."""
    return derive(certify(protect(cells, THRESHOLD, KEY), THRESHOLD))


def closed(staged: Staged) -> Staged:
    """The same appeals, of a source that no later release will follow."""
    rules = {**staged.edition.rules, "closed": True}
    return replace(staged, edition=replace(staged.edition, rules=rules))


def reporting(staged: Staged, reports: Tables) -> Staged:
    """The same appeals beside figures that bodies state themselves."""
    return replace(staged, edition=replace(staged.edition, reports=reports))


def with_table(of: Derived, name: str, frame: pl.DataFrame) -> Derived:
    """The same with one table changed, as a faulty stage might leave it."""
    return replace(of, tables={**of.tables, name: frame})


def written(of: Derived, root: Path) -> Path:
    """The release as files, unverified, under the name that its manifest gives it."""
    manifest, files = contents(of, VERSION)
    directory = root / f"{manifest.edition}.1-{manifest.digest[:8]}"
    directory.mkdir(parents=True)
    for name, content in files.items():
        (directory / name).write_bytes(content)
    return directory
