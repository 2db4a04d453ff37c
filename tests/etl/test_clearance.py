"""The clearance ratio of the country: two published flows, and nothing where either is not."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data.datasets import TABLES
from data.indicators import INDICATORS
from etl.certify import certify
from etl.derive import derive, indicators_of
from etl.gravity import gravest
from etl.protect import protect
from etl.stages import Certified, Derived, Tables
from etl.verify import verify
from etl.verify.opened import opened
from etl.verify.wholes import whole_findings
from etl.wholes import with_wholes
from tests.etl.releasing import THRESHOLD, counted, with_table, written
from tests.sample import KEY

CLOSING, RATIO = "closing", "clearance_ratio"
WRONG = f"{CLOSING}: {RATIO} is not what its formula gives of published counts"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    cells = counted(tmp_path_factory.mktemp("staged"))
    return certify(protect(cells, THRESHOLD, KEY), THRESHOLD)


@pytest.fixture(scope="module")
def made(certified: Certified) -> Derived:
    return derive(certified)


@pytest.fixture(scope="module")
def flows(made: Derived) -> pl.DataFrame:
    """What was answered in each period beside what came in it, as both are published."""
    came = made.tables["national"].select("period", "received", "received_status")
    return made.tables[CLOSING].join(came, on="period", how="left")


def test_it_is_what_was_considered_for_each_100_received_of_the_same_period(
    flows: pl.DataFrame,
) -> None:
    told = flows.filter(pl.col(RATIO).is_not_null())

    assert told.height == 6
    for row in told.to_dicts():
        assert abs(row[RATIO] - 100 * row["considered"] / row["received"]) <= 0.05 + 1e-9


def test_it_is_told_exactly_where_both_flows_are_shown(flows: pl.DataFrame) -> None:
    both = pl.all_horizontal(pl.col("considered", "received").is_not_null()) & (
        pl.col("received") > 0
    )

    assert flows.select((pl.col(RATIO).is_not_null() == both).all()).item()


def test_its_status_is_the_gravest_of_both_flows(flows: pl.DataFrame) -> None:
    nothing_came = (pl.col("received") == 0).fill_null(value=False)
    among = flows.filter(~nothing_came)
    expected = among.select(gravest(("considered_status", "received_status"))).to_series()

    assert among[f"{RATIO}_status"].to_list() == expected.to_list()
    assert {"A", "O"} <= {*expected}


def test_where_no_table_tells_what_came_there_are_too_few_to_tell_it(made: Derived) -> None:
    of_appeals = {n: t for n, t in made.catalogue.items() if "received" not in t.measures}
    read = with_wholes(INDICATORS[RATIO], made.catalogue[CLOSING], made.tables, of_appeals)

    assert read["received__registered"].is_null().all()
    assert set(read["received__registered_status"]) == {"N"}


def test_only_the_table_of_the_country_by_date_of_answer_tells_it() -> None:
    assert [name for name, table in TABLES.items() if RATIO in indicators_of(table)] == [CLOSING]


def test_the_verifier_reckons_it_again(made: Derived, tmp_path: Path) -> None:
    assert verify(written(made, tmp_path / "sound")) == []

    frame = made.tables[CLOSING].with_columns(pl.col(RATIO) + 0.2)
    changed = with_table(made, CLOSING, frame)

    assert WRONG in verify(written(changed, tmp_path / "spoilt"))


def with_a_hidden_flow(of: Tables, count: str) -> dict[str, pl.DataFrame]:
    """The tables as if a flow of the country in one year might not be told."""
    status, hidden = f"{count}_status", {}
    for name, frame in of.items():
        if count in frame.columns:
            is_it = (pl.col("period") == "2018") & is_of_everything(name)
            hidden[name] = frame.with_columns(
                pl.when(~is_it).then(count).alias(count),
                pl.when(is_it).then(pl.lit("Q")).otherwise(status).alias(status),
            )
    return {**of, **hidden}


def is_of_everything(table: str) -> pl.Expr:
    whole = [pl.col(name) == "_T" for name in TABLES[table].dimensions]
    return pl.all_horizontal(pl.lit(value=True), *whole)


@pytest.mark.parametrize("count", ["received", "considered"])
def test_where_either_flow_is_hidden_so_is_the_ratio(certified: Certified, count: str) -> None:
    tables = with_a_hidden_flow(certified.tables, count)
    told = derive(replace(certified, tables=tables)).tables[CLOSING]

    (row,) = told.filter(period="2018").to_dicts()
    assert (row[RATIO], row[f"{RATIO}_status"]) == (None, "Q")
    assert told.filter(period="2018-Q4")[RATIO].item() is not None


@pytest.mark.parametrize("count", ["received", "considered"])
def test_a_ratio_that_is_told_of_a_hidden_flow_is_found(
    made: Derived, tmp_path: Path, count: str
) -> None:
    """Whoever is told a ratio and one of its flows knows the other."""
    leaking = replace(made, tables=with_a_hidden_flow(made.tables, count))

    assert WRONG in [*whole_findings(opened(written(leaking, tmp_path)))]


def test_a_flow_that_one_table_leaves_out_is_read_where_another_tells_it(
    certified: Certified,
) -> None:
    """The year of a table can be left out for a cell that others do not have."""
    without = certified.tables["national"].filter(pl.col("period") != "2018")
    sparse = {**certified.tables, "national": without}
    before, after = (
        derive(replace(certified, tables=tables)).tables[CLOSING].filter(period="2018")
        for tables in (certified.tables, sparse)
    )

    assert before[RATIO].is_not_null().all()
    assert after.equals(before)
