"""The register of normative acts: those of the reference list, and invented ones that say so."""

from typing import Final

import polars as pl

from etl.demo.chance import address, below, scrambled, word
from etl.demo.days import FIRST, LAST, LAST_DAY
from etl.demo.plan import Plan
from etl.demo.reference import read
from etl.demo.themes import themes

_FIRST_DAY = 45
"""The first invented act, in days from the start of the source."""
_BODIES: Final = ("Vazirlar Mahkamasi", "Oʻzbekiston Respublikasi Prezidenti", "Oliy Majlis")


def acts(plan: Plan) -> pl.DataFrame:
    """One row an act: ``act_id``, ``lex_id`` (null if invented), ``day``, ``date``, ``title``,
    ``body``, ``theme`` (number)."""
    real = _spread(_real(), plan.acts)
    together = pl.concat([real, _invented(plan, plan.acts - real.height)])
    return (
        together.sort("day", "title")
        .with_row_index("number", offset=1)
        .with_columns(
            act_id=pl.format("H{}", pl.col("number").cast(pl.String).str.zfill(5)),
            date=pl.lit(FIRST) + pl.duration(days="day"),
        )
    )


def _spread(rows: pl.DataFrame, most: int) -> pl.DataFrame:
    """At most so many of the rows, evenly from the first to the last."""
    count = min(most, rows.height)
    return rows[[position * rows.height // count for position in range(count)]]


def _real() -> pl.DataFrame:
    """The listed acts with a known title and theme, up to the end of the source."""
    listed = read("legal_acts").filter(
        pl.col("title") != "", pl.col("theme") != "", pl.col("date") <= LAST.isoformat()
    )
    number = pl.col("theme").replace_strict({code: i for i, code in enumerate(themes())})
    return listed.select(
        "lex_id",
        "title",
        "body",
        day=(pl.col("date").str.to_date() - pl.lit(FIRST)).dt.total_days(),
        theme=number.cast(pl.Int64),
    )


def _invented(plan: Plan, count: int) -> pl.DataFrame:
    """The titles say that the acts are invented, so that none is taken for real."""
    number = pl.int_range(1, count + 1, dtype=pl.UInt64, eager=True).alias("invented")
    return (
        number.to_frame()
        .with_columns(key=scrambled(pl.col("invented") + word(address(plan.seed, "act"))))
        .select(
            lex_id=pl.lit(None, pl.String),
            title=pl.format("Namoyish uchun oʻylab topilgan hujjat № {}", "invented"),
            body=pl.lit(pl.Series(_BODIES)).gather(below(len(_BODIES), "body")),
            day=_FIRST_DAY + below(LAST_DAY - _FIRST_DAY + 1, "day"),
            theme=below(len(themes()), "theme"),
        )
    )
