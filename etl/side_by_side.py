"""Side by side: what no appeal tells alone, found by laying the appeals of a year beside it.

Whose text many answers share, and whose sender comes back though satisfied. Both look at one year
of registration only, for persons and texts have a key for each year; both are settled when the
year's answers are published, so no later release changes them. Memory holds a month and a few
columns of the others.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

import polars as pl

from data.measures import RETURN_DAYS, TEMPLATE_FROM, TOP_BOX
from etl.stages import Edition

SHARE_ROWS: Final = 8_000_000
"""Answers whose texts are counted at a time."""
SAME: Final = ["agency", "answer_print"]


def side_by_side(months: Sequence[Path], edition: Edition) -> Iterator[pl.DataFrame]:
    """The appeals of each month with ``templated``, ``settled`` and ``returned``; ``months`` are
    files of staged appeals, named by month and sorted."""
    matter = "agency" if "theme" in edition.not_collected else "theme"
    for _, of_year in groupby(months, key=lambda path: path.stem[:4]):
        year = list(of_year)
        shared = _shared_texts(year)
        for number, path in enumerate(year):
            appeals = _with_templates(pl.read_parquet(path), shared)
            yield _with_returns(appeals, year[number:], matter, edition.as_of)


def _shared_texts(year: list[Path]) -> pl.DataFrame:
    """The texts that an agency gave so often, as ``agency`` and ``answer_print``.

    Counted a share of all texts at a time, since most stand alone.
    """
    answers = pl.scan_parquet(year).select(*SAME, "answered").drop_nulls()
    rows = answers.select(pl.len()).collect(engine="streaming").item()
    shares = max(1, -(-rows // SHARE_ROWS))
    found = [
        answers.filter(pl.col("answer_print") % shares == share)
        .group_by(SAME)
        .len()
        .filter(pl.col("len") >= TEMPLATE_FROM)
        .select(SAME)
        .collect(engine="streaming")
        for share in range(shares)
    ]
    return pl.concat(found)


def _with_templates(appeals: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    marked = shared.with_columns(templated=True)
    joined = appeals.join(marked, on=SAME, how="left", maintain_order="left")
    return joined.with_columns(pl.col("templated").fill_null(value=False))


def _with_returns(
    appeals: pl.DataFrame, from_here: list[Path], matter: str, as_of: date
) -> pl.DataFrame:
    """Marks the appeals whose answer was rated satisfied, and those of them whose person wrote
    again on the same theme within so many days."""
    numbered = appeals.with_row_index("place").with_columns(settled=_is_settled(matter, as_of))
    settled = numbered.filter("settled").select(
        "place", matter, "answered", person="person_when_answered"
    )
    later = pl.scan_parquet(from_here).select("person", matter, "registered").drop_nulls()
    days = (pl.col("registered") - pl.col("answered")).dt.total_days()
    returned = (
        settled.lazy()
        .join(later, on=["person", matter])
        .filter(days.is_between(1, RETURN_DAYS))
        .select("place")
        .collect(engine="streaming")["place"]
    )
    return numbered.with_columns(returned=pl.col("place").is_in(returned.implode())).drop("place")


def _is_settled(matter: str, as_of: date) -> pl.Expr:
    """Rated satisfied, by a known person, and long enough ago to know whether they came back,
    within the year of registration: the next year has another key and would not know them."""
    waited = pl.col("answered") + timedelta(days=RETURN_DAYS)
    holds = (
        (pl.col("satisfaction") >= TOP_BOX)
        & pl.col("person_when_answered").is_not_null()
        & pl.col(matter).is_not_null()
        & (waited.dt.year() == pl.col("registered").dt.year())
        & (waited <= as_of)
    )
    return holds.fill_null(value=False)
