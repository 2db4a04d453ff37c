"""Spoiling a file of a release, to see that the verifier finds it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl

from etl.stages import Derived
from etl.verify import verify
from tests.etl.releasing import written

Spoil = Callable[[pl.DataFrame], pl.DataFrame]


def put(column: str, value: object, where: pl.Expr) -> Spoil:
    """Another value in a column of the rows of ``where``, of which there must be some."""

    def spoilt(frame: pl.DataFrame) -> pl.DataFrame:
        assert frame.filter(where).height
        changed = pl.when(where).then(pl.lit(value, frame.schema[column])).otherwise(column)
        return frame.with_columns(changed.alias(column))

    return spoilt


def findings_of_spoilt(made: Derived, analysis: str, spoil: Spoil, root: Path) -> list[str]:
    """What the verifier finds in a release of which one analysis is spoilt."""
    changed = {**made.analyses, analysis: spoil(made.analyses[analysis])}
    return verify(written(replace(made, analyses=changed), root))
