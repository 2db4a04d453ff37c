"""How many people stand behind appeals: near the truth, of enough alone, and once for all."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest

from data.datasets import TABLES
from data.measures import APPLICANTS, APPLICANTS_FROM
from data.releases import ReleaseStore
from etl.aggregate import aggregate
from etl.certify import certify
from etl.derive import derive
from etl.disclosure.gate import DisclosureError
from etl.distinct import steps
from etl.protect import protect
from etl.stages import Certified, Derived
from etl.verify import verify
from etl.verify.distinct import distinct_findings
from etl.verify.opened import opened
from tests.etl import village
from tests.etl.releasing import THRESHOLD, counted, made_of, with_table, written
from tests.sample import KEY
from tests.succession import FIRST_DAY, Office, of_village

ERROR = APPLICANTS[0].standard_error
APPEALS = 14_000
WRITERS = 6_000
OF_PEOPLE = {"people", "people_by_region"}
TOTAL = "_T"
LOUD = "AG1"
YEAR_END, MARCH = date(2018, 12, 31), date(2019, 3, 31)
Row = dict[str, Any]


def appeals() -> list[Row]:
    """So many that some bodies have enough people to be told of, and some have not, the first of
    them because few write to it often; a person writes to several, and a tenth name nobody."""
    chance = Random(8)  # noqa: S311 (repeatable, no secret)
    numbers = [chance.getrandbits(64) for _ in range(WRITERS)]
    return [
        row | {"person": _number(row, numbers)}
        for row in village.appeals(APPEALS, seed=3, people=WRITERS)
    ]


def _number(row: Row, numbers: list[int]) -> int | None:
    person: int | None = row["person"]
    if person is None:
        return None
    return numbers[person % 700 if row["agency"] == LOUD else person]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return appeals()


@pytest.fixture(scope="module")
def certified(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Certified:
    staged = village.staged(tmp_path_factory.mktemp("people"), rows)
    return certify(protect(aggregate(staged, THRESHOLD), THRESHOLD, KEY), THRESHOLD)


@pytest.fixture(scope="module")
def made(certified: Certified) -> Derived:
    return derive(certified)


def told(made: Derived, name: str = "people") -> Iterator[tuple[str, Row]]:
    """The rows of a table of people that tell of them, each with its code."""
    axis = made.catalogue[name].axes[0].dimension
    for row in made.tables[name].filter(pl.col("applicants").is_not_null()).to_dicts():
        yield row[axis], row


def of_code(rows: list[Row], code: str) -> list[Row]:
    """The appeals of 2018 that a row of the tables is about."""
    columns = ("sector", "agency", "region")
    of_year = [row for row in rows if row["registered"].year == 2018]
    return [r for r in of_year if code == TOTAL or code in {r[column] for column in columns}]


def exact(rows: list[Row]) -> int:
    """Different people, and as many more as there are appeals of nobody."""
    known = {row["person"] for row in rows} - {None}
    return len(known) + sum(row["person"] is None for row in rows)


@pytest.mark.parametrize("name", sorted(OF_PEOPLE))
def test_people_are_told_within_the_stated_limits(
    made: Derived, rows: list[Row], name: str
) -> None:
    found = dict(told(made, name))

    assert TOTAL in found
    assert len(found) > 1
    for code, row in found.items():
        truth = exact(of_code(rows, code))
        assert row["received"] == len(of_code(rows, code))
        assert abs(row["applicants"] / truth - 1) < 3 * ERROR, code
        assert row["applicants_lower"] < row["applicants"] < row["applicants_upper"]
        assert row["applicants_lower"] / truth - 1 == pytest.approx(-1.96 * ERROR, abs=3 * ERROR)
        assert row["appeals_per_applicant"] == round(row["received"] / row["applicants"], 2)


def test_people_are_told_of_enough_alone_and_as_an_estimate(made: Derived) -> None:
    frame = made.tables["people"]
    few = frame.filter(pl.col("received") < APPLICANTS_FROM)

    assert few.height
    assert set(few["applicants_status"]) == {"N"}
    loud = frame.filter(agency=LOUD, period="2018")
    assert loud["received"].item() >= APPLICANTS_FROM
    assert loud["applicants_status"].item() == "N"
    shown = frame.filter(pl.col("applicants").is_not_null())
    assert set(shown["applicants_status"]) == set(shown["appeals_per_applicant_status"]) == {"E"}
    assert (shown["applicants"] >= APPLICANTS_FROM).all()
    assert (shown["applicants"] <= shown["received"]).all()
    assert frame.filter(pl.col("received").is_null())["applicants"].null_count() == sum(
        frame["received"].is_null()
    )


def test_no_more_is_told_than_is_known() -> None:
    errors = np.array([0.3, 1.0, 8.1, 19.9, 20.0, 63.0, 6_338.0])

    assert steps(errors).tolist() == [1, 1, 5, 10, 20, 50, 5_000]


def test_two_runs_tell_the_same_in_whatever_order_appeals_come(
    made: Derived, rows: list[Row], tmp_path: Path
) -> None:
    again = aggregate(village.staged(tmp_path, rows[::-1]), THRESHOLD)

    for name in OF_PEOPLE:
        assert made_of(again).tables[name].equals(made.tables[name])


def test_what_was_told_of_a_year_is_told_in_every_later_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though records of the year come late and are withdrawn; and a release in which it would be
    another number is refused."""
    office = Office(tmp_path, of_village(9_000, 365, share=0.03), FIRST_DAY)
    store = ReleaseStore(office.releases)
    first, later = (store.get(office.publishes(day)) for day in (YEAR_END, MARCH))
    year = first.tables["people"].filter(pl.col("applicants").is_not_null())

    assert year.height
    assert later.manifest.ledger.late is None, "some came late"
    assert later.tables["people"].filter(period="2018").equals(first.tables["people"])

    monkeypatch.setattr("etl.distinct.DISTINCT", "persons__received")
    with pytest.raises(DisclosureError, match="would change"):
        office.publishes(MARCH)


