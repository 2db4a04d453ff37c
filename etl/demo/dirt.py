"""Rows that come on top of the clean appeals: duplicates, and rows that a pipeline must hold back.

Each dirty row is a copy of a clean one with exactly one thing wrong, so that it breaks exactly one
rule. All but the duplicates carry a number of their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from etl import rules
from etl.demo.chance import below, scrambled, word
from etl.demo.days import day_of, months
from etl.demo.quotas import apportion

Change = Callable[[], Mapping[str, pl.Expr]]


@dataclass(frozen=True)
class Dirt:
    """A kind of dirt: its share of the clean appeals, the rule that it breaks, and the change.

    A duplicate breaks no rule.
    """

    share: float
    rule: str
    change: Change

    @property
    def is_duplicate(self) -> bool:
        return not self.rule


def _text(value: str) -> pl.Expr:
    return pl.lit(value, pl.String)


def _one_of(*values: str) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(below(len(values), "dirt"))


def _unchanged() -> Mapping[str, pl.Expr]:
    return {}


def _earlier_version() -> Mapping[str, pl.Expr]:
    """The row as it was before the answer, under the same number, changed last at registration."""
    unknown = ("javob_vaqt", "qayta_ochilgan_vaqt", "uzaytirilgan_sana", "natija", "javob_matni")
    texts = {name: pl.lit(None, pl.String) for name in (*unknown, "hujjat_id")}
    numbers = {name: pl.lit(None, pl.Int64) for name in ("mazmunli_javob", "baho")}
    return {
        **texts,
        **numbers,
        "sorovnoma": pl.lit(0, pl.Int64),
        "ozgargan_vaqt": pl.col("royxat_vaqt"),
    }


def _closed_before_opened() -> Mapping[str, pl.Expr]:
    """Receipt and answer change places."""
    return {
        "kelgan_vaqt": pl.col("javob_vaqt"),
        "royxat_vaqt": pl.col("javob_vaqt"),
        "javob_vaqt": pl.col("kelgan_vaqt"),
        "yuborilgan_vaqt": pl.lit(None, pl.String),
        "qayta_ochilgan_vaqt": pl.lit(None, pl.String),
    }


DIRT: Final[Mapping[str, Dirt]] = {
    "exact_duplicate": Dirt(0.005, "", _unchanged),
    "earlier_version": Dirt(0.004, "", _earlier_version),
    "closed_before_opened": Dirt(0.002, rules.ANSWERED_BEFORE_RECEIVED, _closed_before_opened),
    "unknown_agency": Dirt(
        0.002, rules.UNKNOWN_CODE, lambda: {"idora": _one_of("AG999", "AG000", "IDORA-17", "?")}
    ),
    "junk_theme": Dirt(
        0.002,
        rules.JUNK_CODE,
        lambda: {"mavzu": _one_of("Select One", "SPAM", "SPAM MAIL", "test")},
    ),
    "blank_number": Dirt(0.0005, rules.MISSING_ID, lambda: {"murojaat_id": _one_of("", "  ")}),
    "blank_registration": Dirt(0.0005, rules.MISSING_DATE, lambda: {"royxat_vaqt": _text("")}),
    "blank_agency": Dirt(0.0005, rules.MISSING_CODE, lambda: {"idora": _text(" ")}),
    "agency_not_available": Dirt(0.001, rules.MISSING_CODE, lambda: {"idora": _text("n/a")}),
    "date_that_never_was": Dirt(
        0.0005, rules.BAD_DATE, lambda: {"royxat_vaqt": _text("2018-02-31 10:15:00")}
    ),
    "date_long_past": Dirt(
        0.0005, rules.IMPOSSIBLE_DATE, lambda: {"royxat_vaqt": _text("1900-01-01 00:00:00")}
    ),
    "date_in_the_future": Dirt(
        0.0005, rules.IMPOSSIBLE_DATE, lambda: {"javob_vaqt": _text("2099-12-31 10:00:00")}
    ),
    "rating_nine": Dirt(0.001, rules.OUT_OF_RANGE, lambda: {"baho": pl.lit(9, pl.Int64)}),
    "negative_hops": Dirt(
        0.0005, rules.OUT_OF_RANGE, lambda: {"yonaltirishlar": pl.lit(-1, pl.Int64)}
    ),
}


@dataclass(frozen=True)
class DirtPlan:
    """How many rows of each kind there are, in all and month by month."""

    totals: Mapping[str, int]
    by_month: Mapping[str, tuple[int, ...]]
    first_number: int

    def of_month(self, month: int) -> dict[str, int]:
        return {kind: counts[month] for kind, counts in self.by_month.items()}

    def number_after(self, month: int) -> int:
        """The first number that a dirty row of a month may take."""
        return self.first_number + sum(sum(counts[:month]) for counts in self.by_month.values())


def dirt_plan(appeals: int, appeals_by_month: tuple[int, ...]) -> DirtPlan:
    """Every kind occurs at least once, whatever the volume."""
    totals = {kind: max(1, round(appeals * dirt.share)) for kind, dirt in DIRT.items()}
    by_month = {
        kind: _spread(total, appeals_by_month, position)
        for position, (kind, total) in enumerate(totals.items())
    }
    return DirtPlan(totals, by_month, appeals)


def _spread(total: int, appeals_by_month: tuple[int, ...], shift: int) -> tuple[int, ...]:
    """In proportion to the months; kinds that are fewer than months start in different months."""
    if total >= len(months()):
        return tuple(apportion(total, appeals_by_month))
    chosen = {(shift * 5 + i * len(months()) // total) % len(months()) for i in range(total)}
    return tuple(int(month in chosen) for month in range(len(months())))


def assigned(appeals: pl.DataFrame, counts: Mapping[str, int], first_number: int) -> pl.DataFrame:
    """The appeals of a month with ``dirt``, the kind of which a copy is to be made or null, and
    ``dirt_number``, the number of that copy.

    Copied are answered appeals, answered later than on the day of receipt, in an order of chance.
    """
    answered_later = day_of(pl.col("answered")) > day_of(pl.col("received"))
    order = scrambled(pl.col("key") + word(1))
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    chosen = (
        appeals.filter(answered_later)
        .sort(order)
        .head(len(kinds))
        .select("number", dirt=pl.Series(kinds, dtype=pl.String))
        .with_row_index("dirt_number", offset=first_number)
    )
    return appeals.join(chosen, on="number", how="left", maintain_order="left")


def with_dirt(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows and the dirty copies that ``assigned`` asks for, a copy beside its original."""
    placed = rows.with_row_index("place").with_columns(pl.col("place").cast(pl.Int64) * 2)
    asked_for = placed.filter(pl.col("dirt").is_not_null())
    copies = [
        _dirty(originals, DIRT[str(kind)])
        for (kind,), originals in asked_for.partition_by(
            "dirt", as_dict=True, maintain_order=True
        ).items()
    ]
    return pl.concat([placed, *copies]).sort("place", maintain_order=True).drop("place")


def _dirty(originals: pl.DataFrame, dirt: Dirt) -> pl.DataFrame:
    """Copies with the change, some before and some after their originals."""
    aside = pl.when(below(2, "aside") == 0).then(-1).otherwise(1)
    number = {} if dirt.is_duplicate else {"murojaat_id": _fresh_number()}
    changed = {"place": pl.col("place") + aside, **number, **dirt.change()}
    return originals.with_columns(**changed)


def _fresh_number() -> pl.Expr:
    number = pl.col("dirt_number").cast(pl.String).str.zfill(8)
    return pl.concat_str(pl.col("murojaat_id").str.slice(0, 5), number)
