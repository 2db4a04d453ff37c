"""The disclosure rule, as an outsider can check it: nothing small is shown or left by subtraction.

Each count of persons is looked at twice, itself and, for a trait, as what it leaves of everyone:
who is told how many are women knows how many are not. The certificate is left to the checker that
the release carries.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.codelists import Codelist
from data.datasets import Axis, Grain, Table
from data.dimensions import DIMENSIONS, TOTAL
from data.measures import MEASURES, Count, Reported
from data.periods import coarser, grain_of
from etl.verify.opened import STATUS, Opened
from etl.verify.tables import values_of

VALUE, PART = "value", "part"
FEW_TO_SPLIT = 50
"""Below so many, that nobody or everybody is on one side of a guarded split tells of each."""


@dataclass(frozen=True)
class Counted:
    """One count of one table, or what it leaves of its whole: the table's keys and ``value``, null
    where unknown; of a rest also the ``part`` that was taken away."""

    what: str
    frame: pl.DataFrame


def disclosure_findings(release: Opened) -> Iterator[str]:
    """Judges all counts by the threshold that the manifest states."""
    if release.threshold < 2:
        yield f"a threshold of {release.threshold} protects nobody"
    for name in release.tables:
        yield from _rows_follow_base(release, name)
        yield from _traits_follow_total(release, name)
        for counted in _counted(release, name):
            yield from _too_small(counted, release.threshold)
            yield from _left_by_subtraction(counted, release, name)
    yield from _same_cell_twice(release)
    yield from _told_by_another_name(release)


def certificate_findings(directory: Path) -> Iterator[str]:
    """Runs the checker that the release carries, as any reader would: Python and nothing else."""
    checker = [sys.executable, "-I", "check.py"]
    told = subprocess.run(checker, cwd=directory, capture_output=True, text=True, check=False)  # noqa: S603 (our own program)
    if told.returncode != 0:
        refused = [line for line in told.stdout.splitlines() if line.startswith("REFUSED")]
        yield from refused or ["the checker of the release did not come to an end"]


def _rows_follow_base(release: Opened, name: str) -> Iterator[str]:
    table, frame = release.table(name), release.tables[name]
    parts = [
        value
        for value in values_of(table, frame)
        if value != table.base and not _is_reported(value)
    ]
    unknown = frame.filter(pl.col(table.base).is_null())
    for part in parts:
        if unknown[part].is_not_null().any():
            yield f"{name}: {part} is shown where {table.base} is hidden"


def _traits_follow_total(release: Opened, name: str) -> Iterator[str]:
    """Who is told a trait's count where the total is hidden, is told the least that it can be."""
    table, frame = release.table(name), release.tables[name]
    for axis in table.axes:
        if axis.of_flags:
            keys = [key for key in table.keys if key != axis.dimension]
            unknown = frame.filter(
                (pl.col(axis.dimension) == TOTAL) & pl.col(table.base).is_null()
            ).select(keys)
            shown = frame.filter(pl.col(table.base).is_not_null())
            if shown.join(unknown, on=keys, how="semi").height:
                yield f"{name}: a {axis.dimension} is shown where its total is hidden"


def _is_reported(name: str) -> bool:
    return name in MEASURES and isinstance(MEASURES[name], Reported)


def _counted(release: Opened, name: str) -> Iterator[Counted]:
    table = release.table(name)
    for count in release.counts(name):
        shown = release.due(name, count).select(*table.keys, pl.col(count).alias(VALUE))
        yield Counted(f"{name}: {count}", shown)
        if _is_sensitive(count):
            yield Counted(f"{name}: {table.base} without {count}", _rest(release, table, count))
        for axis in table.axes:
            if axis.of_flags:
                yield Counted(
                    f"{name}: {count} without each {axis.dimension}", _others(shown, axis)
                )


def _is_sensitive(name: str) -> bool:
    measure = MEASURES[name]
    return isinstance(measure, Count) and measure.sensitive


def _rest(release: Opened, table: Table, count: str) -> pl.DataFrame:
    """What a sensitive count leaves of everyone in its row."""
    left = pl.col(table.base) - pl.col(count)
    due = release.due(table.name, count)
    return due.select(*table.keys, pl.col(count).alias(PART), left.alias(VALUE))


def _others(shown: pl.DataFrame, axis: Axis) -> pl.DataFrame:
    """What each trait leaves of everyone."""
    keys = [column for column in shown.columns if column not in {VALUE, axis.dimension}]
    everyone = shown.filter(pl.col(axis.dimension) == TOTAL).drop(axis.dimension)
    traits = shown.filter(pl.col(axis.dimension) != TOTAL).rename({VALUE: PART})
    return traits.join(everyone, on=keys, how="left").with_columns(
        (pl.col(VALUE) - pl.col(PART)).alias(VALUE)
    )


def _too_small(counted: Counted, threshold: int) -> Iterator[str]:
    """Shown counts of one to threshold − 1. A part that is a shown zero leaves its whole, which is
    judged itself."""
    small = pl.col(VALUE).is_between(1, threshold - 1)
    if PART in counted.frame.columns:
        small &= pl.col(PART) != 0
        yield from _one_sided(counted)
    found = counted.frame.filter(small).height
    if found:
        yield f"{counted.what}: {found} values from 1 to {threshold - 1} are told"
    if (counted.frame[VALUE] < 0).any():
        yield f"{counted.what}: a value is negative"


