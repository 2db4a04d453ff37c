"""The stock: an appeal stands at every month's end from its registration to its answer."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from data.appeal import GENERALISED
from data.releases import Release
from etl.aggregate import aggregate
from etl.past import Past
from etl.sheets import Sheet
from etl.shelf import Shelf, as_published, ended
from etl.stages import Staged
from etl.standing import as_counted, spread
from etl.thin import flows_not_told
from tests.etl import village

THRESHOLD = 4
AS_OF = date(2019, 4, 30)


def appeal(registered: str, answered: str | None, late: str | None = None) -> dict[str, Any]:
    days = {"registered": registered, "answered": answered, "answered_late": late}
    told = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return {**dict.fromkeys(GENERALISED), **told, "as_of": AS_OF}


def stood(*days: str | None) -> list[str]:
    frame = pl.DataFrame([appeal(*days)], schema=dict(GENERALISED))  # type: ignore[arg-type]
    return [day.isoformat()[:7] for day in spread(frame)["standing"]]


@pytest.mark.parametrize(
    ("registered", "answered", "months"),
    [
        ("2019-01-31", "2019-02-01", ["2019-01"]),
        ("2019-01-31", "2019-01-31", []),
        ("2019-01-10", "2019-01-31", []),
        ("2018-12-31", "2019-03-01", ["2018-12", "2019-01", "2019-02"]),
        ("2019-02-15", None, ["2019-02", "2019-03", "2019-04"]),
        ("2019-04-30", None, ["2019-04"]),
    ],
)
def test_an_appeal_stands_at_each_end_of_a_month_that_finds_it_unanswered(
    registered: str, answered: str | None, months: list[str]
) -> None:
    assert stood(registered, answered) == months


def test_an_answer_that_came_after_its_months_were_published_ends_the_standing() -> None:
    assert stood("2018-12-10", None, "2019-02-03") == ["2018-12", "2019-01"]


def test_the_stock_grows_by_what_came_and_shrinks_by_what_was_answered(tmp_path: Path) -> None:
    cells = aggregate(village.staged(tmp_path, village.appeals(800, seed=3)), THRESHOLD)

    flows = {
        name: dict(frame.select("period", name).iter_rows())
        for name, frame in (
            ("received", cells.tables["national"]),
            ("considered", cells.tables["closing"]),
        )
    }
    before = 0
    for month, standing in cells.tables["stock"].select("period", "standing").iter_rows():
        assert standing == before + flows["received"][month] - flows["considered"][month]
        before = standing
    assert before > 0


def test_months_kept_by_an_earlier_version_take_in_late_answers(tmp_path: Path) -> None:
    rows = [row | {"appeal": number} for number, row in enumerate(village.appeals(200, seed=9))]
    staged = village.staged(tmp_path / "first", rows)
    shelf = Shelf(tmp_path / "shelf")
    shelf.put(ended(staged), "2019.04.1-00000000")
    for kept in shelf.months():
        pl.read_parquet(kept).drop("answered_late").write_parquet(kept)
    told_later = [
        row if row["answered"] else {**row, "answered": AS_OF, "response_days": 90} for row in rows
    ]
    again = as_published(village.staged(tmp_path / "second", told_later), shelf)

    month = pl.read_parquet(next(p for p in again.months() if p.stem == "2019-02"))
    was_open = sum(row["answered"] is None for row in rows if row["registered"].month == 2)
    assert was_open > 0
    assert month["answered"].null_count() == was_open, "the published counts stay"
    assert (month["answered_late"] == AS_OF).sum() == was_open


def test_the_end_of_a_month_that_was_published_is_counted_as_it_was_published(
    tmp_path: Path,
) -> None:
    cells = aggregate(village.staged(tmp_path, village.appeals(400, seed=4)), THRESHOLD)
    stock = cells.tables["stock"]
    told = stock.head(3).with_columns(pl.col("standing") + 7)
    past = Past(cast("Release", SimpleNamespace(tables={"stock": told})))

    again = as_counted(cells, past).tables["stock"]

    assert again["standing"].to_list() == [
        *told["standing"],
        *stock["standing"].slice(3),
    ]
    assert again.drop("standing").equals(stock.drop("standing"))
    restated = as_counted(cells, replace(past, restated=True))
    assert restated.tables["stock"].equals(stock), "a restatement counts anew"


def test_the_stock_and_the_answers_end_where_a_month_of_the_country_is_hidden(
    tmp_path: Path,
) -> None:
    staged: Staged = village.staged(tmp_path, village.appeals(400, seed=4))
    cells = aggregate(staged, THRESHOLD)
    months = cells.tables["stock"]["period"].sort()
    hidden = months[3]

    def hides(keys: pl.DataFrame, measure: str) -> pl.Series:
        marked: pl.Series = (keys["period"] == hidden) & (measure == "received")
        return marked

    def nothing_told(_: str) -> set[str]:
        return set()

    sheets = flows_not_told(cells, hides, nothing_told)
    untold = {each.table: each for each in sheets if each.grain == "month"}
    assert untold["stock"] == Sheet("stock", "month", tuple(months[3:]))
    assert hidden in untold["closing"].periods
    assert months[2] not in untold["closing"].periods
    nothing_hidden = flows_not_told(
        cells, lambda keys, _: pl.Series([False] * keys.height), nothing_told
    )
    assert nothing_hidden == []
