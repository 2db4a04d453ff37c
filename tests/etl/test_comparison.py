"""Agencies are compared by what is published, and nobody is compared by too little."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scipy import stats

from data.analyses.comparison import COMPARISON, FEWEST, SHARES
from etl.analyses.comparison import compared
from etl.contents import contents
from etl.stages import Derived
from etl.verify import verify
from tests.etl.releasing import VERSION, derived, written
from tests.etl.spoiling import Spoil, put

APART = {"A": (700, 1_000), "B": (500, 1_000), "C": (600, 1_000), "D": (610, 1_000)}
"""Answered on time, of due: shares that differ by more than chance."""
ALIKE = {"A": (601, 1_000), "B": (598, 1_000), "C": (600, 1_000), "D": (60, 100)}


def line(agency: str, on_time: int, due: int, **changes: Any) -> dict[str, Any]:
    """A row of the published table; as many were received and answered as were due."""
    counts: dict[str, Any] = {"received": due, "answered": due, "due": due, "on_time": on_time}
    counts |= {"rated": 50, "rated_top": 25, "repeated": due // 10} | changes
    shares = {each.indicator: counts[each.events] / counts[each.base] for each in SHARES}
    values = counts | {name: round(100 * each, 1) for name, each in shares.items()}
    statuses = {f"{name}_status": "A" for name in values}
    return {"period": "2018", "agency": agency, **values, **statuses}


def table(shares: dict[str, tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame([line(agency, *counts) for agency, counts in shares.items()])


def on_time(published: pl.DataFrame, period: str = "2018") -> dict[str, dict[str, Any]]:
    found = compared(published, sorted(set(published["agency"])))
    rows = found.filter(pl.col("indicator") == "on_time_rate", pl.col("period") == period)
    return {row["agency"]: row for row in rows.to_dicts()}


def chance_of(count: int, trials: int, rate: float) -> float:
    law = stats.binom(trials, rate)
    return min(1.0, 2 * min(float(law.cdf(count)), float(law.sf(count - 1))))


@pytest.mark.parametrize("shares", [APART, ALIKE])
def test_a_small_table_is_compared_as_another_library_computes_it(
    shares: dict[str, tuple[int, int]],
) -> None:
    rate = sum(k for k, _ in shares.values()) / sum(n for _, n in shares.values())

    for agency, row in on_time(table(shares)).items():
        k, n = shares[agency]
        interval = stats.binomtest(k, n).proportion_ci(method="wilson")
        assert (row["events"], row["base"], row["rate"]) == (k, n, round(100 * k / n, 1))
        assert row["rate_lower"] == pytest.approx(100 * interval.low, abs=0.051)
        assert row["rate_upper"] == pytest.approx(100 * interval.high, abs=0.051)
        assert row["reference"] == pytest.approx(100 * rate, abs=0.0051)
        assert row["p_value"] == pytest.approx(chance_of(k, n, rate), abs=2e-6)


def test_an_agency_far_from_all_others_is_called_so_on_the_side_that_it_is_on() -> None:
    usual = {f"U{number:02}": (600 + number % 3, 1_000) for number in range(20)}
    found = on_time(table(usual | {"high": (900, 1_000), "low": (300, 1_000)}))

    assert found["high"]["verdict"] == "better"
    assert found["low"]["verdict"] == "worse"
    assert {found[name]["verdict"] for name in usual} == {"like"}
    assert (found["high"]["rank_lower"], found["high"]["rank_upper"]) == (1, 1)
    assert (found["low"]["rank_lower"], found["low"]["rank_upper"]) == (22, 22)


def test_fewer_repeats_are_better() -> None:
    usual = [line(f"U{number:02}", 600, 1_000) for number in range(20)]
    rows = [*usual, line("many", 600, 1_000, repeated=400), line("none", 600, 1_000, repeated=5)]
    found = compared(pl.DataFrame(rows), [row["agency"] for row in rows])
    repeats = found.filter(pl.col("indicator") == "repeat_share")
    verdicts = dict(repeats.select("agency", "verdict").iter_rows())

    assert (verdicts["many"], verdicts["none"]) == ("worse", "better")


def test_limits_are_wider_where_agencies_differ_beyond_chance() -> None:
    row = on_time(table(APART))["A"]
    by_chance = stats.binom(1_000, 2_410 / 4_000)

    assert row["lower_95"] < 100 * by_chance.ppf(0.0005) / 1_000
    assert row["lower_998"] < row["lower_95"] < row["reference"] < row["upper_95"]
    assert row["upper_95"] < row["upper_998"]


def test_agencies_that_are_much_alike_may_have_almost_any_rank() -> None:
    row = on_time(table(ALIKE))["C"]

    assert (row["rank_lower"], row["rank_upper"], row["compared"]) == (1, 4, 4)


@pytest.mark.parametrize("size", ["received", "answered"])
def test_who_has_too_few_has_a_rate_and_is_not_compared(size: str) -> None:
    few = line("few", 20, 29, received=40, answered=40) | {size: FEWEST - 1}
    without, found = table(APART), on_time(pl.concat([table(APART), pl.DataFrame([few])]))
    row = found.pop("few")

    assert (row["rate"], row["verdict"]) == (69.0, "too_few")
    assert row["rate_lower"] < 69.0 < row["rate_upper"]
    compared = ("reference", "lower_95", "upper_998", "p_value", "rank_lower", "compared")
    assert {row[name] for name in compared} == {None}
    assert found == on_time(without)


def test_thirty_received_and_thirty_answered_are_enough() -> None:
    enough = line("enough", 20, 30, received=FEWEST, answered=FEWEST)

    found = on_time(pl.concat([table(APART), pl.DataFrame([enough])]))

    assert found["enough"]["verdict"] == "like"


@pytest.mark.parametrize("name", ["on_time_rate", "received", "answered"])
def test_an_agency_that_is_withheld_shows_a_status_and_nothing_else(name: str) -> None:
    hidden = line("hidden", 900, 1_000) | {name: None, f"{name}_status": "Q"}
    rows = [line(agency, *counts) for agency, counts in APART.items()]
    found = on_time(pl.DataFrame([*rows, hidden]))
    row = found.pop("hidden")

    assert row.pop("status") == "Q"
    assert {row[each] for each in row if each not in {"period", "agency", "indicator"}} == {None}
    assert found == on_time(table(APART))


def test_where_all_have_the_same_share_nobody_is_apart() -> None:
    found = on_time(table({"A": (100, 100), "B": (400, 400)}))

    assert [row["verdict"] for row in found.values()] == ["like", "like"]
    assert {(row["rank_lower"], row["rank_upper"]) for row in found.values()} == {(1, 2)}
    assert {row["reference"] for row in found.values()} == {100.0}


def test_years_and_quarters_are_compared_each_by_itself_and_months_are_not() -> None:
    periods = ["2018", "2018-Q1", "2018-01"]
    published = pl.concat(table(APART).with_columns(period=pl.lit(period)) for period in periods)

    assert set(compared(published, list(APART))["period"]) == {"2018", "2018-Q1"}
    assert on_time(published)["A"] == on_time(table(APART))["A"]


def test_what_is_not_an_agency_is_not_compared() -> None:
    published = pl.concat([table(APART), pl.DataFrame([line("_T", 2_410, 4_000)])])

    assert compared(published, list(APART)).equals(compared(table(APART), list(APART)))


def test_the_order_of_the_rows_makes_no_difference() -> None:
    published = table(APART)

    assert compared(published, list(APART)).equals(compared(published.reverse(), list(APART)[::-1]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"), appeals=12_000, seed=2)


def test_a_release_has_the_comparison_with_every_column_explained(made: Derived) -> None:
    manifest, files = contents(made, VERSION)
    book = pl.read_csv(files["codebook.csv"]).filter(pl.col("table") == "comparison")
    shown = pl.read_csv(files["comparison.csv"])

    assert manifest.files["comparison.csv"].rows == manifest.files["comparison.parquet"].rows
    assert book["column"].to_list() == [each.name for each in COMPARISON.columns]
    assert set(shown.columns) - set(book["column"]) == {"agency_name", "data"}
    assert manifest.rules["analyses"]["comparison"]["fewest"] == FEWEST


def test_the_same_release_has_the_same_comparison_to_the_byte(
    made: Derived, tmp_path: Path
) -> None:
    again = derived(tmp_path, appeals=12_000, seed=2)
    first, second = contents(made, VERSION)[1], contents(again, VERSION)[1]

    for name in ("comparison.csv", "comparison.parquet"):
        assert first[name] == second[name]


def test_every_rate_of_the_comparison_is_the_published_one(made: Derived) -> None:
    shown = made.analyses["comparison"].filter(pl.col("rate").is_not_null())
    together = shown.join(made.tables["agencies"], on=["period", "agency"])

    assert shown.height
    for share in SHARES:
        rows = together.filter(pl.col("indicator") == share.indicator)
        assert rows["rate"].equals(rows[share.indicator])
        assert rows["events"].equals(rows[share.events])
        assert rows["base"].equals(rows[share.base])


COMPARED = pl.col("verdict") == "like"
SHOWN = pl.col("rate").is_not_null()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (put("rate", 50.5, SHOWN), "rate is not what agencies shows"),
        (put("events", 3, SHOWN), "events is not what agencies shows"),
        (put("verdict", "better", COMPARED), "a verdict does not follow from its p-value"),
        (put("p_value", 0.0, COMPARED), "a verdict does not follow from its p-value"),
        (put("p_value", 0.123456, COMPARED), "a p-value is not the binomial chance of its count"),
        (put("lower_998", 99.0, COMPARED), "the funnel at 95 % is not within that at 99.8 %"),
        (put("verdict", "too_few", COMPARED), "who is compared does not follow"),
        (put("reference", 1.0, COMPARED), "a reference is not the rate of all"),
        (put("rank_lower", 0, COMPARED), "a rank is impossible"),
        (put("compared", 99, COMPARED), "the agencies compared are miscounted"),
        (put("rate_upper", 0.0, SHOWN), "a rate is not within its interval"),
        (put("volume_group", 1, ~SHOWN), "an agency without a published rate has values"),
        (lambda frame: frame.head(-1), "its rows are not each agency, period and indicator once"),
        (lambda frame: frame.drop("p_value"), "its columns are not those that are declared"),
    ],
)
def test_a_comparison_that_was_spoilt_is_not_published(
    made: Derived, tmp_path: Path, spoil: Spoil, told: str
) -> None:
    spoilt = replace(made, analyses={"comparison": spoil(made.analyses["comparison"])})

    assert any(told in finding for finding in verify(written(spoilt, tmp_path)))


def test_a_release_that_lost_its_comparison_is_not_published(made: Derived, tmp_path: Path) -> None:
    lost = replace(made, analyses={})

    assert "comparison is not among the analyses" in verify(written(lost, tmp_path))
