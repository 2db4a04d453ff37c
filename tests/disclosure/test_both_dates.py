"""Both dates of an appeal: by no day can more have been answered than had come in by then."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from data.appeal import GENERALISED
from data.datasets import TABLES
from tests.disclosure.attackers import ALL, Attacker
from tests.disclosure.programme import UNLIMITED, Cell, Interval, Relation
from tests.etl import village
from tests.etl.releasing import THRESHOLD
from tests.succession import FIRST_DAY, Office, Source

DAYS, A_DAY = 540, 20
FEW = {"2018-04": 6, "2018-05": 7}
OF_THE_COUNTRY = {"outcome"}
CLOSE = 1e-6


def test_by_the_date_of_the_answer_no_body_and_no_place_is_told() -> None:
    by_answer = [table for table in TABLES.values() if table.dated_by == "answered"]

    assert by_answer
    assert all({*table.dimensions} <= OF_THE_COUNTRY for table in by_answer)


def test_what_came_and_what_was_answered_in_the_country_narrow_nothing(tmp_path: Path) -> None:
    attacker = Attacker(released(tmp_path))
    for each in FEW:
        assert attacker.told[country(attacker, "received", each)] is None
        assert country(attacker, "considered", each) not in attacker.told

    found = attacker.programme(both_dates(attacker)).intervals(attacker.hidden)

    assert not [cell for cell, interval in found.items() if is_narrow(interval)]


def released(root: Path) -> Path:
    frame = pl.DataFrame([*rows()], schema=dict(GENERALISED))
    dated = frame.with_columns(person_when_answered="person")
    office = Office(root, Source.of(dated, village.lists(), share=0), FIRST_DAY)
    return office.releases / office.publishes(date(2019, 6, 30))


def rows() -> Iterator[dict[str, Any]]:
    """Appeals of a year and a half; in two of its months few came, and more were answered."""
    came_in = Counter[str]()
    for number, row in enumerate(village.appeals(DAYS * A_DAY, seed=8, people=5_000)):
        came, taken = FIRST_DAY + timedelta(days=number // A_DAY), row["response_days"] or 10
        came_in[month(came)] += 1
        if came_in[month(came)] <= FEW.get(month(came), UNLIMITED):
            answered, due = (came + timedelta(days=days) for days in (taken, 15))
            days = {"registered": came, "answered": answered, "due": due, "response_days": taken}
            yield row | days


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def both_dates(attacker: Attacker) -> Iterator[Relation]:
    """By any month's end no more was answered than came in till then and was answered since."""
    terms: list[tuple[int, Cell]] = []
    for period in sorted({cell[1] for cell in attacker.told if is_month(cell[1])}):
        pair = [country(attacker, each, period) for each in ("considered", "answered")]
        if not all(cell in attacker.told for cell in pair):
            return
        terms += [(1, pair[0]), (-1, pair[1])]
        yield Relation(tuple(terms), least=-UNLIMITED)


def is_month(period: str) -> bool:
    return len(period) == len("2018-01") and "Q" not in period


def country(attacker: Attacker, measure: str, period: str) -> Cell:
    return (measure, period, *[ALL] * len(attacker.dimensions))


def is_narrow(interval: Interval) -> bool:
    low, high = interval
    return high - low < THRESHOLD - 1 - CLOSE or high < THRESHOLD - CLOSE
