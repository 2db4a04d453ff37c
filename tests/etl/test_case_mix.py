"""What is expected of an agency follows from what is published of it and from the whole country."""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from data.datasets import TABLES
from data.measures import ADJUSTED, CASE_MIX, EXPECTED
from etl.aggregate import aggregate
from etl.case_mix import PARTS, expected
from etl.protect import protect
from etl.stages import Cells, Protected
from tests.etl import village
from tests.etl.releasing import closed
from tests.sample import KEY

THRESHOLD = 10
Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Appeals of which some themes and some agencies are slower than others."""
    found = village.appeals(6_000, seed=3)
    for number, row in enumerate(found):
        if row["theme"] in {"roads", "health"} and row["answered"] and number % 3:
            row["answered"] = None
            row["satisfaction"] = None
    return found


@pytest.fixture(scope="module")
def counted(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Cells:
    staged = village.staged(tmp_path_factory.mktemp("mix"), rows)
    return aggregate(closed(staged), THRESHOLD)


@pytest.fixture(scope="module")
def protected(counted: Cells) -> Protected:
    return protect(counted, THRESHOLD, KEY)


def test_the_strata_are_of_all_agencies_together(counted: Cells) -> None:
    assert set(counted.strata.columns) == {"period", *CASE_MIX, *(n for p in ADJUSTED for n in p)}
    national = counted.tables["national"].filter(pl.col("period").str.len_chars() == 4)
    for period, of_year in counted.strata.group_by("period"):
        year = national.filter(pl.col("period") == period[0])
        assert of_year["received"].sum() == year["received"].item()
        assert of_year["on_time"].sum() == year["on_time"].item()


def test_what_is_expected_follows_from_published_tables_and_the_strata(
    counted: Cells, protected: Protected
) -> None:
    published = protected.tables["case_mix"]

    again = expected(published, counted.strata, protected.tables)

    shown = 0
    for measure in EXPECTED:
        is_shown = published[f"{measure.name}_status"].is_in(["A", "P"])
        assert published[measure.name].filter(is_shown).equals(again[measure.name].filter(is_shown))
        shown += int(is_shown.sum())
    assert shown > 20
    hidden = [protected.tables[table]["received"].null_count() for table in PARTS.values()]
    assert sum(hidden) > 0, "nothing is hidden, so nothing is shown by this test"


def test_of_all_agencies_together_what_was_observed_is_expected(protected: Protected) -> None:
    everyone = protected.tables["case_mix"].filter(pl.col("agency") == "_T")

    assert everyone["expected_on_time"].equals(everyone["on_time"], check_names=False)
    assert everyone["expected_repeated"].equals(everyone["repeated"], check_names=False)
    assert set(everyone["on_time_by_theme"]) == {0}


def test_with_one_dimension_it_is_the_sum_over_codes_of_appeals_by_rates(
    rows: list[Row], counted: Cells
) -> None:
    """Counted one by one in fractions; everything is shown."""
    shown = {PARTS["kind"]: counted.tables[PARTS["kind"]]}
    frame = counted.tables["case_mix"]

    ours = frame.with_columns(**expected(frame, counted.strata, shown))

    for row in ours.filter(pl.col("due") > 0).iter_rows(named=True):
        mine = [each for each in rows if row["agency"] in {each["agency"], "_T"}]
        rate = by_kind(rows, mine, row["period"])
        assert abs(row["expected_on_time"] - rate * row["due"]) <= Fraction(1, 2) + Fraction(
            1, 10**6
        )


def by_kind(rows: list[Row], mine: list[Row], year: str) -> Fraction:
    def of_year(each: Row) -> bool:
        return str(each["registered"].year) == year

    def is_due(each: Row) -> bool:
        return bool(each["due"] < each["as_of"])

    everyone = Counter(each["kind"] for each in rows if of_year(each) and is_due(each))
    in_time = Counter(
        each["kind"]
        for each in rows
        if of_year(each) and is_due(each) and each["answered"] and each["answered"] <= each["due"]
    )
    received = Counter(each["kind"] for each in rows if of_year(each))
    own = Counter(each["kind"] for each in mine if of_year(each))
    due = {kind: own[kind] * Fraction(everyone[kind], received[kind]) for kind in own}
    awaited = sum(due[kind] * Fraction(in_time[kind], everyone[kind]) for kind in due)
    return Fraction(awaited) / sum(due.values())


def test_the_parts_add_up_to_the_distance_from_the_rate_of_all(protected: Protected) -> None:
    table = protected.tables["case_mix"]
    for events, base in ADJUSTED:
        overall = table.filter(pl.col("agency") == "_T").select(
            "period", overall=pl.col(events) / pl.col(base)
        )
        parts = [f"{events}_by_{level}" for level in CASE_MIX.values()]
        told = table.join(overall, on="period").drop_nulls([f"expected_{events}"])
        off = told.select(
            pl.col(f"expected_{events}")
            - pl.col("overall") * pl.col(base)
            - pl.sum_horizontal(pl.col(name).fill_null(0) for name in parts)
        ).to_series()
        assert told.height > 5
        assert np.abs(off.to_numpy()).max() <= (1 + len(parts)) / 2 + 1e-6


def test_slow_themes_lower_what_is_expected_of_who_is_asked_about_them(
    rows: list[Row], counted: Cells
) -> None:
    agency = "AG1"
    shifted = [
        row | {"theme": "roads", "theme_group": "utilities"} if row["agency"] == agency else row
        for row in rows
    ]
    shown = counted.tables[PARTS["theme"]]
    moved = shown.with_columns(
        received=pl.when(pl.col("agency") != agency)
        .then("received")
        .when(pl.col("theme") == "roads")
        .then(pl.col("received").filter(pl.col("theme") == "_T").first().over("period", "agency"))
        .when(pl.col("theme") == "_T")
        .then("received")
        .otherwise(0)
    )
    frame = counted.tables["case_mix"].filter(pl.col("agency") == agency)
    everyone = counted.tables["case_mix"]

    before, after = (
        everyone.with_columns(**expected(everyone, counted.strata, {PARTS["theme"]: each}))
        .filter(pl.col("agency") == agency)
        .select("expected_on_time", "on_time_by_theme")
        for each in (shown, moved)
    )

    assert len(shifted) == len(rows)
    assert frame.height
    assert (after["expected_on_time"] < before["expected_on_time"]).all()
    assert (after["on_time_by_theme"] < before["on_time_by_theme"]).all()


def test_an_agency_alone_with_its_theme_is_seen_to_be_compared_with_itself(counted: Cells) -> None:
    shown = counted.tables[PARTS["theme"]]
    everyone = counted.tables["case_mix"]
    alone = shown.with_columns(
        received=pl.when(pl.col("agency").is_in(["AG1", "_T"])).then("received").otherwise(0)
    )

    ours = everyone.with_columns(**expected(everyone, counted.strata, {PARTS["theme"]: shown}))
    other = everyone.with_columns(**expected(everyone, counted.strata, {PARTS["theme"]: alone}))

    told = ours.filter(pl.col("agency") == "AG1", pl.col("due") > 100)
    assert (told["on_time_of_itself"] < told["expected_on_time"]).all()
    assert (told["on_time_of_itself"] > 0).all()
    total = other.filter(pl.col("agency") == "_T")
    assert total["on_time_of_itself"].equals(total["expected_on_time"], check_names=False)


def test_what_is_hidden_of_an_agency_is_spread_as_in_the_country(counted: Cells) -> None:
    agency, hidden = pl.col("agency"), pl.col("theme").is_in(["roads", "water"])
    shown = counted.tables[PARTS["theme"]].filter(pl.col("period") == "2018")
    everyone = dict(shown.filter(agency == "_T").select("theme", "received").iter_rows())
    own = shown.filter(agency == "AG1", hidden)["received"].sum()
    spread = pl.col("theme").replace_strict(everyone, return_dtype=pl.Float64)
    spread = spread * own / (everyone["roads"] + everyone["water"])
    where = (agency == "AG1") & hidden
    frame = counted.tables["case_mix"].filter(pl.col("period") == "2018")

    holes, filled = (
        expected(frame, counted.strata, {PARTS["theme"]: shown.with_columns(received=each)})
        for each in (
            pl.when(~where).then("received"),
            pl.when(where).then(spread).otherwise("received"),
        )
    )

    assert holes["expected_on_time"].equals(filled["expected_on_time"])


def test_below_thirty_nothing_is_expected(protected: Protected) -> None:
    table = protected.tables["case_mix"]
    few = table.filter(pl.col("due").is_null() | (pl.col("due") < 30))

    assert few["expected_on_time"].null_count() == few.height
    assert table.filter(pl.col("due") >= 30)["expected_on_time"].null_count() == 0


def test_a_source_without_channels_says_nothing_of_them(tmp_path: Path, rows: list[Row]) -> None:
    staged = village.staged(tmp_path, rows, not_collected=frozenset({"channel"}))
    table = protect(aggregate(closed(staged), THRESHOLD), THRESHOLD, KEY).tables["case_mix"]

    assert set(table["on_time_by_channel_status"]) == {"L"}
    assert "A" in set(table["expected_on_time_status"])


def test_the_parts_are_tables_of_agencies_by_the_dimensions() -> None:
    for dimension, name in PARTS.items():
        table = TABLES[name]
        assert table.dimensions == ("agency", dimension)
        assert table.axes[1].levels == (CASE_MIX[dimension],)
        assert table.base == "received"
        assert "year" in table.grains