def test_people_are_told_of_years_and_of_no_district_month_or_trait() -> None:
    found = {name for name, table in TABLES.items() if "applicants" in table.measures}

    assert found == OF_PEOPLE
    for name in found:
        assert TABLES[name].grains == ("year",)
        assert len(TABLES[name].axes) == 1
        assert not {"district"} & set(TABLES[name].axes[0].levels)


def test_a_source_that_knows_no_persons_has_no_table_of_them(tmp_path: Path) -> None:
    cells = counted(tmp_path, not_collected=frozenset({"person"}))

    assert not OF_PEOPLE & set(cells.catalogue)
    assert set(cells.catalogue) == set(TABLES) - OF_PEOPLE


@pytest.mark.parametrize(
    ("spoilt", "finding"),
    [
        ({"applicants": 1_234}, "applicants is told more exactly than it is known"),
        ({"applicants": 9_000}, "applicants lies outside its limits"),
        ({"applicants": 900, "applicants_lower": 880}, "applicants is told of too few people"),
        ({"applicants_status": "A"}, "applicants is not marked as an estimate"),
        ({"received": 1_000}, "applicants is told of too few appeals, or of more people"),
    ],
)
def test_the_verifier_finds_what_is_wrong_with_people(
    made: Derived, spoilt: dict[str, int | str], finding: str, tmp_path: Path
) -> None:
    frame = made.tables["people"]
    here = pl.col("applicants").is_between(1_010, 8_000) & (pl.col("agency") != TOTAL)
    code = frame.filter(here)["agency"][0]
    changed = [
        pl.when((pl.col("agency") == code) & (pl.col("period") == "2018"))
        .then(pl.lit(value, frame.schema[name]))
        .otherwise(name)
        .alias(name)
        for name, value in spoilt.items()
    ]
    wrong = with_table(made, "people", frame.with_columns(changed))

    assert any(finding in each for each in distinct_findings(opened(written(wrong, tmp_path))))


