"""Adjusted shares are reckoned from what is published, and a spoilt one is not published."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scipy import stats
from scipy.special import expit, logit

from data.analyses.adjusted import ADJUSTED, FEWEST, LEVELS, SHARES, TABLE
from etl.analyses.adjusted import adjusted_shares
from etl.contents import contents
from etl.stages import Derived
from tests.etl import village
from tests.etl.releasing import VERSION, derived
from tests.etl.spoiling import Spoil, findings_of_spoilt, put
from tests.sample import edition_of


def line(agency: str, on_time: int, due: int, expected: int, **changes: Any) -> dict[str, Any]:
    """A row of the published table: half of what is expected is of the agency's own making."""
    counts: dict[str, Any] = {"due": due, "on_time": on_time, "expected_on_time": expected}
    counts |= {"received": due, "repeated": due // 10, "expected_repeated": due // 10}
    counts |= {"on_time_of_itself": expected // 2, "repeated_of_itself": 0}
    counts |= {f"on_time_by_{level}": number for number, level in enumerate(LEVELS)}
    counts |= {f"repeated_by_{level}": None for level in LEVELS} | changes
    shares = {each.indicator: counts[each.events] / counts[each.base] for each in SHARES}
    values = counts | {name: round(100 * each, 1) for name, each in shares.items()}
    statuses = {f"{name}_status": "A" for name in values}
    return {"period": "2018", "agency": agency, **values, **statuses}


def adjusted_of(*rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    edition = edition_of(village.lists(), 1)
    found = adjusted_shares({TABLE: pl.DataFrame(rows, infer_schema_length=None)}, edition)
    on_time = found.filter(pl.col("indicator") == "on_time_rate")
    return {row["agency"]: row for row in on_time.to_dicts()}


EVERYONE = line("_T", 8_000, 10_000, 8_000)


def test_the_adjusted_rate_is_the_rate_of_all_moved_by_odds_as_another_library_reckons_it() -> None:
    k, n, expected = 350, 500, 420
    row = adjusted_of(EVERYONE, line("AG1", k, n, expected))["AG1"]

    limits = stats.binomtest(k, n).proportion_ci(method="wilson")
    for name, share in (
        ("adjusted", k / n),
        ("adjusted_lower", limits.low),
        ("adjusted_upper", limits.high),
    ):
        moved = 100 * expit(logit(0.8) + logit(share) - logit(expected / n))
        assert row[name] == pytest.approx(moved, abs=0.051)
    assert (row["expected_rate"], row["reference"], row["conduct"]) == (84.0, 80.0, -14.0)
    assert row["own"] == 50.0
    assert [row[f"by_{level}"] for level in LEVELS] == [0.0, 0.2, 0.4, 0.6]


def test_who_has_a_hard_mix_is_better_than_its_rate_and_who_has_an_easy_one_worse() -> None:
    found = adjusted_of(EVERYONE, line("AG1", 350, 500, 300), line("AG2", 350, 500, 450))

    assert found["AG1"]["adjusted"] > 80 > found["AG2"]["adjusted"]
    assert found["AG1"]["rate"] == found["AG2"]["rate"] == 70.0


def test_an_agency_that_always_keeps_the_term_keeps_it_adjusted_too() -> None:
    row = adjusted_of(EVERYONE, line("AG1", 500, 500, 450))["AG1"]

    assert (row["adjusted"], row["adjusted_upper"]) == (100.0, 100.0)
    assert row["adjusted_lower"] < 100


def test_where_everything_is_expected_nothing_is_adjusted() -> None:
    row = adjusted_of(EVERYONE, line("AG1", 490, 500, 500))["AG1"]

    assert (row["adjusted"], row["expected_rate"], row["conduct"]) == (None, 100.0, -2.0)


def test_an_agency_of_which_nothing_is_expected_shows_its_status_alone() -> None:
    few = line("AG1", 15, 20, 16) | {"expected_on_time": None, "expected_on_time_status": "N"}
    row = adjusted_of(EVERYONE, few)["AG1"]

    assert row.pop("status") == "N"
    assert {value for name, value in row.items() if name not in {"period", "agency", "indicator"}}
    assert row["adjusted"] is None is row["rate"] is row["events"]


def test_a_dimension_that_is_not_told_has_no_part() -> None:
    row = adjusted_of(EVERYONE, line("AG1", 350, 500, 420, on_time_by_channel=None))["AG1"]

    assert row["by_channel"] is None
    assert row["by_kind"] == 0.2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"), appeals=12_000, seed=2)


def test_a_release_has_the_adjusted_shares_with_every_column_explained(made: Derived) -> None:
    manifest, files = contents(made, VERSION)
    book = pl.read_csv(files["codebook.csv"]).filter(pl.col("table") == "adjusted")

    assert book["column"].to_list() == [each.name for each in ADJUSTED.columns]
    assert manifest.rules["analyses"]["adjusted"]["fewest"] == FEWEST
    assert made.analyses["adjusted"]["adjusted"].count() > 5


SHOWN = pl.col("rate").is_not_null()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (put("rate", 50.5, SHOWN), "rate is not what case_mix shows"),
        (put("expected", 3, SHOWN), "expected is not what case_mix shows"),
        (put("adjusted", 12.3, SHOWN), "an adjusted rate does not follow"),
        (put("adjusted_lower", 100.0, SHOWN), "an adjusted rate is not within its limits"),
        (put("conduct", 9.99, SHOWN), "conduct does not follow"),
        (put("by_theme", 9.99, SHOWN), "by_theme does not follow"),
        (put("own", None, SHOWN), "own does not follow"),
        (put("reference", 1.0, SHOWN), "reference does not follow"),
        (put("rate", None, SHOWN), "for which nothing is expected has values"),
        (lambda frame: frame.head(-1), "its rows are not each agency, year and indicator once"),
    ],
)
def test_adjusted_shares_that_were_spoilt_are_not_published(
    made: Derived, tmp_path: Path, spoil: Spoil, told: str
) -> None:
    findings = findings_of_spoilt(made, "adjusted", spoil, tmp_path)

    assert any(told in finding for finding in findings)
