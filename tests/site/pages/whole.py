"""A release of the whole catalogue with invented but plausible numbers, every status among them."""

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import polars as pl

from data import codelists
from data.codelists import Codelist
from data.datasets import DATASETS, Axis, Table
from data.dimensions import DIMENSIONS, TOTAL
from data.grains import as_fine_as
from data.indicators import INDICATORS, Indicator
from data.manifest import Ledger, Manifest, SourceRecord, TableRecord
from data.measures import MEASURES, Count, Distinct, Reported, Sum, Wait
from data.periods import grain_of, last_day
from tests.site import small_release as small
from tests.site.pages.stated import stated

YEARS: Final = {"2017": 0.8, "2018": 1.0, "2019": 0.9}
THRESHOLD: Final = 10
WITH_VALUE: Final = ["A", "P", "E"]
MATURE_AFTER_DAYS: Final = 60
CHECKER: Final = '"""Checks the promises of this release."""\n\nprint("a < b & c")\n'
DISCLOSURE: Final = {
    "threshold": THRESHOLD,
    "unit": "distinct persons; appeals of unknown persons count as one each",
    "mature_after_days": MATURE_AFTER_DAYS,
    "cells_published": 88_658,
    "cells_hidden": 4_086,
    "attack_rounds": 5,
    "counterfactual_tables": 120,
    "estimated_in_hidden_cells_per_million": 650,
}
PARTS: Final = {
    "considered": 0.94,
    "answered": 0.95,
    "concluded": 0.95,
    "due": 0.97,
    "on_time": 0.86,
    "extended": 0.08,
    "due_extended": 0.96,
    "on_time_extended": 0.9,
    "overdue": 0.03,
    "repeated": 0.11,
    "asked": 0.6,
    "rated": 0.21,
    "rated_top": 0.15,
    "proposals": 0.006,
    "taken_up": 0.001,
    "harassment": 0.0004,
    "timed": 0.9,
    "within_hour": 0.02,
    "substantive": 0.7,
    "last_days": 0.1,
    "week_before": 0.08,
    "forwarded": 0.2,
    "forwarded_often": 0.03,
    "reopened": 0.04,
    "off_control": 0.9,
    "off_control_15": 0.7,
    "off_control_30": 0.85,
    "off_control_60": 0.89,
}
"""What part of the appeals received each count is, before it is varied from code to code."""
OTHER_PART: Final = 0.1
"""The part that counts are which are not named here."""


@dataclass(frozen=True)
class Span:
    """The days that the source speaks of; of a closed one no later release is to come."""

    first_day: date = date(2017, 1, 1)
    as_of: date = date(2019, 11, 1)
    is_closed: bool = False

    def has(self, month: str) -> bool:
        return f"{self.first_day:%Y-%m}" <= month <= f"{self.as_of:%Y-%m}"

    def publishes(self, period: str) -> bool:
        return self.is_closed or last_day(period) <= self.as_of

    def is_young(self, period: str) -> bool:
        return last_day(period) + timedelta(days=MATURE_AFTER_DAYS) > self.as_of


def publish_whole(
    root: Path,
    *,
    revision: int = 1,
    span: Span = Span(),
    lists: Mapping[str, Codelist] | None = None,
    not_collected: Collection[str] = (),
    without: Collection[str] = (),
) -> str:
    """Writes the release below ``root``, points to it, and gives its id.

    ``not_collected`` names measures, ``without`` datasets or tables that there are none of; one
    with code lists of its own reports nothing.
    """
    known = lists or {n: codelists.read(small.REFERENCE / f"{n}.csv", n) for n in DIMENSIONS}
    files = small.codelist_files(dict(known))
    tables: dict[str, TableRecord] = {}
    for dataset in DATASETS.values():
        for table in dataset.tables:
            if {dataset.name, table.name} & {*without}:
                continue
            frame = invented(table, known, not_collected, span)
            files |= {
                f"{table.name}.parquet": small.parquet(frame),
                f"{table.name}.csv": small.csv(frame),
            }
            hidden = int(frame[f"{table.base}_status"].eq("Q").sum())
            tables[table.name] = TableRecord(
                dataset.name, table, frame.height, {table.base: hidden}
            )
    if "acts" not in without:
        files |= {"acts.parquet": small.parquet(acts()), "acts.csv": small.csv(acts())}
    for name, reported in (stated(known) if lists is None else {}).items():
        files |= {
            f"{name}.parquet": small.parquet(reported),
            f"{name}.csv": small.csv(reported),
        }
    files |= proof()
    return small.write(root, _manifest(files, tables, tuple(known), span), files, revision)


