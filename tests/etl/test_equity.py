"""Gaps are reckoned from what is published, and a spoilt one is not published."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from data.analyses.equity import EQUITY, FEWEST, KEYS
from etl.analyses.equity import equity
from etl.contents import contents
from etl.stages import Derived
from tests.etl import village
from tests.etl.releasing import VERSION, derived
from tests.etl.spoiling import Spoil, findings_of_spoilt, put
from tests.sample import edition_of


def cell(
    code: str, due: int, on_time: int, status: str = "A", period: str = "2018"
) -> dict[str, Any]:
    """A row of a published table of groups; what is not given is as many as the law asks."""
    given = {"received": due, "open": due // 10, "due": due, "on_time": on_time}
    values: dict[str, Any] = given | {"rated": due // 2, "rated_top": due // 4}
    if status not in {"A", "P"}:
        values = dict.fromkeys(values)
    statuses = {f"{name}_status": status for name in values}
    return {"period": period, "group": code, **values, **statuses}


def gaps_of(*rows: dict[str, Any], indicator: str = "on_time_rate") -> dict[str, dict[str, Any]]:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    found = equity({"groups": frame}, edition_of(village.lists(), 1))
    return {row["group"]: row for row in found.filter(indicator=indicator).to_dicts()}


APPEALS = 3_000
"""So few that some counts are not shown."""
EVERYBODY = cell("_T", 1_000, 800)


def test_a_gap_is_that_to_what_is_left_of_everybody_as_other_libraries_have_it() -> None:
    row = gaps_of(EVERYBODY, cell("women", 300, 210))["women"]

    low, high = confint_proportions_2indep(210, 300, 590, 700, method="newcomb", compare="diff")
    assert (row["rest_events"], row["rest_base"], row["rest_of"]) == (590, 700, "_T")
    assert (row["rate"], row["rest_rate"]) == (70.0, 84.29)
    assert row["gap"] == pytest.approx(100 * (210 / 300 - 590 / 700), abs=0.0051)
    assert row["gap_lower"] == pytest.approx(100 * low, abs=0.0051)
    assert row["gap_upper"] == pytest.approx(100 * high, abs=0.0051)
    chance = chi2_contingency([[210, 90], [590, 110]], correction=False).pvalue
    assert row["p_value"] == pytest.approx(chance, abs=1e-6)
    assert (row["verdict"], row["compared"]) == ("lower", 1)


def test_verdicts_keep_the_false_discovery_rate_over_all_that_are_compared() -> None:
    codes = ("women", "under_30", "over_60", "disability", "hardship", "entrepreneur")
    found = gaps_of(EVERYBODY, *(cell(c, 100, 95 - 4 * n) for n, c in enumerate(codes)))
    chances = [found[code]["p_value"] for code in codes]

    is_apart = multipletests(chances, 0.05, "fdr_bh")[0]
    expected = [
        ("higher" if found[code]["gap"] > 0 else "lower") if apart else "like"
        for code, apart in zip(codes, is_apart, strict=True)
    ]
    assert [found[code]["verdict"] for code in codes] == expected
    assert {"higher", "like"} <= {*expected}
    assert {found[code]["compared"] for code in codes} == {len(codes)}


@pytest.mark.parametrize("status", ["Q", "N", "O", "L"])
def test_where_a_count_or_what_it_is_taken_from_is_not_shown_there_is_no_gap(status: str) -> None:
    hidden = gaps_of(EVERYBODY, cell("women", 300, 210, status))["women"]
    taken_from = gaps_of(cell("_T", 1_000, 800, status), cell("women", 300, 210))["women"]

    for row in (hidden, taken_from):
        assert row["status"] == status
        assert all(row[name] is None for name in row if name not in {*KEYS, "rest_of", "status"})


def test_too_few_on_either_side_are_not_compared() -> None:
    few = gaps_of(EVERYBODY, cell("women", FEWEST - 1, 20), cell("investor", 980, 790))
    rare = gaps_of(cell("_T", 1_000, 990), cell("women", 300, 295))["women"]

    for row in (*few.values(), rare):
        assert row["verdict"] == "too_few"
        assert row["gap"] is row["p_value"] is row["compared"] is None
        assert row["rate"] is not None


def test_all_or_none_alike_have_no_gap() -> None:
    row = gaps_of(cell("_T", 1_000, 1_000), cell("women", 300, 300))["women"]

    assert row["verdict"] == "too_few"


def test_only_years_are_compared() -> None:
    quarter = (cell("_T", 500, 400, period="2018-Q1"), cell("women", 300, 210, period="2018-Q1"))

    assert not gaps_of(*quarter)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"), appeals=APPEALS, seed=2)


def test_a_district_is_beside_the_rest_of_its_region_and_a_region_beside_the_country(
    made: Derived,
) -> None:
    areas, told = made.edition.codelists["area"], made.analyses["equity"]

    districts = told.filter(level="district")
    assert districts.height > 0
    assert all(areas[row["area"]].parent == row["rest_of"] for row in districts.to_dicts())
    assert set(told.filter(level="region")["rest_of"]) == {"_T"}
    assert {*told["level"]} == {"group", "region", "district"}


def test_nothing_is_told_that_the_tables_do_not_show(made: Derived) -> None:
    """Every number follows from published cells: with them alone it comes out the same."""
    again = equity(dict(made.tables), made.edition)

    assert again.equals(made.analyses["equity"])
    assert again["gap"].count() > 20


def test_a_release_has_the_gaps_with_every_column_explained(made: Derived) -> None:
    manifest, files = contents(made, VERSION)
    book = pl.read_csv(files["codebook.csv"]).filter(pl.col("table") == "equity")

    assert book["column"].to_list() == [each.name for each in EQUITY.columns]
    assert manifest.rules["analyses"]["equity"]["fewest"] == FEWEST


COMPARED = pl.col("gap").is_not_null()
SHOWN = pl.col("base").is_not_null()
FEW = pl.col("verdict") == "too_few"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (put("events", 3, SHOWN), "events is not what the tables show"),
        (put("rest_base", 3, SHOWN), "rest_base is not what the tables show"),
        (put("rest_of", "1703", SHOWN), "rest_of is not what the tables show"),
        (put("rate", 1.0, ~SHOWN), "a gap from a count that is not shown has values"),
        (put("rate", 50.5, SHOWN), "rate does not follow"),
        (put("rest_rate", 50.5, SHOWN), "rest_rate does not follow"),
        (put("gap", 9.99, COMPARED), "gap does not follow"),
        (put("gap_lower", -99.0, COMPARED), "gap_lower does not follow"),
        (put("gap_upper", 99.0, COMPARED), "gap_upper does not follow"),
        (put("gap", 9.99, FEW), "a gap of too few is told"),
        (put("verdict", "like", FEW), "who is compared does not follow"),
        (put("p_value", 0.5, COMPARED), "a p-value is not the chance of its gap"),
        (put("verdict", "higher", COMPARED), "a verdict does not follow"),
        (put("compared", 1, COMPARED), "those compared are miscounted"),
        (lambda frame: frame.head(-1), "its rows are not each place or group"),
    ],
)
def test_gaps_that_were_spoilt_are_not_published(
    made: Derived, tmp_path: Path, spoil: Spoil, told: str
) -> None:
    findings = findings_of_spoilt(made, "equity", spoil, tmp_path)

    assert any(told in finding for finding in findings)
