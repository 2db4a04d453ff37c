"""Outcomes: all shares are of one set of appeals, each denominator is what it says, and what a
table of conduct tells is not hidden beside it."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import polars as pl
import pytest

from data import codelists
from data.codelists import Codelist
from etl.aggregate import aggregate
from etl.guard import guard
from etl.protect import protect
from etl.references import REFERENCE
from etl.stages import Cells, Derived, Staged
from etl.verify import verify
from tests.etl import village
from tests.etl.releasing import THRESHOLD, closed, derived, made_of, with_table, written
from tests.sample import KEY, edition_of, write_months

CLASSES: Final = {
    "satisfied": "positive",
    "explained": "clarified",
    "rejected": "refused",
    "forwarded": "passed_on",
}
UNANSWERED: Final = ("answered", "response_days", "satisfaction", "outcome", "outcome_class")


def listed() -> dict[str, Codelist]:
    whole = codelists.read(REFERENCE / "outcome.csv", "outcome")
    return {**village.lists(), "outcome": whole}


def appeals(count: int = 6_000) -> list[dict[str, Any]]:
    """The village's appeals, a fifth never answered, the others with any outcome."""
    chance = Random(3)  # noqa: S311 (repeatable, no secret)
    rows = village.appeals(count, seed=3, gaps=False)
    for row in rows:
        outcome = chance.choices(list(CLASSES), weights=(8, 6, 3, 2))[0]
        row |= {"outcome": outcome, "outcome_class": CLASSES[outcome]}
        if row["answered"] is None or chance.random() < 0.2:
            row.update(dict.fromkeys(UNANSWERED))
    return rows


def staged(directory: Path, rows: list[dict[str, Any]]) -> Staged:
    directory.mkdir(exist_ok=True, parents=True)
    write_months(directory, rows)
    edition = edition_of(listed(), len(rows), village.FIRST_DAY, village.AS_OF)
    return Staged(directory, edition)


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    return aggregate(staged(tmp_path_factory.mktemp("staged"), appeals()), THRESHOLD)


@pytest.fixture(scope="module")
def made(cells: Cells) -> Derived:
    return made_of(cells)


def counts(made: Derived, table: str, **codes: str) -> dict[str, int]:
    found = made.tables[table].filter(*(pl.col(name) == code for name, code in codes.items()))
    return dict(found.select("outcome", "concluded").iter_rows())


def value(made: Derived, table: str, name: str, **codes: str) -> Any:
    found = made.tables[table].filter(*(pl.col(key) == code for key, code in codes.items()))
    return found[name].item()


def test_outcomes_and_what_is_still_open_are_all_that_was_received(made: Derived) -> None:
    told = counts(made, "outcomes", period="2018")
    nation = made.tables["national"].filter(pl.col("period") == "2018")

    of_classes = sum(told[name] for name in CLASSES.values())
    assert of_classes == told["_T"] == nation["answered"].item()
    assert nation["open"].item() > 100
    assert of_classes + nation["open"].item() == nation["received"].item()


@pytest.mark.parametrize(
    ("table", "agency"),
    [
        ("outcomes_by_agency", "AG1"),
        ("outcomes_by_agency", "_T"),
        ("outcomes_by_sector", "ministries"),
    ],
)
def test_each_share_has_the_denominator_that_it_is_named_by(
    made: Derived, table: str, agency: str
) -> None:
    where = {"period": "2018", "agency": agency}
    told = counts(made, table, **where)
    received = value(made, "agencies", "received", **where)
    decided = told["positive"] + told["refused"]
    denominators = {"received": received, "considered": told["_T"], "decided": decided}

    for name, whole in denominators.items():
        share = value(made, table, f"outcome_share_{name}", **where, outcome="positive")
        assert share == pytest.approx(100 * told["positive"] / whole, abs=0.0501)
    assert value(made, table, "decided", **where, outcome="_T") == decided


@pytest.mark.parametrize("outcome", ["clarified", "explained", "passed_on", "forwarded"])
def test_what_a_denominator_leaves_out_has_no_share_of_it(made: Derived, outcome: str) -> None:
    row = {"period": "2018", "outcome": outcome}

    assert value(made, "outcomes", "outcome_share_considered", **row) is not None
    assert value(made, "outcomes", "outcome_share_decided", **row) is None
    assert value(made, "outcomes", "outcome_share_decided_status", **row) == "M"


