"""The source's own columns and codes: Uzbek names, local time as text, codes of its own.

A mapping file translates them; nothing of the pipeline's vocabulary is used here.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from etl.demo.appeals import World
from etl.demo.days import moment_text, of_day
from etl.demo.people import LEGAL
from etl.demo.themes import themes

SOURCES: Final = ("pm.gov.uz", "call-1000", "xalq-qabulxonasi", "sayyor", "shaxsiy")
CHANNELS: Final = ("veb_sayt", "call_markaz", "xalq_qabulxonasi", "sayyor_qabul", "shaxsiy_qabul")
KINDS: Final = ("ariza", "shikoyat", "taklif")
FORMS: Final = ("ogzaki", "yozma", "elektron")
APPLICANTS: Final = ("jismoniy", "tadbirkor", "investor", "yuridik")
OUTCOMES: Final = (
    "qanoatlantirilgan",
    "qisman",
    "tushuntirilgan",
    "rad_etilgan",
    "korilmagan",
    "yuborilgan",
)
THEMES: Final = tuple(f"M{number:02}" for number in range(1, len(themes()) + 1))
MOMENTS: Final = {
    "kelgan_vaqt": "received",
    "royxat_vaqt": "registered",
    "yuborilgan_vaqt": "forwarded",
    "javob_vaqt": "answered",
    "qayta_ochilgan_vaqt": "reopened",
    "ozgargan_vaqt": "updated",
}


def in_source_columns(appeals: pl.DataFrame, here: World) -> pl.DataFrame:
    """The appeals as the source keeps them, one row an appeal, in the order of its columns."""
    return appeals.select(
        pl.col("appeal_id").alias("murojaat_id"),
        _coded("channel", SOURCES).alias("manba"),
        *(moment_text(pl.col(internal)).alias(name) for name, internal in MOMENTS.items()),
        _coded("kind", KINDS).alias("tur"),
        _coded("form", FORMS).alias("shakl"),
        _coded("channel", CHANNELS).alias("kanal"),
        _coded("theme", THEMES).alias("mavzu"),
        _coded("agency", here.bodies.codes).alias("idora"),
        _coded("region", here.places.regions).alias("hudud"),
        _coded("district", [district.code for district in here.places.districts]).alias("tuman"),
        _coded("applicant", APPLICANTS).alias("arizachi_turi"),
        _sex().alias("jins"),
        "tugilgan_sana",
        _flag("disability").alias("nogironlik"),
        _flag("hardship").alias("ogir_ahvol"),
        _flag("collective").alias("jamoaviy"),
        _flag("anonymous").alias("anonim"),
        pl.col("original").is_not_null().cast(pl.Int64).alias("takroriy"),
        pl.col("original").alias("asl_murojaat"),
        _flag("extra_study").alias("qoshimcha_organish"),
        of_day("text", pl.col("extended_until")).alias("uzaytirilgan_sana"),
        _coded("outcome", OUTCOMES).alias("natija"),
        _flag("substantive").alias("mazmunli_javob"),
        _flag("asked").alias("sorovnoma"),
        pl.col("score").cast(pl.Int64).alias("baho"),
        _flag("harassment").alias("tazyiq"),
        pl.col("hops").cast(pl.Int64).alias("yonaltirishlar"),
        _flag("taken_up").alias("taklif_qabul"),
        pl.col("act_id").alias("hujjat_id"),
        "fio",
        "telefon",
        "manzil",
        "pinfl",
        "pasport",
        "matn",
        "javob_matni",
    )


def acts_in_source_columns(acts: pl.DataFrame) -> pl.DataFrame:
    """The register of acts as the source keeps it."""
    return acts.select(
        pl.col("act_id").alias("hujjat_id"),
        "lex_id",
        pl.col("date").dt.strftime("%Y-%m-%d").alias("sana"),
        pl.col("title").alias("nomi"),
        pl.col("body").alias("organ"),
        _coded("theme", THEMES).alias("mavzu"),
    )


def _coded(column: str, codes: Sequence[str]) -> pl.Expr:
    return pl.lit(pl.Series(codes)).gather(column)


def _flag(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int64)


def _sex() -> pl.Expr:
    """Unknown for legal entities and for those who gave no name."""
    known = pl.col("person").is_not_null() & (pl.col("pool_kind") != LEGAL)
    return pl.when(known).then(pl.when("woman").then(pl.lit("A")).otherwise(pl.lit("E")))
