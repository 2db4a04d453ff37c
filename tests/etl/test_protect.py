"""Why a value is there, or is not: each reason where it applies, and no small count anywhere."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.aggregate import aggregate
from etl.protect import protect
from etl.stages import Protected
from tests.etl import village
from tests.etl.releasing import THRESHOLD, counted
from tests.sample import KEY


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Protected:
    return protect(counted(tmp_path_factory.mktemp("staged"), appeals=3_000), THRESHOLD, KEY)


def status(of: Protected, table: str, measure: str, **codes: str) -> str:
    row = of.tables[table].filter(*(pl.col(name) == code for name, code in codes.items()))
    return str(row[f"{measure}_status"].item())


def test_a_period_whose_appeals_may_still_be_answered_is_provisional(protected: Protected) -> None:
    young, ripe = "2019-04", "2018-12"

    assert status(protected, "agencies", "answered", period=young, agency="_T") == "P"
    assert status(protected, "agencies", "received", period=young, agency="_T") == "A"
    assert status(protected, "agencies", "received", period=ripe, agency="_T") == "A"


def test_a_period_that_has_not_ended_is_provisional_altogether(protected: Protected) -> None:
    assert status(protected, "agencies", "received", period="2019", agency="_T") == "P"
    assert status(protected, "agencies", "received", period="2019-Q1", agency="_T") == "A"


def test_what_the_source_does_not_give_is_not_collected_and_never_zero(tmp_path: Path) -> None:
    gone = frozenset({"satisfaction", "due", "channel"})
    cells = counted(tmp_path, not_collected=gone)
    result = protect(cells, THRESHOLD, KEY)
    agencies = result.tables["agencies"]

    for measure in ("rated", "rated_top", "score_sum", "due", "on_time"):
        assert (agencies[f"{measure}_status"] == "L").all()
        assert agencies[measure].is_null().all()
    assert "agency_by_channel" not in result.tables
    assert (agencies["received_status"] != "L").all()


def test_a_place_without_a_population_figure_is_not_collected(protected: Protected) -> None:
    assert status(protected, "regions", "population", period="2019", area="1703") == "A"
    assert status(protected, "regions", "population", period="2019", area="d1") == "L"


def test_too_few_answers_give_no_quantile(protected: Protected) -> None:
    frame = protected.tables["agencies"]
    few = frame.filter(pl.col("answered").is_between(1, 99))

    assert few.height
    assert set(few["p90_days_status"]) == {"N"}
    assert few["p90_days"].is_null().all()


def test_a_total_that_is_large_enough_is_shown(protected: Protected) -> None:
    national = protected.tables["agencies"].filter(pl.col("agency") == "_T")

    assert (national["received_status"] != "Q").all()


def test_persons_count_not_appeals(tmp_path: Path) -> None:
    rows = [row | {"person": 7} for row in village.appeals(200, seed=3)]
    cells = aggregate(village.staged(tmp_path, rows), THRESHOLD)

    frame = protect(cells, THRESHOLD, KEY).tables["agencies"]

    assert (frame.filter(pl.col("received").is_not_null())["received"] == 0).all()


def test_the_key_alone_settles_which_of_two_equal_cells_is_hidden(tmp_path: Path) -> None:
    cells = counted(tmp_path, appeals=800)

    def pattern(key: bytes) -> tuple[bool, ...]:
        tables = protect(cells, THRESHOLD, key).tables
        return tuple(
            code == "Q"
            for name, table in cells.catalogue.items()
            for code in tables[name][f"{table.base}_status"]
        )

    assert len({pattern(bytes([letter]) * 32) for letter in b"abcd"}) > 1
    assert pattern(KEY) == pattern(KEY)


def test_acts_are_counted_by_theme_group_and_in_all(tmp_path: Path) -> None:
    cells = counted(tmp_path, appeals=300)
    acts = pl.DataFrame(
        [
            {"act": str(number), "date": date(2019, 2, 1), "theme": theme}
            for number, theme in enumerate(("water", "water", "health"))
        ]
    )
    edition = cells.edition.__class__(**{**cells.edition.__dict__, "acts": acts})
    result = protect(type(cells)(cells.catalogue, cells.tables, edition), THRESHOLD, KEY)

    of_year = result.tables["acts_by_theme"].filter(pl.col("period") == "2019")
    found = dict(of_year.select("theme", "acts").iter_rows())
    assert (found["water"], found["utilities"], found["health"], found["_T"]) == (2, 2, 1, 3)
    assert found["roads"] == 0


def test_a_source_without_acts_has_none_to_count(tmp_path: Path) -> None:
    cells = counted(tmp_path, appeals=300)
    edition = cells.edition.__class__(**{**cells.edition.__dict__, "acts": None})
    result = protect(type(cells)(cells.catalogue, cells.tables, edition), THRESHOLD, KEY)

    assert (result.tables["acts_by_theme"]["acts_status"] == "L").all()