def proof() -> dict[str, bytes]:
    """The files that stand for a certificate, its checker and the hidden counts."""
    return {
        "check.py": CHECKER.encode(),
        "certificate.csv.gz": gzip.compress(b"measure,period,values\n", mtime=0),
        "hidden.csv": b"measure,period,lower,upper,estimate\n",
    }


def _manifest(
    files: dict[str, bytes], tables: dict[str, TableRecord], lists: tuple[str, ...], span: Span
) -> Manifest:
    return Manifest(
        source=SourceRecord(
            "sample",
            {"en": "Invented sample"},
            generated=True,
            licence="CC BY 4.0",
            attribution="Us",
        ),
        first_day=span.first_day.isoformat(),
        as_of=span.as_of.isoformat(),
        code_version="test",
        rules={"threshold": THRESHOLD, "closed": span.is_closed},
        not_collected=(),
        ledger=Ledger(3_437_771, 3_370_000, 30_000, {"missing_id": 17_771, "junk_code": 20_000}),
        tables=tables,
        files={name: small.record(name, content) for name, content in files.items()},
        codelists=lists,
        disclosure=DISCLOSURE,
    )


def acts() -> pl.DataFrame:
    """A register with and without texts on lex.uz, over all years."""
    rows = [
        {
            "act": f"H{number:05}",
            "lex_id": str(3_100_000 + number) if number % 3 == 0 else None,
            "date": f"{2017 + number % 3}-{1 + number % 12:02}-15",
            "title": f"Namoyish uchun hujjat № {number}",
            "body": "Vazirlar Mahkamasi",
            "theme": ("health", "land", "energy")[number // 3 % 3],
        }
        for number in range(130)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def invented(
    table: Table, lists: Mapping[str, Codelist], not_collected: Collection[str], span: Span
) -> pl.DataFrame:
    """All combinations of the table's codes and periods, with values, statuses and indicators."""
    frame = _periods(table, span)
    for axis in table.axes:
        frame = frame.join(_codes(axis, lists[axis.dimension]), how="cross")
    weight = pl.col("weight")
    for axis in table.axes:
        weight = weight * pl.col(f"{axis.dimension}_weight")
    frame = frame.with_columns((weight * 1_200_000).round().cast(pl.Int64).alias("all_of_it"))
    frame = frame.with_columns(*(_measure(name, table) for name in table.measures))
    frame = _hidden(frame, table, not_collected, span)
    return _with_indicators(frame, table, lists).select(*table.keys, *_columns(table))


def _periods(table: Table, span: Span) -> pl.DataFrame:
    months = {
        f"{year}-{month:02}": weight / 12 * (1 + ((month * 7) % 5 - 2) / 20)
        for year, weight in YEARS.items()
        for month in range(1, 13)
        if span.has(f"{year}-{month:02}")
    }
    weights: dict[str, float] = {}
    for month, weight in months.items():
        quarter = f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
        codes = {"month": month, "quarter": quarter, "year": month[:4]}
        for grain in table.grains:
            weights[codes[grain]] = weights.get(codes[grain], 0) + weight
    shown = {code: weight for code, weight in weights.items() if span.publishes(code)}
    return pl.DataFrame(
        {"period": list(shown), "weight": list(shown.values())},
        schema={"period": pl.String, "weight": pl.Float64},
    )


def _codes(axis: Axis, codes: Codelist) -> pl.DataFrame:
    rows = [(TOTAL, 1.0)]
    for level in axis.levels:
        members = codes.at(level)
        raw = {code: 0.00002 + _chance(code) ** 4 for code in members}
        rows += [(code, value / sum(raw.values())) for code, value in raw.items()]
    names = (axis.dimension, f"{axis.dimension}_weight")
    return pl.DataFrame(rows, schema=names, orient="row")


def _chance(text: str) -> float:
    return int.from_bytes(sha256(text.encode()).digest()[:2]) / 65_536


def _measure(name: str, table: Table) -> pl.Expr:
    received = pl.col("all_of_it")
    key = pl.concat_str(*table.keys).hash(7) % 1000 / 1000
    if isinstance(MEASURES[name], Count) and name not in {"received", "open"}:
        return (received * _part(name) * (1 - key / 8)).round().cast(pl.Int64).alias(name)
    if isinstance(wait := MEASURES[name], Wait):
        return _waited(wait, key)
    if isinstance(people := MEASURES[name], Distinct):
        return _told_apart(people, received)
    plain: dict[str, pl.Expr] = {
        "received": received,
        "open": (received * 0.05).round().cast(pl.Int64),
        "score_sum": (received * 0.21 * (3.4 + key / 2)).round().cast(pl.Int64),
        "population": 32_120_500
        * (pl.col("area_weight").sqrt() / 3 if "area" in table.keys else pl.lit(1)),
        "acts": (pl.col("weight") * 950 * pl.col("theme_weight"))
        if "theme" in table.keys
        else received,
    }
    return plain.get(name, received * OTHER_PART).round().cast(pl.Int64).alias(name)


def _part(name: str) -> float:
    """What part of the appeals received a count is: told, or two fifths of what it is within."""
    within = getattr(MEASURES[name], "within", None)
    return PARTS.get(name) or 0.4 * (_part(within) if within else 1)


def _waited(wait: Wait, key: pl.Expr) -> pl.Expr:
    """Tenths of a day, or of a per cent, that rise with the day; limits lie apart from them."""
    typical = 90 + key * 60 if wait.q == 0.5 else 180 + key * 150
    answered = 1000 * (1 - (pl.lit(0.97) - key / 50) ** wait.day) if wait.day else typical
    apart = {"": 0, "_lower": -6, "_upper": 6}[wait.limit]
    return (answered + apart).round().cast(pl.Int64).alias(wait.name)


def _told_apart(people: Distinct, received: pl.Expr) -> pl.Expr:
    """Two people for three appeals, and limits on either side."""
    apart = {"": 1.0, "_lower": 0.984, "_upper": 1.016}[people.limit]
    return (received * apart / 15).round().cast(pl.Int64).mul(10).alias(people.name)


def _hidden(
    frame: pl.DataFrame, table: Table, not_collected: Collection[str], span: Span
) -> pl.DataFrame:
    """Every measure with a status, and no value where the status has none."""
    statuses = [_status(name, frame, table, not_collected, span) for name in table.measures]
    marked = frame.with_columns(statuses)
    shown = [
        pl.when(pl.col(f"{n}_status").is_in(WITH_VALUE)).then(pl.col(n)).alias(n)
        for n in table.measures
    ]
    return marked.with_columns(shown)


def _status(
    name: str, frame: pl.DataFrame, table: Table, not_collected: Collection[str], span: Span
) -> pl.Expr:
    """The first that applies: not collected, not applicable, not yet, hidden, too few, early."""
    measure, base = MEASURES[name], pl.col(table.base)
    is_few = (base > 0) & (base < THRESHOLD) & (not isinstance(measure, Reported))
    if isinstance(measure, Wait | Distinct):
        is_few |= base < (100 if isinstance(measure, Wait) else 1.5 * measure.minimum + 10)
    codes = frame["period"].unique().to_list()
    short = [code for code in codes if not _is_for(name, code)]
    young = [code for code in codes if measure.matures and span.is_young(code)]
    is_personal = isinstance(measure, Count) and measure.personal
    status = (
        pl.when(pl.lit(name in not_collected) | (_is_no_place(frame) & (name == "population")))
        .then(pl.lit("L"))
        .when(pl.col("period").is_in(short))
        .then(pl.lit("M"))
        .when(pl.col("period").is_in([] if span.is_closed else young))
        .then(pl.lit("O"))
        .when(is_few)
        .then(pl.lit("Q" if is_personal else "N"))
        .when(pl.col("period").is_in(young))
        .then(pl.lit("P"))
        .otherwise(pl.lit("E" if isinstance(measure, Distinct) else "A"))
    )
    return status.alias(f"{name}_status")


def _is_no_place(frame: pl.DataFrame) -> pl.Expr:
    """True for districts: the population is known of regions only."""
    return pl.col("area").str.len_chars() > 4 if "area" in frame.columns else pl.lit(value=False)


def _is_for(name: str, period: str) -> bool:
    measure = MEASURES[name]
    finest = measure.finest if isinstance(measure, Count | Sum) else "month"
    return as_fine_as(grain_of(period), finest)


def _with_indicators(
    frame: pl.DataFrame, table: Table, lists: Mapping[str, Codelist]
) -> pl.DataFrame:
    joined = _with_other_rows(frame, table)
    for name in _derived(table):
        own = [each.measure for each in INDICATORS[name].reads if each.is_own] or [table.base]
        inputs = [pl.col(f"{each}_status") for each in own]
        formula = INDICATORS[name].formula.cast(pl.Float64).round(INDICATORS[name].decimals)
        status = _told_of(INDICATORS[name], _gravest(inputs), lists)
        joined = joined.with_columns(status.alias(f"{name}_status")).with_columns(
            pl.when(pl.col(f"{name}_status").is_in(WITH_VALUE)).then(formula).alias(name)
        )
        unknown = pl.col(name).is_null() & pl.col(f"{name}_status").is_in(WITH_VALUE)
        hidden = pl.when(unknown).then(pl.lit("Q")).otherwise(f"{name}_status")
        joined = joined.with_columns(hidden.alias(f"{name}_status"))
        if not INDICATORS[name].decimals:
            joined = joined.with_columns(pl.col(name).cast(pl.Int64))
            continue
        empty = pl.col(name).is_nan() | pl.col(name).is_infinite()
        joined = joined.with_columns(
            pl.when(empty).then(pl.lit("M")).otherwise(f"{name}_status").alias(f"{name}_status"),
            pl.when(~empty).then(pl.col(name)).alias(name),
        )
    return joined


def _with_other_rows(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Adds what formulas read in other rows; what it lacks is a little more than its base."""
    for indicator in (INDICATORS[name] for name in _derived(table)):
        along = indicator.along or table.keys[-1]
        keys = [key for key in table.keys if key != along]
        for each in indicator.reads:
            if each.by_registration:
                frame = frame.with_columns((pl.col(table.base) * 1.06).round().alias(each.column))
            elif each.code and each.column not in frame.columns:
                is_own = each.measure in table.measures
                value = pl.col(each.measure) if is_own else (pl.col(table.base) * 1.06).round()
                cells = frame.filter(pl.col(along) == each.code).select(
                    *keys, value.alias(each.column)
                )
                frame = frame.join(cells, on=keys, how="left", maintain_order="left")
    return frame


def _told_of(indicator: Indicator, status: pl.Expr, lists: Mapping[str, Codelist]) -> pl.Expr:
    """The status of an indicator along a dimension where it has something to tell, else ``M``."""
    if not indicator.along:
        return status
    code = pl.col(indicator.along)
    left_out = lists[indicator.along].below(indicator.except_at)
    is_told = ((code == TOTAL) == indicator.of_total) & ~code.is_in(left_out)
    return pl.when(is_told).then(status).otherwise(pl.lit("M"))


def _gravest(statuses: list[pl.Expr]) -> pl.Expr:
    chosen: Any = pl
    for code in ("L", "O", "Q", "N", "M", "P", "E"):
        chosen = chosen.when(pl.any_horizontal(each == code for each in statuses)).then(
            pl.lit(code)
        )
    result: pl.Expr = chosen.otherwise(pl.lit("A"))
    return result


def _derived(table: Table) -> list[str]:
    def fits(indicator: Indicator) -> bool:
        known = indicator.is_of(table.measures, table.dimensions)
        is_told = indicator.along or len(table.axes) == 2
        return known and bool(is_told or not indicator.reads_elsewhere)

    return [n for n, each in INDICATORS.items() if fits(each)]


def _columns(table: Table) -> list[str]:
    names = dict.fromkeys((*table.measures, *_derived(table)))
    return [*names, *(f"{name}_status" for name in names)]