def test_a_share_of_a_hidden_denominator_is_hidden(tmp_path: Path) -> None:
    made = made_of(aggregate(staged(tmp_path, appeals(1_200)), THRESHOLD))
    frame = made.tables["outcomes_by_agency"]
    left_out = frame.filter(
        pl.col("outcome").is_in(["clarified", "passed_on"]), pl.col("concluded").is_null()
    ).select("period", "agency")
    shares = frame.filter(pl.col("outcome") == "positive").join(
        left_out.unique(), on=["period", "agency"], how="semi"
    )

    assert shares.height
    assert shares["outcome_share_decided"].is_null().all()


def test_who_waits_for_an_answer_has_no_outcome_yet(tmp_path: Path) -> None:
    counted = aggregate(staged(tmp_path, appeals(600)), THRESHOLD)

    assert not [code for code in counted.tables["outcomes"]["outcome"] if code.startswith("_U")]


def test_a_closed_source_tells_the_outcomes_of_what_it_received(tmp_path: Path) -> None:
    catalogue = aggregate(closed(staged(tmp_path, appeals(600))), THRESHOLD).catalogue

    assert {"outcomes", "outcomes_by_agency", "outcomes_by_region"} <= catalogue.keys()


def years_of_agencies(cells: Cells) -> Cells:
    """The years of agencies and of their outcomes alone: nothing else shields or gives away."""
    names = ("agencies", "outcomes_by_agency")
    catalogue = {name: replace(cells.catalogue[name], grains=("year",)) for name in names}
    tables = {name: cells.tables[name].filter(pl.col("period") == "2018") for name in names}
    return replace(cells, catalogue=catalogue, tables=tables)


def test_answers_to_fewer_persons_than_the_threshold_hide_the_whole_agency(tmp_path: Path) -> None:
    """Received less open is answered, so an agency that answered nine persons is not told."""
    rows = appeals()
    for number, row in enumerate(each for each in rows if each["agency"] == "AG5"):
        if row["answered"] is not None:
            row["person"] = 100_000 + number % 9
    cells = years_of_agencies(aggregate(staged(tmp_path, rows), THRESHOLD))

    agencies = protect(cells, THRESHOLD, KEY).tables["agencies"]

    withheld = agencies.filter(pl.col("answered").is_null())
    assert "AG5" in withheld["agency"].to_list()
    assert withheld["received"].is_null().all()
    assert withheld["open"].is_null().all()


def test_a_total_that_conduct_tells_is_hidden_to_protect_no_other(cells: Cells) -> None:
    (decision, *_) = guard(cells, THRESHOLD, KEY).decisions
    told = np.flatnonzero(decision.system.told)

    assert len(told)
    assert len(decision.pattern.may_hide(told)) == 0


@pytest.mark.parametrize(("appeals_made", "seed"), [(1_500, 4), (3_500, 15)])
def test_the_total_of_outcomes_is_shown_where_answers_are_and_nowhere_else(
    tmp_path: Path, appeals_made: int, seed: int
) -> None:
    tables = derived(tmp_path, appeals=appeals_made, seed=seed).tables
    both = (
        tables["outcomes_by_agency"]
        .filter(pl.col("outcome") == "_T")
        .join(tables["agencies"], on=["period", "agency"])
    )

    assert both.height
    assert both["concluded"].equals(both["answered"])


def test_a_share_that_is_not_of_its_denominator_is_found(made: Derived, tmp_path: Path) -> None:
    frame = made.tables["outcomes_by_agency"]
    of_considered = frame.with_columns(
        outcome_share_received=pl.when(pl.col("outcome_share_received").is_not_null()).then(
            "outcome_share_considered"
        )
    )
    spoilt = with_table(made, "outcomes_by_agency", of_considered)

    (finding,) = verify(written(spoilt, tmp_path))

    assert finding.startswith("outcomes_by_agency: outcome_share_received is not what")


def test_a_total_that_conduct_tells_otherwise_is_found(made: Derived, tmp_path: Path) -> None:
    frame = made.tables["agencies"]
    here = (pl.col("period") == "2018") & (pl.col("agency") == "AG1")
    wrong = pl.when(here).then(pl.col("answered") + 10).otherwise("answered")
    spoilt = with_table(made, "agencies", frame.with_columns(answered=wrong))

    assert any(
        "concluded is told or hidden otherwise than answered" in finding
        for finding in verify(written(spoilt, tmp_path))
    )