def test_a_release_with_people_is_sound(made: Derived, tmp_path: Path) -> None:
    assert verify(written(made, tmp_path)) == []


@pytest.fixture(scope="module")
def placed(rows: list[Row]) -> list[Row]:
    """The appeals, with so few of two agencies in the second region that they are hidden."""
    few = [*_but_a_few(rows, "AG4", 6), *_but_a_few(rows, "AG5", 4)]
    return [row for row in rows if row["agency"] not in {"AG4", "AG5"}] + few


@pytest.fixture(scope="module")
def holed(placed: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Certified:
    staged = village.staged(tmp_path_factory.mktemp("holed"), placed)
    return certify(protect(aggregate(staged, THRESHOLD), THRESHOLD, KEY), THRESHOLD)


def test_people_narrow_no_hidden_count(holed: Certified, placed: list[Row]) -> None:
    """What people add to the rows of the tables: those of a place are covered by those that its
    bodies have there, of whom there are no more than appeals, nor than people of the body anywhere.
    Each table of the certificate, and the public estimate, allow for all of that, though the
    attacker be told the exact numbers of people."""
    of_agency = {code: exact(of_code(placed, code)) for code, _ in told(derive(holed))}
    of_region = {
        code: exact(of_code(placed, code))
        for code, _ in told(derive(holed), "people_by_region")
        if code != TOTAL
    }
    worlds = list(_worlds(holed))

    assert len(worlds) > 1
    for world in worlds:
        for region, people in of_region.items():
            there = {agency: appeals for (agency, area), appeals in world.items() if area == region}
            assert people <= sum(min(n, of_agency.get(a, n)) for a, n in there.items()), region
        for agency, people in of_agency.items():
            there = {area: appeals for (body, area), appeals in world.items() if body == agency}
            covered = sum(min(n, of_region.get(area, n)) for area, n in there.items())
            assert not there or people <= covered, agency


def test_no_hidden_count_could_be_as_large_as_the_people_that_are_told(holed: Certified) -> None:
    """Why nothing is narrowed: only a count that could be larger than all people of its body or
    place would be bounded by them."""
    made = derive(holed)
    fewest = min(row["applicants_lower"] for name in OF_PEOPLE for _, row in told(made, name))
    most = holed.hidden.filter(measure="received")["upper"].max()

    assert isinstance(most, int)
    assert most < fewest


def _but_a_few(rows: list[Row], agency: str, few: int) -> list[Row]:
    """The appeals to an agency, of which no more than a few are left in the second region."""
    here = [row for row in rows if row["agency"] == agency]
    far = [row for row in here if row["region"] == "1706"]
    moved = [row | {"region": "1703", "district": "d1"} for row in far[few:]]
    return [row for row in here if row["region"] != "1706"] + far[:few] + moved


def _worlds(certified: Certified) -> Iterator[dict[tuple[str, str], int]]:
    """The whole tables of agencies by region in 2018 that agree with everything published."""
    keys = ["measure", "period", *certified.edition.codelists]
    proof = pl.read_csv(gzip.decompress(certified.certificate), infer_schema=False)
    listed = certified.hidden.join(proof, on=keys, how="left").filter(
        pl.col("measure") == "received",
        pl.col("period") == "2018",
        *(pl.col(name) == TOTAL for name in keys[2:] if name not in {"agency", "area"}),
    )
    frame = certified.tables["agency_by_region"].filter(
        pl.col("agency") != TOTAL, pl.col("area") != TOTAL, period="2018"
    )
    shown = frame.filter(pl.col("received").is_not_null()).select("agency", "area", "received")
    hidden = frame.join(listed, on=["agency", "area"]).select(
        "agency", "area", "estimate", "values"
    )
    assert hidden.height
    columns = [[int(estimate), *map(int, values.split())] for *_, estimate, values in hidden.rows()]
    for world in zip(*columns, strict=True):
        codes = hidden.select("agency", "area").rows()
        yield {(a, r): n for a, r, n in shown.rows()} | dict(zip(codes, world, strict=True))
