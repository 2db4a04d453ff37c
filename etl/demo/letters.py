"""What people write and what bodies answer: phrases put together, with personal data among them."""

from functools import cache
from typing import Final

import polars as pl

from etl.demo.bodies import OUTCOMES
from etl.demo.chance import Choice, choice, happens
from etl.demo.reference import own
from etl.demo.themes import themes

_LANGUAGES: Final = ("uz", "uz-cyrl", "ru")
_LANGUAGE_SHARES: Final = (62, 20, 18)
_WITH_TELEPHONE = 0.35
_WITH_NAME = 0.2
_BITS = 8


def written(appeals: pl.DataFrame) -> pl.DataFrame:
    """Adds the texts of the appeal, ``matn``, and of the answer, ``javob_matni`` or null."""
    language = _spoken().drawn("language", key="person_key").fill_null(0)
    return appeals.with_columns(language=language).with_columns(
        matn=_appeal(), javob_matni=_answer()
    )


@cache
def _spoken() -> Choice:
    return choice([_LANGUAGE_SHARES], _BITS)


def _appeal() -> pl.Expr:
    language = pl.col("language")
    matter = language * len(themes()) + pl.col("theme")
    return pl.concat_str(
        _phrase("opening", language),
        pl.lit(" "),
        _phrase("matter", matter),
        pl.lit(" "),
        _phrase("closing", language),
        _sometimes(_WITH_TELEPHONE, " Tel: ", "telefon"),
        _sometimes(_WITH_NAME, " ", "fio"),
    )


def _sometimes(probability: float, before: str, column: str) -> pl.Expr:
    given = happens(probability, f"{column} in text") & pl.col(column).is_not_null()
    return pl.when(given).then(pl.concat_str(pl.lit(before), column)).otherwise(pl.lit(""))


def _answer() -> pl.Expr:
    """A template, the same for every appeal to a body, or words for this one."""
    own_words = pl.concat_str(
        pl.lit("Hurmatli "),
        pl.col("fio").fill_null("murojaatchi"),
        pl.lit("! "),
        _phrase("answer_opening"),
        pl.lit(" "),
        _phrase("answer", pl.col("outcome")),
        pl.lit(" "),
        _phrase("answer_closing"),
        pl.lit(" № "),
        "appeal_id",
    )
    templates = _texts("template")
    template = pl.lit(pl.Series(templates)).gather(pl.col("agency") % len(templates))
    answer = pl.when("template").then(template).otherwise(own_words)
    return pl.when(pl.col("answered").is_not_null()).then(answer)


def _phrase(use: str, group: pl.Expr | None = None) -> pl.Expr:
    """One of the phrases of a use, and of the group where there are groups."""
    return pl.lit(pl.Series(_texts(use))).gather(_choices(use).drawn(use, group))


@cache
def _texts(use: str) -> list[str]:
    return own("phrases").filter(pl.col("use") == use)["text"].to_list()


@cache
def _choices(use: str) -> Choice:
    rows = own("phrases").filter(pl.col("use") == use).to_dicts()
    return choice(
        [
            [float(all(row[key] == value for key, value in group.items())) for row in rows]
            for group in _groups(use)
        ],
        _BITS,
    )


def _groups(use: str) -> list[dict[str, str]]:
    """What the phrases of each group have in common, in the order of the groups' numbers."""
    if use == "matter":
        return [{"language": lang, "about": theme} for lang in _LANGUAGES for theme in themes()]
    if use == "answer":
        return [{"about": outcome} for outcome in OUTCOMES]
    return [
        {"language": lang} for lang in (_LANGUAGES if use in {"opening", "closing"} else ("uz",))
    ]
