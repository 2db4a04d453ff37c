"""Who appeals: pools of invented persons, and what is true of a person whenever he or she appeals.

A person is a number. Everything about a person is a function of that number, so the same person
has the same birth date and the same PINFL in every appeal, and no table of persons is kept.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

import polars as pl

from etl.demo import assumptions as a
from etl.demo.chance import Choice, address, choice, happens, scrambled, uniform, word
from etl.demo.places import places
from etl.demo.plan import Plan

WOMAN, MAN, LEGAL = range(3)
POOLS_PER_DISTRICT: Final = 3
INDIVIDUAL, ENTREPRENEUR, INVESTOR, COMPANY = range(4)
APPLICANTS: Final = ("individual", "entrepreneur", "investor", "legal_entity")

_OLDEST_YEAR = 1932
_YOUNGEST_YEAR = 2001


@dataclass(frozen=True)
class Pools:
    """First person and size of each pool: one a district and sex, one for its legal entities."""

    first: pl.Series
    size: pl.Series

    def drawn(self, pool: pl.Expr) -> pl.Expr:
        """A person of the pool for each row; a few of the pool are drawn far more often."""
        size = pl.lit(self.size).gather(pool)
        few = (size * a.SERIAL_PERSONS).ceil()
        among = pl.when(happens(a.SERIAL_SHARE, "serial")).then(few).otherwise(size)
        return pl.lit(self.first).gather(pool) + (uniform("person") * among).cast(pl.Int64)


def pools(plan: Plan) -> Pools:
    """Pools in proportion to the appeals that are expected from them."""
    women = plan.women / plan.appeals
    shares = (women, 1 - women - a.LEGAL_ENTITIES, a.LEGAL_ENTITIES)
    expected = [
        plan.appeals * district * share for district in places().district_shares for share in shares
    ]
    sizes = pl.Series([max(2, int(n * a.PERSONS_PER_APPEAL)) for n in expected], dtype=pl.Int64)
    return Pools(sizes.cum_sum() - sizes, sizes)


def person_key(seed: int) -> pl.Expr:
    """The key that everything about a person is drawn by."""
    return scrambled(pl.col("person").cast(pl.UInt64) + word(address(seed, "person")))


def traits() -> list[pl.Expr]:
    """What a person is, by ``person_key`` and ``pool_kind``: null or false for a legal entity."""
    natural = pl.col("pool_kind") != LEGAL
    own_business = pl.when(happens(a.INVESTORS, "investor", "person_key")).then(INVESTOR)
    business = own_business.when(happens(a.ENTREPRENEURS, "entrepreneur", "person_key")).then(
        ENTREPRENEUR
    )
    return [
        pl.when(natural).then(business.otherwise(INDIVIDUAL)).otherwise(COMPANY).alias("applicant"),
        (natural & happens(a.DISABILITY, "disability", "person_key")).alias("disability"),
        (natural & happens(a.HARDSHIP, "hardship", "person_key")).alias("hardship"),
        pl.when(natural).then(_birth_day()).alias("birth_day"),
    ]


@cache
def birth_dates() -> pl.Series:
    """Every date on which a person may be born, in order; ``birth_day`` is a position in it."""
    first, last = date(_OLDEST_YEAR, 1, 1), date(_YOUNGEST_YEAR, 12, 31)
    return pl.date_range(first, last, timedelta(days=1), eager=True)


@cache
def _birth_years() -> Choice:
    """Adults, most of them between 25 and 50."""
    years = range(_OLDEST_YEAR, _YOUNGEST_YEAR + 1)
    return choice([[_weight_of_age(2018 - year) for year in years]], 12)


def _weight_of_age(age: int) -> float:
    if age < 25:
        return 0.3 + 0.1 * (age - 17)
    return 1.0 if age <= 45 else max(0.04, 1.0 - (age - 45) * 0.025)


def _birth_day() -> pl.Expr:
    """365.25 days a year, so that the last year's end stays within the list."""
    year = _birth_years().drawn("birth year", key="person_key")
    return ((year + uniform("birth date", "person_key")) * 365.25).floor().cast(pl.Int64)
