"""Names, numbers and addresses of the invented persons: what the pipeline has to protect.

Telephone numbers use the codes 92 and 96, which no operator of Uzbekistan was known to use in
2017-2019, so that nobody real is called.
"""

from functools import cache

import polars as pl

from etl.demo.appeals import World
from etl.demo.chance import below, draw
from etl.demo.people import LEGAL, WOMAN, birth_dates
from etl.demo.reference import own

_SERIALS = 10**7
_STEP = 7_654_321
"""Coprime to the number of serials: persons next to each other get serials far apart."""
_PASSPORTS = ("AA", "AB", "AC", "KA")
_OPERATORS = ("92", "96")


def identified(appeals: pl.DataFrame, here: World) -> pl.DataFrame:
    """Adds ``fio``, ``telefon``, ``manzil``, ``pinfl``, ``pasport`` and ``tugilgan_sana`` (text).

    All are null for an anonymous appeal; a legal entity has a name, and a tax number for a PINFL.
    """
    natural = pl.col("pool_kind") != LEGAL
    named = pl.col("person").is_not_null()
    company_only = pl.when(named & natural)
    return appeals.with_columns(
        fio=pl.when(named).then(pl.when(natural).then(_name()).otherwise(_company())),
        telefon=pl.when(named).then(_telephone()),
        manzil=pl.when(named).then(_address(here)),
        pinfl=pl.when(named).then(pl.when(natural).then(_pinfl()).otherwise(_tax_number())),
        pasport=company_only.then(_passport()),
        tugilgan_sana=company_only.then(_birth("%Y-%m-%d")),
    )


@cache
def _names(use: str) -> pl.Series:
    return own("names").filter(pl.col("use") == use)["text"]


def _named(use: str, purpose: str) -> pl.Expr:
    names = _names(use)
    return pl.lit(names).gather(below(len(names), purpose, "person_key"))


def _name() -> pl.Expr:
    """Surname, name and patronymic, as the passport has them."""
    woman = pl.col("pool_kind") == WOMAN
    ending = pl.when(woman).then(pl.lit("a ")).otherwise(pl.lit(" "))
    given = pl.when(woman).then(_named("woman", "given")).otherwise(_named("man", "given"))
    child = pl.when(woman).then(pl.lit(" qizi")).otherwise(pl.lit(" oʻgʻli"))
    father = _named("man", "father")
    return pl.concat_str(_named("surname", "surname"), ending, given, pl.lit(" "), father, child)


def _company() -> pl.Expr:
    first, second = _named("company", "company"), _named("company", "company, too")
    return pl.format("«{} {}» MChJ", first, second)


def _telephone() -> pl.Expr:
    operator = pl.lit(pl.Series(_OPERATORS)).gather(below(2, "operator", "person_key"))
    return pl.concat_str(pl.lit("+998"), operator, _digits(7, "telephone"))


def _address(here: World) -> pl.Expr:
    names = pl.lit(pl.Series([district.name for district in here.places.districts]))
    return pl.format(
        "{}, {} MFY, {} koʻchasi, {}-uy",
        names.gather("district"),
        _named("mahalla", "mahalla"),
        _named("street", "street"),
        1 + below(120, "house", "person_key"),
    )


def _pinfl() -> pl.Expr:
    """Century and sex, birth date, and a serial of the person's own: no two persons share one."""
    twentieth = pl.lit(birth_dates()).gather("birth_day").dt.year() < 2000
    century = pl.when(twentieth).then(3).otherwise(5)
    sex = pl.when(pl.col("pool_kind") == WOMAN).then(1).otherwise(0)
    return pl.concat_str((century + sex).cast(pl.String), _birth("%d%m%y"), _serial())


def _tax_number() -> pl.Expr:
    return pl.concat_str(pl.lit("30"), _serial())


def _serial() -> pl.Expr:
    return (pl.col("person") * _STEP % _SERIALS).cast(pl.String).str.zfill(7)


def _passport() -> pl.Expr:
    series = pl.lit(pl.Series(_PASSPORTS)).gather(below(4, "passport series", "person_key"))
    return pl.concat_str(series, _digits(7, "passport"))


def _digits(count: int, purpose: str) -> pl.Expr:
    number: pl.Expr = draw(purpose, "person_key") % 10**count
    return number.cast(pl.String).str.zfill(count)


@cache
def _birth_texts(pattern: str) -> pl.Series:
    return birth_dates().dt.strftime(pattern)


def _birth(pattern: str) -> pl.Expr:
    return pl.lit(_birth_texts(pattern)).gather("birth_day")
