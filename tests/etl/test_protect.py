"""Why a value is there, or is not: each reason where it applies, and no small count anywhere."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.aggregate import aggregate
from etl.protect import protect
from etl.stages import Protected
from tests.etl import village
from tests.etl.releasing import THRESHOLD, closed, counted
from tests.sample import KEY


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Protected:
    return protect(counted(tmp_path_factory.mktemp("staged"), appeals=3_000), THRESHOLD, KEY)


def status(of: Protected, table: str, measure: str, **codes: str) -> str:
    row = of.tables[table].filter(*(pl.col(name) == code for name, code in codes.items()))
    return str(row[f"{measure}_status"].item())


def test_a_count_that_still_grows_is_not_published_yet(protected: Protected) -> None:
    for measure in ("answered", "open", "due", "on_time", "median_days"):
        for period in ("2019-03", "2019-04", "2019-Q1"):
            assert status(protected, "agencies", measure, period=period, agency="_T") == "O"
        for period in ("2018-12", "2019-01", "2018-Q4", "2018"):
            assert status(protected, "agencies", measure, period=period, agency="_T") == "A"


def test_a_count_that_grows_no_more_is_published_when_its_period_has_ended(
    protected: Protected,
) -> None:
    for measure in ("received", "repeated"):
        assert status(protected, "agencies", measure, period="2019-04", agency="_T") == "A"


def test_a_value_that_is_not_published_yet_is_in_no_table(protected: Protected) -> None:
    frame = protected.tables["agencies"]

    waiting = frame.filter(pl.col("answered_status") == "O")
    assert waiting.height
    assert waiting["answered"].is_null().all()


def test_a_period_that_has_not_ended_is_in_no_table(protected: Protected) -> None:
    for frame in protected.tables.values():
        assert not frame["period"].is_in(["2019", "2019-Q2"]).any()


def test_a_closed_source_shows_what_its_end_cuts_short_as_provisional(tmp_path: Path) -> None:
    staged = closed(village.staged(tmp_path, village.appeals(3_000, seed=1)))

    result = protect(aggregate(staged, THRESHOLD), THRESHOLD, KEY)

    assert status(result, "agencies", "answered", period="2019-04", agency="_T") == "P"
    assert status(result, "agencies", "answered", period="2018", agency="_T") == "A"
    assert status(result, "agencies", "received", period="2019", agency="_T") == "P"
    assert status(result, "agencies", "received", period="2019-Q1", agency="_T") == "A"


def test_marks_are_asked_for_quarters_and_years_alone(protected: Protected) -> None:
    for measure in ("asked", "rated", "rated_top", "score_sum"):
        assert status(protected, "agencies", measure, period="2018-12", agency="_T") == "M"
        assert status(protected, "agencies", measure, period="2018-Q4", agency="_T") == "A"


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
    assert status(protected, "regions", "population", period="2018", area="1703") == "A"
    assert status(protected, "regions", "population", period="2018", area="d1") == "L"


def test_too_few_answers_give_no_quantile(protected: Protected) -> None:
    frame = protected.tables["agencies"]
    few = frame.filter(pl.col("received").is_between(1, 99), pl.col("answered").is_not_null())

    assert few.height
    assert set(few["p90_days_status"]) == {"N"}
    assert few["p90_days"].is_null().all()


def test_a_total_that_is_large_enough_is_shown(protected: Protected) -> None:
    national = protected.tables["agencies"].filter(pl.col("agency") == "_T")

    assert (national["received_status"] != "Q").all()


def of_few_persons(rows: list[dict[str, Any]], agency: str) -> list[dict[str, Any]]:
    """The appeals, those to one agency all written by the same nine people."""
    return [
        row | ({"person": number % 9} if row["agency"] == agency else {})
        for number, row in enumerate(rows)
    ]


def test_many_appeals_of_fewer_persons_than_the_threshold_are_hidden(tmp_path: Path) -> None:
    rows = of_few_persons(village.appeals(3_000, seed=3), "AG5")
    cells = aggregate(village.staged(tmp_path, rows), THRESHOLD)

    result = protect(cells, THRESHOLD, KEY)

    for table in ("agencies", "agency_by_kind", "agency_by_region"):
        at_agency = cells.tables[table]["agency"] == "AG5"
        assert (cells.tables[table].filter(at_agency)["received"] > 2 * THRESHOLD).any()
        shown = result.tables[table].filter(at_agency)["received"].drop_nulls()
        assert not (shown > 0).any()


def test_the_key_alone_settles_which_of_two_equal_cells_is_hidden(tmp_path: Path) -> None:
    cells = counted(tmp_path, seed=4)

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
    cells = counted(tmp_path)
    acts = pl.DataFrame(
        [
            {"act": str(number), "date": date(2018, 12, 1), "theme": theme}
            for number, theme in enumerate(("water", "water", "health"))
        ]
    )
    told = replace(cells, edition=replace(cells.edition, acts=acts))
    result = protect(told, THRESHOLD, KEY)

    of_year = result.tables["acts_by_theme"].filter(pl.col("period") == "2018")
    found = dict(of_year.select("theme", "acts").iter_rows())
    assert (found["water"], found["utilities"], found["health"], found["_T"]) == (2, 2, 1, 3)
    assert found["roads"] == 0


def test_a_source_without_acts_has_none_to_count(tmp_path: Path) -> None:
    cells = counted(tmp_path)
    told = replace(cells, edition=replace(cells.edition, acts=None))
    result = protect(told, THRESHOLD, KEY)

    assert (result.tables["acts_by_theme"]["acts_status"] == "L").all()
