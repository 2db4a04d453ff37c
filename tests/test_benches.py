"""Benches follow the code: whoever wants to measure can."""

import importlib
from pathlib import Path

import polars as pl
import pytest

from bench.staged import staged
from data.appeal import GENERALISED

BENCHES = sorted(path.stem for path in (Path(__file__).parents[1] / "bench").glob("*.py"))


@pytest.mark.parametrize("name", BENCHES)
def test_each_bench_still_finds_what_it_measures(name: str) -> None:
    assert importlib.import_module(f"bench.{name}").__doc__


def test_the_appeals_of_benches_are_whole(tmp_path: Path) -> None:
    first, *_ = staged(tmp_path, 1_000).months()
    assert pl.read_parquet_schema(first) == pl.Schema(GENERALISED)
