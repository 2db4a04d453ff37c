"""What stands in a release beside the rows of its tables: the stock, the ledger, shares by day, and
an agency's own part of what is expected of it. None of it tells a hidden count."""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.appeal import GENERALISED
from data.periods import last_day
from tests.disclosure.attackers import ALL, Attacker
from tests.disclosure.programme import Cell
from tests.etl import village
from tests.succession import FIRST_DAY, Office, Source

Rows = list[dict[str, Any]]


def days(count: int, a_day: Callable[[date], int], seed: int) -> Rows:
    """The village's appeals, so many on each day, all answered."""
    every = [FIRST_DAY + timedelta(days=number) for number in range(count)]
    rows = village.appeals(sum(map(a_day, every)), seed=seed, people=5_000)
    registered = (day for day in every for _ in range(a_day(day)))
    for row, day in zip(rows, registered, strict=True):
        row["registered"], row["due"] = day, day + timedelta(days=15)
        answered_after(row, row["response_days"] or 10)
    return rows


def answered_after(row: dict[str, Any], taken: int) -> None:
    row.update(response_days=taken, answered=row["registered"] + timedelta(days=taken))


def office(root: Path, rows: Rows) -> Office:
    frame = pl.DataFrame(rows, schema=dict(GENERALISED)).with_columns(person_when_answered="person")
    return Office(root, Source.of(frame, village.lists(), share=0), FIRST_DAY)


def of(attacker: Attacker, measure: str, period: str, **codes: str) -> Cell:
    return (measure, period, *(codes.get(name, ALL) for name in attacker.dimensions))


def lines(release: Path, table: str) -> Rows:
    with (release / f"{table}.csv").open(newline="") as file:
        return [*csv.DictReader(file)]


def ledger(release: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((release / "manifest.json").read_text())["ledger"]
    return told


@pytest.fixture(scope="module")
def thin_april(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Monthly releases of a hundred appeals a day, but of six in April."""
    rows = days(212, lambda d: 100 if d.month != 4 else int(d.day % 5 == 1), 5)
    here = office(tmp_path_factory.mktemp("april"), rows)
    ids = here.publishes_monthly([f"2018-0{month}" for month in range(1, 7)])
    return [here.releases / each for each in ids]


def test_the_stock_ends_before_the_first_hidden_month(thin_april: list[Path]) -> None:
    attacker = Attacker(thin_april[-1])
    stock = [row["period"] for row in lines(thin_april[-1], "stock")]

    assert attacker.told[of(attacker, "received", "2018-04")] is None
    assert stock == ["2018-01", "2018-02", "2018-03"]


def test_the_ledger_adds_up_in_public_until_a_month_is_hidden(thin_april: list[Path]) -> None:
    for month, release in enumerate(thin_april, 1):
        told = ledger(release)
        is_hidden = month >= 4
        assert (told["accepted"] is None) == is_hidden
        assert (told["read"] is None) == is_hidden
    assert ledger(thin_april[2])["accepted"] == 9_000
    assert [row["rows"] for row in lines(thin_april[-1], "ledger") if row["fate"] == "read"] == [""]


def test_the_ledger_does_not_tell_what_a_restatement_took_in(tmp_path: Path) -> None:
    """Five records of March come late: neither before nor after is it told how many."""
    rows = days(90, lambda _: 60, 8)
    whole = office(tmp_path, rows).source.appeals
    late = whole.with_row_index("row").filter(pl.col("registered") >= date(2018, 3, 1)).head(5)
    fewer = Source(whole.filter(~pl.col("appeal").is_in(late["appeal"].implode())), village.lists())
    day = last_day("2018-03")
    before = Office(tmp_path, fewer, FIRST_DAY).publishes(day)
    grown = Office(tmp_path, Source(whole, village.lists()), FIRST_DAY)
    told = [ledger(grown.releases / each) for each in (before, grown.publishes(day))]
    restated = grown.releases / grown.publishes(day, restate=True)
    attacker = Attacker(restated)

    assert told[0]["read"] == told[0]["accepted"] == len(rows) - 5
    assert attacker.told[of(attacker, "received", "2018-03")] is None
    assert ledger(restated)["accepted"] is ledger(restated)["read"] is None


def with_slow_few(rows: Rows) -> Rows:
    """Six of a body's appeals in the first quarter, seven in the second, five of them slower."""
    few, seen = {1: 6, 2: 7}, {1: 0, 2: 0}
    for row in rows:
        quarter = (row["registered"].month + 2) // 3 if row["registered"].year == 2018 else 0
        if row["sector"] == "hokimiyats" and quarter == 1:
            row["response_days"] = 1
        if row["agency"] == "AG5" and quarter in few:
            seen[quarter] += 1
            if seen[quarter] > few[quarter]:
                row["agency"] = "AG4"
            elif quarter == 2:
                row["response_days"] = 9 if seen[2] <= 5 else 1
        answered_after(row, min(row["response_days"], 12))
    return rows


def test_how_long_a_year_took_is_not_told_where_a_quarter_is_hidden(tmp_path: Path) -> None:
    """Less the other quarters it would tell how long those took that are hidden."""
    here = office(tmp_path, with_slow_few(days(430, lambda _: 24, 21)))
    release = here.releases / here.publishes(date(2019, 3, 1))
    attacker = Attacker(release)
    told = {
        (row["period"], row["agency"]): row["answered_by_2"] for row in lines(release, "response")
    }

    assert attacker.told[of(attacker, "received", "2018-Q1", agency="AG5")] is None
    assert attacker.told[of(attacker, "received", "2018", agency="AG5")]
    assert told["2018", "AG5"] == ""
    assert told["2018-Q3", "AG5"] != ""
    assert told["2018", "hokimiyats"] != ""


def of_one_theme(rows: Rows) -> Rows:
    """A region that keeps all terms, a body of it with one theme, and four appeals on another."""
    count = {"AG5": 0, "water": 0, "roads": 0}
    for number, row in enumerate(each for each in rows if each["registered"].year == 2018):
        if row["agency"] == "AG5" and count["AG5"] >= 100:
            row["agency"] = "AG4"
        if row["agency"] == "AG5":
            count["AG5"] += 1
            row.update(region="1706", district="d3", theme="water", theme_group="utilities")
        elif row["region"] == "1706" and row["theme_group"] == "utilities":
            theme = "water" if count["water"] < 30 else "roads"
            count[theme] += 1
            row["theme"] = theme
            if count["roads"] > 4:
                count["roads"] = 4
                row.update(theme_group="social", theme=("pensions", "health")[number % 2])
        if row["region"] == "1706":
            answered_after(row, row["response_days"] if row["response_days"] <= 15 else 9)
            if row["theme_group"] == "utilities":
                row.update(kind="application", channel="website")
    return rows


def test_an_agencys_own_part_is_not_of_what_is_hidden(tmp_path: Path) -> None:
    """Of 130 appeals of the region on water, which are hidden, 100 are the body's: 77 of 100."""
    here = office(tmp_path, of_one_theme(days(430, lambda _: 10, 11)))
    release = here.releases / here.publishes(date(2019, 3, 1))
    attacker = Attacker(release)
    (body,) = (
        row
        for row in lines(release, "case_mix")
        if (row["agency"], row["period"]) == ("AG5", "2018")
    )

    assert attacker.told[of(attacker, "received", "2018", area="1706", theme="water")] is None
    assert body["received"] == body["due"] == "100"
    assert abs(int(body["on_time_of_itself"]) - 77) > 5
