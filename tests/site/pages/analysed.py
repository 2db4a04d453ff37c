"""The whole release with analyses of its own tables, as a pipeline would have added them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data.releases import Release, load
from etl.analyses import ANALYSTS
from etl.stages import Account, Edition
from tests.site import small_release as small
from tests.site.pages.whole import publish_whole


def edition_of(release: Release) -> Edition:
    """The published side of a release's edition."""
    manifest = release.manifest
    days = pl.col("date").str.to_date()
    return Edition(
        source=manifest.source,
        first_day=date.fromisoformat(manifest.first_day),
        as_of=date.fromisoformat(manifest.as_of),
        codelists=release.codelists,
        not_collected=frozenset(),
        population=pl.DataFrame(),
        acts=None if release.acts is None else release.acts.with_columns(days),
        ledger=Account(0, 0, 0, {}),
        rules={},
    )


def publish_analysed(
    root: Path,
    names: Collection[str],
    tables: Mapping[str, pl.DataFrame] | None = None,
    **changes: Any,
) -> Release:
    """Writes the release below ``root`` with the named analyses and points to it.

    ``tables`` stand in for its own when it is analysed and when it is shown; ``changes`` go to
    ``publish_whole``.
    """
    plain = load(root / publish_whole(root, **changes))
    directory = root / plain.id
    described = plain.manifest.files
    files = {name: (directory / name).read_bytes() for name in described}
    changed = {f"{name}.parquet": small.parquet(each) for name, each in (tables or {}).items()}
    shown = {**plain.tables, **(tables or {})}
    made = {
        f"{name}.parquet": small.parquet(ANALYSTS[name](shown, edition_of(plain))) for name in names
    }
    files |= changed | made
    records = {name: small.record(name, content) for name, content in files.items()}
    manifest = replace(plain.manifest, files=dict(described) | records)
    return load(root / small.write(root, manifest, files, 2))