def _one_sided(counted: Counted) -> Iterator[str]:
    """Splits of a few that have nobody on one side."""
    few = (pl.col(PART) + pl.col(VALUE)).is_between(1, FEW_TO_SPLIT - 1)
    found = counted.frame.filter(few & ((pl.col(PART) == 0) | (pl.col(VALUE) == 0))).height
    if found:
        yield f"{counted.what}: {found} times nobody or everybody of a few is told"


def _left_by_subtraction(counted: Counted, release: Opened, name: str) -> Iterator[str]:
    table = release.table(name)
    for along, above in _ways_up(table, counted.frame["period"], release.codelists):
        rows = _rows(counted.frame, table, along, above)
        judged = rows.filter(pl.col("whole").is_not_null())
        unequal = judged.filter((pl.col("unknown") == 0) & (pl.col("shown") != pl.col("whole")))
        alone = judged.filter((pl.col("unknown") == 1) & (pl.col("whole") > 0))
        left = pl.col("whole") - pl.col("shown")
        few = judged.filter((pl.col("unknown") > 1) & left.is_between(1, release.threshold - 1))
        open_whole = rows.filter(
            pl.col("whole").is_null() & (pl.col("unknown") == 0) & (pl.col("shown") > 0)
        )
        for found, told in (
            (unequal, "rows do not add up to their total"),
            (alone, "rows have exactly one hidden value"),
            (few, f"rows have hidden values that share less than {release.threshold}"),
            (open_whole, "hidden totals are the sum of shown values"),
        ):
            if found.height:
                yield f"{counted.what}: along {along}, {found.height} {told}"


def _rows(
    frame: pl.DataFrame, table: Table, along: str, above: Mapping[str, str | None]
) -> pl.DataFrame:
    """Each total with the sum of its shown parts and the number of its unknown ones."""
    parent = pl.col(along).replace_strict(above, default=None, return_dtype=pl.String)
    parts = frame.with_columns(parent.alias(along)).filter(pl.col(along).is_not_null())
    sums = parts.group_by(*table.keys).agg(
        pl.col(VALUE).sum().alias("shown"), pl.col(VALUE).is_null().sum().alias("unknown")
    )
    return sums.join(
        frame.select(*table.keys, pl.col(VALUE).alias("whole")), on=table.keys, how="inner"
    )


def _ways_up(
    table: Table, periods: pl.Series, codelists: Mapping[str, Codelist]
) -> Iterator[tuple[str, Mapping[str, str | None]]]:
    """For each key that adds up, every code with the nearest coarser code that the table has."""
    yield "period", {code: _longer(code, table.grains) for code in periods.unique()}
    for axis in table.axes:
        if not axis.of_flags:
            listed = codelists[axis.dimension]
            codes = [code for level in axis.levels for code in listed.at(level)]
            yield axis.dimension, {code: _nearest(code, axis, listed) for code in codes}


def _nearest(code: str, axis: Axis, listed: Codelist) -> str:
    parent = listed[code].parent
    while parent != TOTAL and listed[parent].level not in axis.levels:
        parent = listed[parent].parent
    return parent


def _longer(period: str, grains: tuple[Grain, ...]) -> str | None:
    longer = coarser(period)
    while longer is not None and grain_of(longer) not in grains:
        longer = coarser(longer)
    return longer


def _same_cell_twice(release: Opened) -> Iterator[str]:
    """A number that stands in several tables is the same in all, or hidden in all."""
    cells = pl.concat(
        _cells(release, name, count) for name in release.tables for count in release.counts(name)
    )
    keys = [column for column in cells.columns if column not in {VALUE, "status"}]
    clashing = cells.group_by(keys).agg(pl.struct(VALUE, "status").n_unique().alias("versions"))
    for (count,), found in clashing.filter(pl.col("versions") > 1).group_by("count"):
        yield f"{count}: {found.height} cells differ from one table to another"


def _told_by_another_name(release: Opened) -> Iterator[str]:
    """A count that is another under a second name is shown or hidden with it, and is the same."""
    for name in release.tables:
        for count, (also, dimension, code) in release.manifest.rules["same"].items():
            if count not in release.counts(name):
                continue
            own = _at(_cells(release, name, count), dimension, TOTAL)
            others = [
                _at(_cells(release, other, also), dimension, code)
                for other in release.tables
                if also in release.table(other).measures
            ]
            keys = [column for column in own.columns if column not in {"count", VALUE, "status"}]
            both = own.join(pl.concat(others).unique(keys), on=keys, how="inner", suffix="_also")
            if both.filter(pl.col(VALUE).ne_missing(pl.col(f"{VALUE}_also"))).height:
                yield f"{name}: {count} is told or hidden otherwise than {also}"


def _at(cells: pl.DataFrame, dimension: str, code: str) -> pl.DataFrame:
    return cells.filter(pl.col(dimension) == code).with_columns(pl.lit(TOTAL).alias(dimension))


def _cells(release: Opened, name: str, count: str) -> pl.DataFrame:
    table, frame = release.table(name), release.tables[name]
    absent = [each for each in DIMENSIONS if each not in table.dimensions]
    return frame.select(
        pl.lit(count).alias("count"),
        pl.lit(table.dated_by).alias("dated_by"),
        "period",
        *(pl.col(each) if each not in absent else pl.lit(TOTAL).alias(each) for each in DIMENSIONS),
        pl.col(count).alias(VALUE),
        pl.col(f"{count}{STATUS}").alias("status"),
    )
