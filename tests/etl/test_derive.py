"""Indicators say what published numbers say, and nothing where these say nothing."""

from pathlib import Path

import polars as pl
import pytest

from data.indicators import INDICATORS
from etl.aggregate import aggregate
from etl.gravity import gravest
from etl.stages import Derived
from tests.etl import village
from tests.etl.releasing import THRESHOLD, closed, derived, made_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"), appeals=3_000)


def row(made: Derived, table: str, **codes: str) -> dict[str, object]:
    found = made.tables[table].filter(*(pl.col(name) == code for name, code in codes.items()))
    return found.row(0, named=True)


def test_a_rate_is_computed_from_the_published_counts(made: Derived) -> None:
    found = row(made, "agencies", period="2018", agency="_T")

    assert found["on_time_rate"] == round(100 * found["on_time"] / found["due"], 1)  # type: ignore[operator]


def test_a_share_is_of_the_total_along_the_last_dimension(made: Derived) -> None:
    part = row(made, "agency_by_kind", period="2018", agency="AG1", kind="complaint")
    whole = row(made, "agency_by_kind", period="2018", agency="AG1", kind="_T")

    assert part["received_share"] == round(100 * part["received"] / whole["received"], 1)  # type: ignore[operator]


def test_a_total_of_one_dimension_is_a_share_of_the_other(made: Derived) -> None:
    agency = row(made, "agency_by_kind", period="2018", agency="AG1", kind="_T")
    all_of_it = row(made, "agency_by_kind", period="2018", agency="_T", kind="_T")

    assert agency["received_share"] == round(
        100 * agency["received"] / all_of_it["received"],  # type: ignore[operator]
        1,
    )


def test_the_total_of_everything_is_a_share_of_nothing(made: Derived) -> None:
    found = row(made, "agency_by_kind", period="2018", agency="_T", kind="_T")

    assert found["received_share"] is None
    assert found["received_share_status"] == "M"


def test_a_share_of_zero_is_not_applicable(tmp_path: Path) -> None:
    rows = [
        row | ({"due": village.AS_OF} if row["agency"] == "AG5" else {})
        for row in village.appeals(3_000, seed=1)
    ]
    made = made_of(aggregate(village.staged(tmp_path, rows), THRESHOLD))
    none_due = made.tables["agencies"].filter(pl.col("due") == 0)

    assert none_due.height
    assert set(none_due["on_time_rate_status"]) == {"M"}
    assert none_due["on_time_rate"].is_null().all()


def test_nothing_is_derived_from_a_hidden_number(made: Derived) -> None:
    for table in made.catalogue.values():
        frame = made.tables[table.name]
        for name in INDICATORS:
            if name in frame.columns and name not in table.measures:
                for needed in (each.measure for each in INDICATORS[name].reads if each.is_own):
                    hidden = frame.filter(pl.col(f"{needed}_status") == "Q")
                    assert hidden[name].is_null().all(), (table.name, name)


@pytest.mark.parametrize(
    ("codes", "gravest_code"),
    [("AA", "A"), ("AP", "P"), ("PM", "M"), ("MN", "N"), ("NQ", "Q"), ("QL", "L"), ("LA", "L")],
)
def test_the_gravest_of_the_inputs_says_why_a_value_is_missing(
    codes: str, gravest_code: str
) -> None:
    frame = pl.DataFrame({"a": [codes[0]], "b": [codes[1]]})

    assert frame.select(gravest(("a", "b"))).item() == gravest_code


def test_a_median_is_published_in_days(made: Derived) -> None:
    found = row(made, "agencies", period="2018", agency="_T")

    assert isinstance(found["median_days"], float)
    assert 0 < found["median_days"] < 60


def test_a_rate_of_a_provisional_count_is_provisional(tmp_path: Path) -> None:
    staged = closed(village.staged(tmp_path, village.appeals(3_000, seed=1)))
    made = made_of(aggregate(staged, THRESHOLD))

    assert row(made, "agencies", period="2019-04", agency="_T")["repeat_share_status"] == "A"
    assert row(made, "agencies", period="2019-Q1", agency="_T")["on_time_rate_status"] == "P"


def test_a_rate_of_a_count_that_is_not_published_yet_is_not_either(made: Derived) -> None:
    found = row(made, "agencies", period="2019-Q1", agency="_T")

    assert found["on_time_rate"] is None
    assert found["on_time_rate_status"] == "O"


def test_the_bounds_enclose_every_share_of_the_satisfied_and_need_all_their_counts(
    made: Derived,
) -> None:
    """With 15 of 20 marks good and 30 asked, between 50.0 and 83.3 per cent are satisfied."""
    names = ("rated_top", "rated", "asked")
    for table in ("national", "agencies", "regions"):
        for found in made.tables[table].to_dicts():
            top, rated, asked = (found[name] for name in names)
            bounds = found["satisfaction_at_least"], found["satisfaction_at_most"]
            if None in {top, rated, asked} or not asked:
                assert bounds == (None, None)
                continue
            unknown = asked - rated
            assert bounds == (round(100 * top / asked, 1), round(100 * (top + unknown) / asked, 1))
            if rated:
                assert bounds[0] <= found["satisfaction_top"] <= bounds[1]
