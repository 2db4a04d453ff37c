"""A whole release that compares its agencies, which are apart in turn."""

from dataclasses import replace
from pathlib import Path

import polars as pl

from data.analyses.comparison import COMPARISON
from data.releases import Release, load
from etl.analyses.comparison import compared
from layouts.components.bands import BANDS
from tests.site import small_release as small
from tests.site.pages.whole import publish_whole


def publish_compared(root: Path, plain: Path) -> Release:
    """Writes the release without a comparison below ``plain``, and with one below ``root``."""
    made = load(plain / publish_whole(plain))
    codes = made.codelists["agency"].at("agency")
    turns = {code: BANDS[number % 3] for number, code in enumerate(codes)}
    found = compared(made.tables["agencies"], codes).with_columns(
        verdict=pl.when(pl.col("compared").is_not_null())
        .then(pl.col("agency").replace_strict(turns))
        .otherwise("verdict")
    )
    names = made.manifest.files
    files = {name: (plain / made.id / name).read_bytes() for name in names}
    files[f"{COMPARISON.name}.parquet"] = small.parquet(found)
    records = {name: small.record(name, content) for name, content in files.items()}
    manifest = replace(made.manifest, files=names | records)
    return load(root / small.write(root, manifest, files, 1))
