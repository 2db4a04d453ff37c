"""Generalise: from the record to what may be counted. After this no hour, birthday or number of a
record is left, only days, codes, yes and no."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.appeal import GENERALISED
from data.codelists import Codelist
from data.dimensions import TOTAL
from etl.clock import Clock, registered_on, with_terms
from etl.hours import promptness
from etl.record import PARENTS, not_given
from etl.stages import Pseudonymous

YOUNG: Final = 30
OLD: Final = 60
"""The age groups are under 30, and 60 and over, on the day of registration."""

SETTLING: Final = ("row", "key", "latest", "declared_duplicate")
"""What a staged row still carries until duplicates are settled: its position, the number of its
record in its source, the moment of its last change, and whether the source calls it a duplicate."""

LATEST: Final = ("received", "registered", "answered", "reopened_at")


@dataclass(frozen=True)
class Surroundings:
    """What a record is generalised by: the code lists and the clock."""

    codelists: Mapping[str, Codelist]
    clock: Clock


def generalise(batch: Pseudonymous, by: Surroundings) -> pl.DataFrame:
    """The columns of ``data/appeal.py`` but ``as_of`` and ``appeal``, and those of ``SETTLING``."""
    kept = [name for name in GENERALISED if name not in {"as_of", "appeal"}]
    return (
        batch.frame.with_columns(key=_key(), latest=_latest(), **promptness())
        .with_columns(registered=registered_on(batch.frame, by.clock))
        .with_columns(_days(), **_parents(by.codelists))
        .with_columns(_age())
        .with_columns(**_flags())
        .pipe(with_terms, by.clock)
        .with_columns(declared_duplicate=pl.col("duplicate").fill_null(value=False))
        .select(*(pl.col(name).cast(GENERALISED[name]) for name in kept), *SETTLING)
    )


def _key() -> pl.Expr:
    return pl.concat_str(pl.col("source").fill_null(""), pl.col("appeal_id"), separator="\x1f")


def _latest() -> pl.Expr:
    return pl.coalesce("updated", pl.max_horizontal(LATEST))


def _days() -> list[pl.Expr]:
    answered = pl.col("answered").cast(pl.Date)
    # An appeal that is answered on arrival, before an office on holiday registers it, took no day.
    taken = (answered - pl.col("registered")).dt.total_days().clip(0)
    late = pl.lit(None, pl.Date).alias("answered_late")
    return [answered.alias("answered"), late, taken.alias("response_days")]


def _parents(lists: Mapping[str, Codelist]) -> dict[str, pl.Expr]:
    parents = {
        coarse: _parent_of(column, lists[dimension])
        for coarse, (dimension, column) in PARENTS.items()
    }
    # A district says more than a region that was told beside it.
    region = pl.coalesce(_parent_of("district", lists["area"]), "region")
    return {**parents, "region": region}


def _parent_of(column: str, codelist: Codelist) -> pl.Expr:
    table = {code.code: code.parent for code in codelist.codes if code.parent not in {"", TOTAL}}
    return pl.col(column).replace_strict(
        list(table), list(table.values()), default=None, return_dtype=pl.String
    )


def _age() -> pl.Expr:
    by_birthday = (
        pl.col("registered").dt.year()
        - pl.col("birth_date").dt.year()
        - (_day_of_year("registered") < _day_of_year("birth_date")).cast(pl.Int32)
    )
    return pl.coalesce(by_birthday, "age").alias("age")


def _day_of_year(column: str) -> pl.Expr:
    day = pl.col(column).dt
    return day.month().cast(pl.Int32) * 100 + day.day()


def _flags() -> dict[str, pl.Expr]:
    """Yes/no columns; false where the record does not say."""
    derived = {
        "women": pl.col("gender") == "female",
        "under_30": pl.col("age") < YOUNG,
        "over_60": pl.col("age") >= OLD,
        "entrepreneur": pl.col("applicant") == "entrepreneur",
        "investor": pl.col("applicant") == "investor",
        "legal_entity": pl.col("applicant") == "legal_entity",
        "reopened": pl.col("reopened_at").is_not_null(),
        "extended": pl.col("extended_until").is_not_null(),
        "asked": pl.col("satisfaction").is_not_null(),
    }
    flags = [name for name, kind in GENERALISED.items() if kind is pl.Boolean]
    return {
        name: pl.any_horizontal(pl.col(name), derived.get(name, pl.lit(value=False))).fill_null(
            value=False
        )
        for name in (*flags, "extra_study")
    }


def not_collected(
    mapped: Collection[str], by: Surroundings, untold: Collection[str]
) -> frozenset[str]:
    """The columns of ``data/appeal.py`` that the source does not give, nor its lists and terms;
    with those that are ``untold`` for other reasons."""
    missing = {*not_given(mapped), *untold}
    lists = by.codelists
    missing |= {
        name for name, (dimension, _) in PARENTS.items() if name not in lists[dimension].levels
    }
    if "region" not in mapped and "region" not in lists["area"].levels:
        missing.add("region")
    if by.clock.terms is None or "kind" in missing:
        missing |= {"due", "due_extended"}
    return frozenset(missing)
