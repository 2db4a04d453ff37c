"""No report tells of few persons: neither by a figure nor by what is left of a total.

The attacker knows every published row and that people are counted in whole numbers from nothing
up; he solves all rows of a report as one system for the range of every number there could be.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import pytest
from scipy.optimize import linprog

from data.dimensions import TOTAL
from data.errors import SourceError
from data.reports import REPORTS
from etl.references import load_codelists
from etl.reports import read_reports
from etl.reports.guarding import check_guarded
from etl.reports.keys import Lists
from tests.etl.reporting import STATED, Row, frame_of, mapping_with, people

THRESHOLD: Final = 10
AREAS: Final[Mapping[str, tuple[str, ...]]] = {
    TOTAL: ("d1", "d2", "d3", "d4"),
    "1703": ("d1", "d2"),
    "1706": ("d3", "d4"),
    **{code: (code,) for code in ("d1", "d2", "d3", "d4")},
}
PERIODS: Final[Mapping[str, tuple[str, ...]]] = {
    "2018": ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"),
    **{f"2018-Q{number}": (f"2018-Q{number}",) for number in (1, 2, 3, 4)},
}
LEAVES: Final = list(product(AREAS[TOTAL], PERIODS["2018"]))
Place = tuple[str, str]
Published = dict[Place, int]


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Lists:
    return load_codelists(mapping_with(tmp_path_factory.mktemp("lists")))


def contents(place: Place) -> np.ndarray:
    """Which leaves a row counts."""
    area, period = place
    inside = set(product(AREAS[area], PERIODS[period]))
    return np.array([float(leaf in inside) for leaf in LEAVES])


def told_by(published: Published, place: Place) -> tuple[float, float]:
    """The least and the most that a number can be, for all who know what is published."""
    known = np.array([contents(each) for each in published])
    values = list(published.values())
    ends = []
    for sign in (1, -1):
        found = linprog(sign * contents(place), A_eq=known, b_eq=values, bounds=(0, None))
        ends.append(sign * found.fun if found.status == 0 else -sign * np.inf)
    return min(ends), max(ends)


def given_away(published: Published) -> Iterator[Place]:
    """The numbers below the threshold that follow from what is published."""
    for place in product(AREAS, PERIODS):
        low, high = told_by(published, place)
        if high - low < 0.5 and 0.5 < high < THRESHOLD - 0.5:
            yield place


def invented(chance: Random) -> Published:
    """Some of the rows of a table, as a body might report them: mostly whole breakdowns."""
    small = chance.choice((0.0, 0.0, 0.1, 0.4))
    truth = [3 if chance.random() < small else chance.choice((0, 10, 12, 40)) for _ in LEAVES]
    sizes = {place: int(contents(place).sum()) for place in product(AREAS, PERIODS)}
    finest = {(len(AREAS[area]), len(PERIODS[period])) for area, period in sizes}
    wanted = chance.sample(sorted(finest), chance.randint(1, len(finest)))
    detailed = chance.choice(({"1703"}, {"1703", "1706"}))
    published = {}
    for place in sizes:
        area, period = place
        is_told = area[0] != "d" or not detailed.isdisjoint(_over(area))
        if (len(AREAS[area]), len(PERIODS[period])) in wanted and is_told:
            count = int(contents(place) @ np.array(truth))
            if count == 0 or count >= THRESHOLD:
                published[place] = count
    left_out = chance.sample(sorted(published), min(len(published), chance.choice((0, 0, 0, 1))))
    return {place: n for place, n in published.items() if place not in left_out}


def _over(area: str) -> set[str]:
    return {code for code, inside in AREAS.items() if area in inside and code != area}


def rows_of(published: Published) -> list[Row]:
    stated = {**STATED, "stated_on": "2019-01-15"}
    return [{**people(area, n, period), **stated} for (area, period), n in published.items()]


def is_accepted(published: Published, lists: Lists) -> bool:
    report = REPORTS["reception_offices"]
    try:
        check_guarded(frame_of(report.name, rows_of(published)), report, lists, THRESHOLD)
    except SourceError:
        return False
    return True


def test_what_is_accepted_gives_no_small_number_away_and_what_is_refused_often_would(
    lists: Lists,
) -> None:
    chance = Random(1)  # noqa: S311 (repeatable, no secret)
    cases = [each for _ in range(700) if (each := invented(chance))]
    accepted = [each for each in cases if is_accepted(each, lists)]
    refused = [each for each in cases if each not in accepted]

    told_apart = [each for each in accepted if len({area for area, _ in each}) > 1]
    assert len(told_apart) >= 50
    assert max(map(len, accepted)) == len(AREAS) * len(PERIODS), "whole tables are among them"
    assert not [told for each in told_apart[:50] if (told := list(given_away(each)))]
    assert sum(any(given_away(each)) for each in refused[:40]) > 5


def test_two_breakdowns_of_one_total_cannot_be_crossed(lists: Lists) -> None:
    """Each row and column leaves enough, and yet the corner follows from all four together."""
    corner = {(TOTAL, "2018"): 33, ("1703", "2018"): 20, (TOTAL, "2018-Q1"): 20}
    corner |= {("1703", "2018-Q1"): 10}

    assert ("1703", "2018-Q1") not in set(given_away(corner))
    assert not is_accepted(corner, lists)


@pytest.mark.parametrize(
    "rows",
    [
        [people("1703", 40, "2018"), people("d1", 35, "2018-Q1")],
        [*(people("1703", 10, f"2018-Q{n}") for n in (1, 2, 3, 4)), people("d1", 35, "2018")],
        [people(TOTAL, 40, "2018"), people("1703", 35, "2018-Q1"), people("1706", 40, "2018-Q1")],
    ],
)
def test_a_part_without_the_totals_that_it_is_a_part_of_is_refused(
    tmp_path: Path, rows: list[Row]
) -> None:
    with pytest.raises(SourceError, match="reported without the totals that it is a part of"):
        read_reports(mapping_with(tmp_path, reception_offices=rows), None, THRESHOLD)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([people(TOTAL, 40), people("1703", 35)], "the parts of its 'area' do not add up"),
        ([people("1703", 25), people("d1", 22)], "the parts of its 'area' do not add up"),
        ([people(TOTAL, 40), people("d1", 22), people("d2", 13)], "do not add up"),
        (
            [people("d1", 40, "2018"), *(people("d1", 11, f"2018-Q{n}") for n in (1, 2, 3))],
            "the parts of its 'period' do not add up",
        ),
    ],
)
def test_a_total_beside_parts_that_leave_something_is_refused_in_its_row(
    tmp_path: Path, rows: list[Row], told: str
) -> None:
    with pytest.raises(SourceError, match=told) as refused:
        read_reports(mapping_with(tmp_path, reception_offices=rows), None, THRESHOLD)

    assert refused.value.detail.startswith("row 1 of")


@pytest.mark.parametrize(
    "rows",
    [
        [people(TOTAL, 45), people("1703", 35), people("1706", 10)],
        [people(TOTAL, 45), people("d1", 20), people("d2", 15), people("1706", 10)],
        [people("1703", 25), people("d3", 22)],
        [people("d1", 44, "2018"), *(people("d1", 11, f"2018-Q{n}") for n in (1, 2, 3, 4))],
        [people(TOTAL, 45), people("1703", None), people("1706", None)],
    ],
)
def test_whole_breakdowns_and_totals_or_parts_alone_come_in(
    tmp_path: Path, rows: list[Row]
) -> None:
    assert read_reports(mapping_with(tmp_path, reception_offices=rows), None, THRESHOLD)


def test_few_that_the_source_has_published_come_in_with_their_address(tmp_path: Path) -> None:
    public = people("d1", 3, public_at="https://reception.example/2019")
    rows = [public, people("d2", 30, public_at="")]

    frame = read_reports(mapping_with(tmp_path, reception_offices=rows), None, THRESHOLD)

    assert frame["reception_offices"]["people"].to_list() == [3, 30]


def test_an_address_of_one_row_does_not_open_another(tmp_path: Path) -> None:
    rows = [people("d1", 3, public_at="https://reception.example/"), people("d2", 4, public_at="")]

    with pytest.raises(SourceError, match="row 2 of 2: 'people' counts fewer than 10"):
        read_reports(mapping_with(tmp_path, reception_offices=rows), None, THRESHOLD)


def result(group: str, homes: int) -> Row:
    return {"period": "2018", "target_group": group, "homes": homes, **STATED}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([result(TOTAL, 100), result("women", 95)], "leaves fewer than 10 persons"),
        ([result(TOTAL, 100), result("women", 120)], "leaves fewer than 10 persons"),
        (
            [result(TOTAL, 100), result("under_30", 50), result("over_60", 45)],
            "leaves fewer than 10 persons beside under_30 and over_60",
        ),
        ([result(TOTAL, 40), result("women", 0)], "tells of nobody, or of everybody"),
        ([result(TOTAL, 40), result("women", 40)], "tells of nobody, or of everybody"),
    ],
)
def test_a_trait_that_leaves_few_without_it_is_refused(
    tmp_path: Path, rows: list[Row], told: str
) -> None:
    with pytest.raises(SourceError, match=told):
        read_reports(mapping_with(tmp_path, target_results=rows), None, THRESHOLD)


def test_traits_overlap_and_need_not_add_up(tmp_path: Path) -> None:
    rows = [result(TOTAL, 100), result("women", 60), result("hardship", 70)]

    assert read_reports(mapping_with(tmp_path, target_results=rows), None, THRESHOLD)


def test_a_part_that_leaves_few_of_what_contains_it_is_refused(tmp_path: Path) -> None:
    row = {"period": "2018", "theme": TOTAL, "calls": 40, "registered": 35, **STATED}

    with pytest.raises(SourceError, match="'registered' leaves fewer than 10 persons of 'calls'"):
        read_reports(mapping_with(tmp_path, call_centre=[row]), None, THRESHOLD)
